from datetime import datetime, timedelta

import pytest

from app.core.errors import UserError
from app.students.boarding.rules import (
    UNKNOWN,
    Absence,
    Counts,
    Mark,
    Moments,
    State,
    check_call,
    check_leave,
    covers,
    difference,
    in_order,
    is_late,
    is_open,
    late_by,
    state_of,
)

FROM, BACK = datetime(2026, 10, 12, 16, 0), datetime(2026, 10, 14, 8, 0)
HERE, LEAVE, MISSING = Mark


def leave(*, granted=True, left=None, returned=None):
    return Moments(granted, FROM, BACK, left, returned)


@pytest.mark.parametrize(
    ("moments", "now", "state"),
    [
        (leave(granted=False), FROM, State.ASKED),
        (leave(granted=False), BACK + timedelta(days=1), State.ASKED),
        (leave(), FROM - timedelta(hours=1), State.GRANTED),
        (leave(), BACK, State.GRANTED),
        (leave(left=FROM), FROM, State.OUT),
        (leave(left=FROM), BACK, State.OUT),
        (leave(left=FROM), BACK + timedelta(minutes=1), State.LATE),
        (leave(), BACK + timedelta(minutes=1), State.LATE),
        (leave(left=FROM, returned=BACK), BACK, State.BACK),
        (leave(left=FROM, returned=BACK + timedelta(days=2)), BACK, State.BACK),
    ],
)
def test_how_a_leave_stands_follows_from_its_moments(moments, now, state):
    assert state_of(moments, now) is state


@pytest.mark.parametrize(
    ("returned", "now", "said"),
    [
        (None, BACK, ""),
        (None, BACK + timedelta(minutes=1), "晚1分钟"),
        (None, BACK + timedelta(hours=3), "晚3小时"),
        (None, BACK + timedelta(hours=49), "晚2天1小时"),
        (None, BACK + timedelta(hours=48, minutes=30), "晚2天"),
        (None, BACK + timedelta(hours=3, minutes=20), "晚3小时20分钟"),
        (BACK, BACK + timedelta(days=9), ""),
        (BACK + timedelta(minutes=20), BACK + timedelta(days=9), "晚20分钟"),
    ],
)
def test_late_is_counted_from_the_minute_one_was_expected(returned, now, said):
    moments = leave(left=FROM, returned=returned)
    assert late_by(moments, now) == said
    assert is_late(moments, now) is bool(said)


@pytest.mark.parametrize(
    ("moments", "at", "is_away"),
    [
        (leave(), FROM, True),
        (leave(), FROM - timedelta(minutes=1), False),
        (leave(), BACK, True),
        (leave(), BACK + timedelta(minutes=1), False),
        (leave(granted=False), FROM, False),
        (leave(returned=FROM + timedelta(hours=2)), FROM + timedelta(hours=1), True),
        (leave(returned=FROM + timedelta(hours=2)), FROM + timedelta(hours=2), False),
    ],
)
def test_only_a_granted_leave_that_runs_counts_at_the_roll(moments, at, is_away):
    assert covers(moments, at) is is_away


def test_moments_that_cannot_be_are_refused():
    with pytest.raises(UserError, match="预计返校"):
        check_leave(leave()._replace(back_by=FROM), None, BACK)
    with pytest.raises(UserError, match="早于离校"):
        check_leave(leave(returned=FROM - timedelta(minutes=1)), None, BACK)
    with pytest.raises(UserError, match="家长电话确认"):
        check_leave(leave(), BACK, FROM)
    check_leave(leave(left=FROM, returned=BACK), FROM, BACK)


@pytest.mark.parametrize(
    ("counts", "gap"),
    [
        (Counts(30, 28, 1, 1), 0),
        (Counts(30, 27, 1, 1), 1),
        (Counts(30, 30, 1, 0), -1),
        (Counts(0, 0, 0, 0), 0),
    ],
)
def test_expected_is_here_and_leave_and_missing(counts, gap):
    assert difference(counts) == gap


def test_a_roll_agrees_or_says_what_does_not():
    known = Absence("家长接回家", told=True)
    pupils = ("a", "b", "c")
    marks = {"a": HERE, "b": LEAVE, "c": MISSING}
    assert check_call(pupils, marks, {"c": known}, None) == (3, 1, 1, 1)
    assert check_call(pupils, marks, {"c": Absence(UNKNOWN, told=False)}, 1).missing == 1
    for absences, counted, said in (
        ({}, None, "缺的人里有1人还没有写去向"),
        ({"c": Absence("在医务室")}, None, "缺的人里有1人"),
        ({"c": known}, 2, "应到3 = 实到1 + 请假1 + 缺1，清点的人数是2，多1人"),
        ({"c": known}, 0, "少1人"),
    ):
        with pytest.raises(UserError, match=said.replace("+", r"\+")):
            check_call(pupils, marks, absences, counted)
    with pytest.raises(UserError, match="还有1人没有点到"):
        check_call((*pupils, "d"), marks, {"c": known}, None)


@pytest.mark.parametrize(
    ("mark", "absence", "waits"),
    [
        (MISSING, Absence(UNKNOWN, told=True), True),
        (MISSING, Absence("在亲戚家", told=False), True),
        (MISSING, Absence("在亲戚家", told=True), False),
        (LEAVE, Absence(), False),
    ],
)
def test_a_child_nobody_reached_or_a_guardian_untold_still_waits(mark, absence, waits):
    assert is_open(mark, absence) is waits


def test_rooms_stand_in_the_order_one_walks_past_them():
    doors = [("10", "1"), ("2", "3"), (None, None), ("2", "1"), ("A3", "1")]
    assert sorted(doors, key=lambda door: in_order(*door)) == [
        ("2", "1"), ("2", "3"), ("10", "1"), ("A3", "1"), (None, None),
    ]  # fmt: skip
