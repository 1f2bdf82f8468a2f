"""Counting: turns of a rule over the year, and how each stands, by tables of cases."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import pytest

from app.agenda.periods import Almanac, Span, months_on, periods
from app.agenda.rules import Period, Rhythm, Rule, State, judge, reminds_from

D = date
AUTUMN = Span("2026-2027-1", "2026—2027学年第一学期", D(2026, 9, 1), D(2027, 1, 20))
SPRING = Span("2026-2027-2", "2026—2027学年第二学期", D(2027, 3, 1), D(2027, 7, 5))
NATIONAL = Span("break-2026-10-01", "国庆节前", D(2026, 10, 1), D(2026, 10, 7))
BEGAN, SUMMER = D(2026, 9, 1), D(2027, 8, 31)


class Done(NamedTuple):
    on: date
    at: datetime | None = None


def weekdays(*spans):
    found = []
    for first, last in spans:
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        found += [day for day in days if day.weekday() < 5]
    return tuple(found)


ALMANAC = Almanac(
    D(2026, 6, 1),
    D(2027, 9, 30),
    weekdays(
        (D(2026, 9, 1), D(2026, 9, 30)),
        (D(2026, 10, 8), D(2027, 1, 20)),
        (D(2027, 3, 1), D(2027, 7, 5)),
    ),
    (AUTUMN, SPRING),
    (NATIONAL,),
    frozenset({D(2027, 1, 31)}),
)


def rule(rhythm, **said):
    return Rule("X", "事", "演练", Rhythm(rhythm), "依据", evidence="drill", **said)


def turns(rhythm, first=BEGAN, last=SUMMER, **said):
    return {one.key: one for one in periods(rule(rhythm, **said), first, last, ALMANAC)}


@pytest.mark.parametrize(
    ("key", "excused"),
    [
        ("2026-09", ""),
        ("2027-01", ""),
        ("2027-02", "在校日只有0天"),
        ("2027-03", ""),
        ("2027-07", "在校日只有3天"),
        ("2027-08", "在校日只有0天"),
    ],
)
def test_a_month_with_fewer_than_five_school_days_is_excused(key, excused):
    assert turns("month", least_days=5)[key].excused == excused


def test_a_school_may_want_the_drill_in_july_all_the_same():
    assert turns("month", least_days=3)["2027-07"].excused == ""


def test_a_month_is_the_natural_month_whatever_the_weekday():
    january = turns("month")["2027-01"]
    assert (january.first, january.last, january.due_on) == (
        D(2027, 1, 1),
        D(2027, 1, 31),
        D(2027, 1, 31),
    )
    assert january.due_on.weekday() == 6, "a Sunday moves nothing"
    assert january.provisional, "nothing is announced for that day yet"


@pytest.mark.parametrize(("includes", "due"), [(False, D(2026, 9, 17)), (True, D(2026, 9, 18))])
def test_before_the_18th_is_without_that_day_unless_the_school_says_so(includes, due):
    assert turns("month", by_day=18, includes_day=includes)["2026-09"].due_on == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2026, 9, 1), 1, D(2026, 10, 1)),
        (D(2027, 1, 31), 1, D(2027, 2, 28)),
        (D(2026, 12, 15), 1, D(2027, 1, 15)),
        (D(2027, 3, 1), 4, D(2027, 7, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day, months, later):
    assert months_on(day, months) == later


@pytest.mark.parametrize(
    ("rhythm", "keys"),
    [
        ("quarter", ["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"]),
        ("half", ["2026-H2", "2027-H1", "2027-H2"]),
        ("year", ["2026", "2027"]),
        ("school_year", ["2026-2027"]),
        ("term", ["2026-2027-1", "2026-2027-2"]),
        ("before_holiday", ["break-2026-10-01"]),
        ("none", []),
    ],
)
def test_every_rhythm_has_its_turns(rhythm, keys):
    assert list(turns(rhythm)) == keys


def test_the_days_before_a_holiday_end_on_its_eve():
    eve = turns("before_holiday", from_days=-7)["break-2026-10-01"]
    assert (eve.first, eve.due_on) == (D(2026, 9, 24), D(2026, 9, 30))
    assert turns("before_holiday", from_days=-7, least_break=8) == {}


def test_the_round_at_the_opening_lies_around_the_first_day():
    opening = turns("term_begin", from_days=-7, to_days=7)["2026-2027-1"]
    assert (opening.first, opening.due_on) == (D(2026, 8, 25), D(2026, 9, 8))


def test_every_school_day_is_a_turn_and_no_other():
    days = turns("day", D(2026, 9, 28), D(2026, 10, 9))
    assert list(days) == ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09"]


SEPTEMBER = Period("2026-09", "9月", D(2026, 9, 1), D(2026, 9, 30), D(2026, 9, 30))


@pytest.mark.parametrize(
    ("now", "done", "planned", "state"),
    [
        (datetime(2026, 9, 23, 17, 0), [], 0, State.COMING),
        (datetime(2026, 9, 24, 7, 0), [], 0, State.SOON),
        (datetime(2026, 9, 24, 7, 0), [], 1, State.PLANNED),
        (datetime(2026, 9, 30, 23, 59), [], 0, State.SOON),
        (datetime(2026, 10, 1, 0, 0), [], 0, State.OWED),
        (datetime(2026, 10, 1, 0, 0), [], 1, State.OWED),
        (datetime(2026, 10, 1, 0, 0), [Done(D(2026, 9, 30))], 0, State.DONE),
    ],
)
def test_a_month_stands_by_the_moment(now, done, planned, state):
    found = judge(rule("month"), SEPTEMBER, done=done, planned=planned, now=now, began=BEGAN)
    assert found.state is state


@pytest.mark.parametrize(
    ("began", "state"),
    [
        (D(2026, 9, 1), State.COMING),
        (D(2026, 12, 12), State.COMING),
        (D(2026, 12, 13), State.NOT_BEGUN),
    ],
)
def test_what_sums_up_a_year_is_owed_in_the_first_one_too(began, state):
    summary = rule("year", by_month=12, by_day=31, includes_day=True, lead_days=20, sums_up=True)
    (year,) = periods(summary, D(2026, 1, 1), D(2026, 12, 31), ALMANAC)
    now = datetime(2026, 11, 22, 9)
    assert judge(summary, year, done=[], planned=0, now=now, began=began).state is state


@pytest.mark.parametrize(
    ("began", "state"),
    [
        (D(2026, 8, 1), State.OWED),
        (D(2026, 9, 15), State.OWED),
        (D(2026, 9, 17), State.NOT_BEGUN),
        (D(2026, 10, 1), State.NOT_BEGUN),
    ],
)
def test_nothing_is_owed_of_a_month_that_was_more_than_half_over(began, state):
    now = datetime(2026, 10, 14, 9, 0)
    found = judge(rule("month"), SEPTEMBER, done=[], planned=0, now=now, began=began)
    assert found.state is state


def test_twice_means_twice():
    twice = rule("month", times=2)
    once = [Done(D(2026, 9, 3))]
    now = datetime(2026, 10, 1, 8, 0)
    assert judge(twice, SEPTEMBER, done=once, planned=0, now=now, began=BEGAN).state is State.OWED
    both = [*once, Done(D(2026, 9, 20))]
    assert judge(twice, SEPTEMBER, done=both, planned=0, now=now, began=BEGAN).state is State.DONE


def test_a_last_day_without_lessons_moves_nothing_but_reminds_on_the_school_day_before():
    january = turns("month", lead_days=5)["2027-01"]
    assert january.due_on == D(2027, 1, 31)
    assert january.reminded_on == D(2027, 1, 20), "the last day of term"
    assert reminds_from(rule("month", lead_days=5), january) == D(2027, 1, 20)
    assert reminds_from(rule("month", lead_days=30), january) == D(2027, 1, 2)
