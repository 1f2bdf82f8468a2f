from datetime import date

import pytest

from app.drills.doing.figures import each_chart, month_row, terms_chart
from app.drills.doing.figures_page import DrillFiguresPage
from app.drills.months import month_boxes
from app.ui.papers import Papers


@pytest.fixture
def held(house):
    """Four drills of this school year and one of the last."""

    def holds(kind, day, seconds, target=120, pupils=9, **more):
        figures = {"done_on": day, "seconds": seconds, "target_seconds": target}
        figures |= {"pupils_due": 9, "pupils_there": pupils, "staff_due": 4, "staff_there": 4}
        house.drills.enter_held(figures, kind=kind, **more)

    house.settings.put({"school.founded": "2026-03-01T08:00:00"})
    holds("地震", date(2026, 4, 10), 150)
    holds("地震", date(2026, 9, 10), 130)
    holds("地震", date(2026, 10, 10), 110, pupils=8)
    holds("火灾", date(2026, 10, 12), 100)
    holds("传染病", date(2026, 10, 13), None, manner="桌面")
    return house


def test_a_school_year_is_counted_by_kind(held):
    found = held.doing.figures.of(2026)
    assert [(one.kind, one.drills, one.pupils, one.staff) for one in found.kinds] == [
        ("地震", 2, 17, 8), ("火灾", 1, 9, 4), ("传染病", 1, 9, 4),
    ]  # fmt: skip
    whole = found.whole
    assert (whole.drills, whole.timed, whole.fit, whole.seconds) == (4, 3, 2, 113)
    assert held.doing.figures.years() == [2026, 2025]


def test_september_and_october_are_met_and_november_is_not_asked_yet(held):
    found = held.doing.figures.of(2026)
    assert (found.met, len(found.asked)) == (2, 2)
    assert [box.title for box in found.months][:3] == ["9月", "10月", "11月"]


def test_a_month_on_paper_says_once_that_a_drill_is_owed():
    boxes = month_boxes(2026, date(2026, 10, 14), dict.fromkeys(range(1, 13), 20), [])
    row = month_row(boxes)
    assert (row["m9"], row["m11"]) == ("欠 1 次", "待排")


def test_the_charts_show_each_drill_newest_first_and_each_term_in_turn(held):
    drills = held.drills.all()
    each = each_chart(drills)
    assert [bar.label for bar in each.bars] == [
        "26-10-12 火灾", "26-10-10 地震", "26-09-10 地震", "26-04-10 地震",
    ]  # fmt: skip
    assert each.bars[1].parts[0].words == "1分50秒（2分钟）"
    terms = terms_chart(drills)
    assert [(bar.label, [part.value for part in bar.parts]) for bar in terms.bars] == [
        ("25－26下", [150, 150]), ("26－27上", [113, 130]),
    ]  # fmt: skip


def test_the_page_shows_a_year_and_prints_the_same(user, held):
    papers = Papers(held.papers, held.context)
    page = user.opens(DrillFiguresPage(held.doing, papers=papers))
    assert user.sees("4 场") and user.sees("2/2 个月") and user.sees("1分53秒")
    user.picks("2026—2027学年", "2025—2026学年")
    assert user.sees("1 场") and page._each.chart.bars
    user.clicks("打印")
    assert "应急演练统计表" in user.front().windowTitle()


def test_a_year_without_drills_says_so(user, house):
    papers = Papers(house.papers, house.context)
    page = user.opens(DrillFiguresPage(house.doing, papers=papers))
    assert user.sees("0 场") and page._terms.chart.bars == ()
