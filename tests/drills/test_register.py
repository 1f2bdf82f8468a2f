"""Drills are planned, moved, locked, held and counted."""

from datetime import date, time

import pytest

from app.core.errors import UserError
from app.drills.doing.rules import said
from app.drills.words import clock
from tests.drills.conftest import TODAY

LATER = date(2026, 10, 22)


def test_a_drill_is_planned_with_the_usual_words_where_nothing_is_said(drills):
    drill = drills.enter(kind="地震", planned_on=LATER, planned_at=time(10, 5))
    assert (drill.number, drill.title) == ("YL-2026-0001", "地震避险与疏散")
    assert (drill.scope, drill.way, drill.manner) == ("全校", "预定", "实操")
    assert drills.state(drill) == "已安排"


def test_a_day_that_is_over_is_refused_but_today_is_not(drills):
    drills.enter(kind="地震", planned_on=TODAY)
    with pytest.raises(UserError, match="已经过去"):
        drills.enter(kind="地震", planned_on=date(2026, 10, 13))


def test_everything_missing_is_named_at_once(drills):
    with pytest.raises(UserError, match=r"“类型”没有填.*“日期”没有填"):
        drills.enter()
    with pytest.raises(UserError, match="“类型”只能填"):
        drills.enter(kind="跳伞", title="跳伞", planned_on=LATER)


def test_moving_keeps_the_reason_and_where_it_came_from(drills):
    drill = drills.enter(kind="火灾", planned_on=LATER)
    drills.move(drill.uid, date(2026, 10, 23), reason="下雨")
    moved = drills.get(drill.uid)
    assert moved.planned_on == date(2026, 10, 23)
    assert moved.moves == [{"from": "2026-10-22", "to": "2026-10-23", "why": "下雨"}]
    assert drills.store.undo() == "演练改期"
    assert drills.get(drill.uid).planned_on == LATER


@pytest.mark.parametrize("why", ["locked", "held", "over"])
def test_what_may_not_be_moved_stays(drills, why):
    drill = drills.enter(kind="火灾", planned_on=TODAY)
    to = LATER
    if why == "locked":
        drills.lock(drill.uid, is_locked=True)
    elif why == "held":
        drills.hold(drill.uid, done_on=TODAY)
    else:
        to = date(2026, 10, 1)
    with pytest.raises(UserError):
        drills.move(drill.uid, to, reason="下雨")
    assert drills.get(drill.uid).planned_on == TODAY


def test_a_drill_that_was_held_is_done_and_counts_for_whom_it_was(drills):
    whole = drills.enter(kind="地震", planned_on=TODAY)
    small = drills.enter(kind="地震", planned_on=TODAY, scope="幼儿园")
    table = drills.enter(kind="火灾", planned_on=TODAY, manner="桌面")
    for drill in (whole, small, table):
        drills.hold(drill.uid, done_on=TODAY, seconds=161, pupils_due=509, pupils_there=500)
    assert drills.state(drills.get(whole.uid)) == "已完成"
    month = (date(2026, 10, 1), date(2026, 10, 31))
    assert [(one.on, one.kind, one.uid) for one in drills.done(*month)] == [
        (TODAY, "地震", whole.uid)
    ]
    assert [one.uid for one in drills.done_kindergarten(*month)] == [whole.uid, small.uid]
    assert drills.done(date(2026, 11, 1), date(2026, 11, 30)) == []


def test_a_drill_is_not_held_in_the_future(drills):
    drill = drills.enter(kind="地震", planned_on=LATER)
    with pytest.raises(UserError, match="还没有到"):
        drills.hold(drill.uid, done_on=LATER)
    assert drills.get(drill.uid).done_on is None


def test_one_held_unplanned_is_entered_in_one_act(drills):
    drill = drills.enter_held({"done_on": date(2026, 10, 12), "seconds": 118}, kind="防踩踏")
    assert (drill.planned_on, drill.done_on) == (date(2026, 10, 12), date(2026, 10, 12))
    assert drills.store.undo() == "记一次演练"
    assert drills.all() == []


def test_whoever_saves_second_is_told_what_the_first_changed(drills):
    drill = drills.enter(kind="地震", planned_on=LATER)
    seen = drill.rev
    drills.correct(drill.uid, commander="刘玉兰")
    with pytest.raises(UserError, match="总指挥"):
        drills.correct(drill.uid, seen=seen, place="操场")


def test_the_list_filters_by_what_it_shows(drills):
    drills.enter(kind="地震", planned_on=LATER)
    drills.enter(kind="火灾", planned_on=date(2027, 3, 4))
    assert [row["kind"] for row in drills.views["list"]({"year": "2027"})] == ["火灾"]
    assert drills.views["list"]({"status": "逾期"}) == []


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ({"pupils_due": 500, "pupils_there": 512}, "学生实参512人，比应参500人多"),
        ({"staff_due": 40, "staff_there": 41}, "教职工实参41人，比应参40人多"),
        ({"seconds": -1}, "“用时”不能是负数"),
    ],
)
def test_figures_that_cannot_be_are_refused_and_nothing_is_kept(drills, figures, why):
    with pytest.raises(UserError, match=why):
        drills.enter_held({"done_on": TODAY, **figures}, kind="地震")
    assert drills.all() == []


@pytest.mark.parametrize(
    ("seconds", "words"), [(None, ""), (48, "48秒"), (120, "2分钟"), (161, "2分41秒")]
)
def test_a_time_is_said_alike_in_the_list_and_on_the_record(seconds, words):
    assert clock(seconds) == said(seconds) == words
