"""The page of statistics: what it counts is what the ledger lists, by mouse and by keys."""

from datetime import date, timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from app.core.paper import print_paper
from app.hazards.charts.rules import NO_AREA, Span, between
from app.hazards.checks.records import Check
from app.ui.papers import Papers
from tests.core.paper.reading import text
from tests.hazards.conftest import TODAY
from tests.hearing import let_hear
from tests.ui.look import look_at

COUNTED = ("months", "ages", "areas", "owners", "categories", "places", "sources")


def bars_of(page):
    """Return every bar there is to press, with the number of hazards it says it counts."""
    for key, view in page._views.items():
        for bar in view.bars:
            part = view.chart.bars[bar.spot.bar].parts[bar.spot.part]
            number = part.said.split("（")[1].split("条")[0] if key == "days" else part.value
            yield key, bar, int(number)


def lead(store, leader, *days):
    with store.change("录入检查") as session:
        for day in days:
            session.add(
                Check(
                    number=store.number("JC", day.year),
                    checked_on=day,
                    kind="周",
                    points=3,
                    checklist="x",
                    title="食堂检查",
                    area="食堂",
                    leader=leader,
                    inspectors="张",
                    faults=0,
                    results=[],
                )
            )


@pytest.mark.parametrize("span", [*Span, "2025"])
def test_behind_every_bar_the_ledger_lists_exactly_as_many_as_it_says(user, rooms, whole, span):
    user.opens(rooms)
    rooms.charts.choose_span(span)
    pressed = 0
    for key, bar, number in list(bars_of(rooms.charts)):
        rooms.setCurrentWidget(rooms.charts)
        bar.click()
        assert rooms.currentWidget() is rooms.ledger
        shown = rooms.ledger.shown_uids()
        assert len(shown) == number, (key, bar.accessibleName())
        assert rooms.ledger.table.ledger.rowCount() == number
        pressed += 1
    assert pressed > (3 if span == Span.MONTH else 15)


def test_behind_every_figure_the_ledger_lists_exactly_as_many(user, rooms, whole):
    user.opens(rooms)
    rooms.charts.choose_span(Span.EVER)
    pressed = []
    for tile in rooms.charts._tiles.values():
        if tile.can_open:
            rooms.setCurrentWidget(rooms.charts)
            tile.click()
            assert len(rooms.ledger.shown_uids()) == int(tile.figure.said), tile.figure.word
            pressed.append(tile.figure.word)
    assert pressed == ["登记", "销账", "未销账", "逾期", "重大"]


def test_the_bars_together_are_the_whole_ledger(user, rooms, whole):
    user.opens(rooms)
    rooms.charts.choose_span(Span.EVER)
    lines = whole.lines()
    still = sum(line.is_open for line in lines)
    charts = rooms.charts._counted.charts
    wanted = {"ages": still, "owners": still}
    for key in ("ages", "areas", "owners", "categories", "places", "sources"):
        assert sum(bar.total for bar in charts[key].bars) == wanted.get(key, len(lines)), key
    late = sum(bar.parts[0].value for bar in charts["owners"].bars)
    assert late == sum(line.is_late(TODAY) for line in lines)


def test_the_ledger_says_what_it_is_narrowed_to_and_one_press_ends_it(user, rooms, whole):
    user.opens(rooms)
    rooms.charts.choose_span("2026")
    rooms.charts.open_bar("areas", 0, 0)
    label = rooms.charts._counted.charts["areas"].bars[0].label
    assert rooms.ledger.filter_text() == f"2026年查出的，{label}，未销账"
    narrowed = len(rooms.ledger.shown_uids())
    user.clicks(f"2026年查出的，{label}，未销账")
    assert rooms.ledger.filter_text() == "未销账"
    assert len(rooms.ledger.shown_uids()) > narrowed


def test_what_was_picked_is_found_anew_when_the_ledger_changes(user, rooms, whole, take_to):
    user.opens(rooms)
    rooms.charts.choose_span(Span.EVER)
    rooms.charts.open_bar("owners", 0, 0)
    before = rooms.ledger.shown_uids()
    take_to(before[0], None)
    user.settles()
    assert rooms.ledger.shown_uids() == before[1:], "what is closed is nobody's lateness any more"
    rooms.ledger.filters.search.setText("没有这样的字")
    assert rooms.ledger.shown_uids() == []
    rooms.ledger.filters.search.clear()
    assert rooms.ledger.shown_uids() == before[1:]


def test_what_was_picked_is_not_remembered_for_another_day(user, rooms, whole):
    user.opens(rooms)
    rooms.charts.open_bar("ages", 0, 0)
    assert rooms.ledger.filters.kept() == {"tag": "open", "facets": {}}
    assert rooms.ledger.filters.is_narrowed()
    rooms.ledger.filters.clear()
    assert not rooms.ledger.filters.is_narrowed()


