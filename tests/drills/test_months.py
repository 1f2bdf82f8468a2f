"""How a year of drills stands, month by month and quarter by quarter."""

from datetime import date

import pytest

from app.drills.months import Held, month_boxes, quarter_boxes
from app.drills.rules import State

TODAY = date(2026, 10, 14)
DAYS = {month: 20 for month in range(1, 13)} | {2: 3, 7: 4, 8: 0}


def held(month, day, state=State.DONE, kind="地震", scope="全校", walks=True):
    return Held(date(2026, month, day), kind, scope, state, walks)


def boxes(*drills, since=None, today=TODAY):
    return month_boxes(2026, today, DAYS, drills, since)


def test_a_month_is_done_planned_owed_excused_or_open():
    drills = (held(9, 10), held(10, 22, State.PLANNED), held(6, 5, State.LATE))
    found = {box.title: (str(box.state), box.word) for box in boxes(*drills)}
    assert found["9月"] == ("已完成", "地震 9/10")
    assert found["10月"] == ("已安排", "地震 10/22")
    assert found["6月"] == ("逾期", "6/5 没做")
    assert found["5月"] == ("逾期", "欠 1 次")
    assert found["7月"] == ("假期豁免", "暑假")
    assert found["11月"] == ("未安排", "待排")


def test_a_month_is_owed_from_the_first_day_of_the_next():
    (september,) = [b for b in boxes(today=date(2026, 9, 30)) if b.title == "9月"]
    assert september.state is State.OPEN
    (september,) = [b for b in boxes(today=date(2026, 10, 1)) if b.title == "9月"]
    assert september.state is State.LATE


def test_nothing_is_owed_before_the_first_day_with_the_program():
    found = {box.title: str(box.state) for box in boxes(since=date(2026, 9, 5))}
    assert found["6月"] == "未启用" and found["9月"] == "逾期"
    found = {box.title: str(box.state) for box in boxes(since=date(2026, 9, 20))}
    assert found["9月"] == "未启用", "more than half of it had passed, as the rules count"
    assert found["10月"] == "未安排"


def test_how_many_school_days_ask_for_a_drill_is_the_schools_to_say():
    found = {box.title: str(box.state) for box in month_boxes(2026, TODAY, DAYS, (), least=3)}
    assert (found["2月"], found["7月"], found["8月"]) == ("逾期", "逾期", "假期豁免")


@pytest.mark.parametrize(
    "drill",
    [
        held(9, 10, kind="夜间疏散", scope="住校生"),
        held(9, 10, kind="校车", scope="乘车生"),
        held(9, 10, scope="幼儿园"),
        held(9, 10, scope="教职工"),
        held(9, 10, walks=False),
    ],
)
def test_what_is_no_evacuation_of_the_pupils_leaves_the_month_owed(drill):
    (september,) = [b for b in boxes(drill) if b.title == "9月"]
    assert september.state is State.LATE


def test_a_held_one_counts_before_one_that_was_missed():
    found = {b.title: b.state for b in boxes(held(9, 3, State.LATE), held(9, 20))}
    assert found["9月"] is State.DONE


def test_the_kindergarten_counts_quarters_and_only_what_it_took_part_in():
    drills = [held(2, 10, scope="幼儿园"), held(5, 12), held(9, 10, scope="中小学")]
    found = [str(b.state) for b in quarter_boxes(2026, TODAY, DAYS, drills)]
    assert found == ["已完成", "已完成", "逾期", "未安排"]


def test_a_month_the_school_is_spared_asks_for_none_unless_one_was_held():
    spared = {date(2026, 9, 1): "免做", date(2026, 10, 1): "免做"}
    found = month_boxes(2026, TODAY, DAYS, [held(10, 9)], spared=spared)
    said = {box.title: (str(box.state), box.word) for box in found}
    assert said["9月"] == ("假期豁免", "免做")
    assert said["10月"] == ("已完成", "地震 10/9")
    (third,) = [
        box
        for box in quarter_boxes(2026, TODAY, DAYS, [], spared={date(2026, 7, 1): "免做"})
        if box.title == "三季度"
    ]
    assert third.word == "免做" and not third.is_asked
