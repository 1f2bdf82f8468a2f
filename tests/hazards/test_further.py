"""What few records say: what could come of a hazard, what it costs, which things are there."""

from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from app.core.paper import Context, print_paper
from app.hazards.further import asked_above_text, five_text, money_text
from app.hazards.papers import card_rows
from tests.ui.look import look_at

MORE = {
    "consequence": "学生攀爬时可能坠落",
    "cause": "焊点锈蚀",
    "department": "总务处",
    "cost": Decimal("3200.50"),
    "funds": "公用经费",
    "needs_above": True,
    "applied_as": "青小字〔2026〕3号",
    "applied_on": date(2026, 3, 31),
    "seasons": ["夏季", "汛期"],
    "hours": ["课间"],
    "emergency": "封闭东楼梯，走西楼梯",
}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "□措施　□责任　□资金　□时限　□预案"),
        ({"measures": "封闭", "owner": "王建国"}, "√措施　√责任　□资金　□时限　□预案"),
        (
            {"cost": Decimal(0), "due_on": date(2026, 4, 2), "emergency": "撤离"},
            "□措施　□责任　√资金　√时限　√预案",
        ),
        ({"funds": "学区统筹"}, "□措施　□责任　√资金　□时限　□预案"),
    ],
)
def test_each_of_the_five_things_is_ticked_once_its_blank_is_filled(values, said):
    assert five_text(values) == said


@pytest.mark.parametrize(
    ("cost", "funds", "said"),
    [
        (None, None, ""),
        (Decimal("1000"), "公用经费", "1000元，公用经费"),
        (Decimal("0.50"), None, "0.5元"),
    ],
)
def test_money_reads_as_one_writes_it(cost, funds, said):
    assert money_text(cost, funds) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, ""),
        ({"needs_above": True}, "需要上级投入，还没有申请"),
        ({"needs_above": False}, "不需要上级投入"),
        ({"needs_above": True, "applied_as": "3号"}, "需要上级投入，已申请：3号"),
    ],
)
def test_money_from_above_is_asked_for_by_a_paper(values, said):
    assert asked_above_text(values) == said


def test_the_rest_is_folded_away_and_comes_back_as_it_was_filled_in(user, page, hazards, report):
    uid = report(grade="重大").uid
    made = user.opens(page())
    made.correct(uid)
    user.settles()
    assert not user.sees("应急预案")
    user.clicks("更多（可能后果、原因分析、责任认定等 12 项，可以不填）")
    for label, value in (
        ("可能后果", "可能坠落"),
        ("所需资金（元）", "3200.5"),
        ("申请日期", "3-31"),
        ("应急预案", "封闭东楼梯"),
    ):
        user.fills(label, value)
    user.clicks("汛期")
    user.clicks("保存")
    kept = hazards.get(uid)
    assert (kept.consequence, kept.cost, kept.applied_on) == (
        "可能坠落",
        Decimal("3200.5"),
        date(2026, 3, 31),
    )
    assert kept.seasons == ["汛期"] and kept.needs_above is None
    assert user.sees("□措施　□责任　√资金　√时限　√预案")
    made.correct(uid)
    user.settles()
    assert user.sees_button("更多（已填 5 项）")


def test_a_fault_in_a_folded_blank_unfolds_it(user, page, hazards, report):
    made = user.opens(page())
    made.correct(report().uid)
    user.settles()
    user.clicks("更多（可能后果、原因分析、责任认定等 12 项，可以不填）")
    user.fills("所需资金（元）", "三千")
    user.clicks("收起（已填 1 项）")
    user.clicks("保存")
    assert "所需资金" in user.reads("message")
    assert user.sees_button("收起（已填 1 项）")


def test_the_rest_prints_where_a_paper_has_a_box_for_it(store, papers, report):
    uid = report(grade="重大", **MORE).uid
    said = {}
    for name, paper in (("report", "hazard_report"), ("flow", "hazard_flow")):
        printed = print_paper(papers[paper], card_rows(store, name, [uid]), Context("青石镇"))
        assert printed.pages == 1
        with pypdfium2.PdfDocument(printed.data) as pdf:
            text = pdf[0].get_textpage().get_text_range()
            said[name] = "".join(text.split())
    for words in (
        "原因：焊点锈蚀",
        "3200.5元，公用经费",
        "总务处",
        "青小字〔2026〕3号",
        "走西楼梯",
    ):
        assert words in said["report"], words
    assert "□措施□责任√资金√时限√预案" in said["report"].replace("　", "")
    assert "可能坠落" in said["flow"] and "3200.5元" in said["flow"]


def test_nothing_of_the_unfolded_dialog_is_cut(user, page, report):
    made = user.opens(page())
    made.correct(report(grade="重大", **MORE).uid)
    user.settles()
    assert look_at(user.front(), "改正_折叠", width=0, sizes=("中", "特大")) == []
    user.clicks("更多（已填 11 项）")
    assert look_at(user.front(), "改正_更多", width=0, sizes=("中", "特大")) == []


def test_hazards_are_narrowed_to_a_season_or_an_hour(user, page, hazards, report):
    one = report(seasons=["夏季", "汛期"], hours=["课间"])
    two = report(place="水沟", seasons=["汛期"])
    report(place="操场")
    assert {row["number"] for row in hazards.views["list"]({"time": "汛期"})} == {
        one.number,
        two.number,
    }
    made = user.opens(page())
    made.filters.choose("time", "课间")
    user.settles()
    assert [row[1] for row in user.reads_table()] == [one.number]