def test_by_keys_alone_one_comes_to_a_bar_and_through_it_to_the_ledger(user, rooms, whole):
    user.opens(rooms)
    rooms.charts.choose_span(Span.EVER)
    view = rooms.charts._views["ages"]
    for _ in range(60):
        if QApplication.focusWidget() is view.bars[0]:
            break
        user.presses(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view.bars[0], "Tab comes to the chart"
    user.presses(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is view.bars[1], "an arrow goes on in it"
    user.presses(Qt.Key.Key_Up)
    user.presses(Qt.Key.Key_Right)
    assert view.bars[1].accessibleName().startswith(view.chart.bars[1].label)
    user.presses(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() not in view.bars, "Tab leaves it"
    view.bars[1].setFocus()
    user.presses(Qt.Key.Key_Return)
    assert rooms.currentWidget() is rooms.ledger
    assert len(rooms.ledger.shown_uids()) == view.chart.bars[1].parts[0].value


def test_days_may_be_asked_for_and_a_wrong_order_is_said(user, rooms, whole):
    user.opens(rooms)
    user.clicks("起止日期")
    user.fills("从哪一天", date(2026, 3, 31))
    user.fills("到哪一天", date(2026, 3, 1))
    user.clicks("统计")
    assert user.sees("这一天比开始的那一天早。")
    user.fills("从哪一天", date(2026, 3, 1))
    user.fills("到哪一天", date(2026, 3, 31))
    user.clicks("统计")
    assert not user.sees_dialogs()
    assert rooms.charts.period() == between(date(2026, 3, 1), date(2026, 3, 31))
    found = sum(line.found_on.month == 3 for line in whole.lines())
    assert rooms.charts._tiles["found"].figure.said == str(found) != "0"
    assert user.sees("2026年3月1日至2026年3月31日，统计到4月1日")


def test_the_span_is_remembered_and_a_year_is_offered_where_anything_was_found(
    user, rooms, whole, store
):
    user.opens(rooms)
    user.picks("年度", "2025年")
    assert rooms.charts._span == "2025"
    assert store.recall("page/统计") == {"span": "2025"}
    assert rooms.charts._register.years() == [2026, 2025]
    assert user.sees_button("2025年"), "the drop-down says what is chosen"


def test_led_checks_lead_to_the_checks(user, rooms, whole, store):
    lead(store, "李校长", TODAY, TODAY - timedelta(days=3))
    lead(store, "王主任", TODAY - timedelta(days=1), date(2020, 5, 5))
    user.opens(rooms)
    view = rooms.charts._views["leaders"]
    assert [(bar.label, bar.parts[0].words) for bar in view.chart.bars] == [
        ("李校长", "2次"),
        ("王主任", "1次"),
    ]
    view.bars[0].click()
    assert rooms.currentWidget() is rooms.checks
    assert len(rooms.checks.shown_uids()) == 2


def test_news_of_a_hazard_count_at_once(user, rooms, whole, store, report):
    let_hear(store, rooms.charts)
    user.opens(rooms)
    before = int(rooms.charts._tiles["found"].figure.said)
    report(area=None)
    assert rooms.charts._tiles["found"].figure.said == str(before + 1)
    assert NO_AREA in {bar.label for bar in rooms.charts._views["areas"].chart.bars}


def test_paper_says_the_same_as_the_screen_and_above_no_names(user, rooms, whole, monkeypatch):
    printed = []
    monkeypatch.setattr(
        Papers,
        "preview",
        lambda papers, parent, paper, rows, **_: printed.append(
            print_paper(papers.forms[paper], rows, papers.context(papers.forms[paper], ""))
        ),
    )
    user.opens(rooms)
    rooms.charts.choose_span(Span.EVER)
    user.picks("打印", "统计图（内部，写责任人）")
    user.picks("打印", "统计图（上报，不写责任人）")
    inner, outer = (text(one).replace("\n", "") for one in printed)
    for key in COUNTED:
        chart = rooms.charts._views[key].chart
        assert chart.title in inner
        for bar in chart.bars:
            assert bar.label in inner
            for part in bar.parts:
                assert not part.value or part.words in inner
    assert "王建国" in inner and "王建国" not in outer and "由谁负责" not in outer
    assert [one.pages for one in printed] == [2, 2]
    for number, one in enumerate(printed):
        pdf = pypdfium2.PdfDocument(one.data)
        assert len(pdf) == one.pages, number


def test_an_empty_ledger_says_so_in_every_chart(user, rooms):
    user.opens(rooms)
    assert not any(view.bars for view in rooms.charts._views.values())
    assert rooms.charts._tiles["rate"].figure.said == "—"
    assert look_at(rooms, "统计_空", sizes=("中",)) == []


def test_nothing_on_the_page_is_cut_in_any_size(user, rooms, whole, store):
    lead(store, "李校长", TODAY)
    user.opens(rooms)
    rooms.charts.choose_span(Span.EVER)
    assert look_at(rooms, "统计") == []
    for view in rooms.charts._views.values():
        for bar in view.bars:
            assert view.rect().contains(bar.geometry().adjusted(1, 0, -2, 0)), bar.accessibleName()
    rooms.charts.open_bar("places", 0, 1)
    assert look_at(rooms, "统计_台账") == []


def test_the_page_reads_as_little_of_a_large_ledger_as_of_a_small_one(user, rooms, whole, store):
    user.opens(rooms)
    asked = []

    def hear(_connection, _cursor, statement, *_):
        asked.append(statement)

    with store.read() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", hear)
    try:
        rooms.charts.refresh()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert len([one for one in asked if one.lstrip().upper().startswith("SELECT")]) == 2
