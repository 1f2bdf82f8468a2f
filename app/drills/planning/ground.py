"""What the plan of a term is made from, and what it comes to; plain values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import NamedTuple

from app.drills.rules import BOARDERS, KINDERGARTEN, LEAST_DAYS, RIDERS, STAFF, Kind

# What the calendar calls the days on which pupils are at school.
TEACHING = ("上课", "补课")
AT_SCHOOL = (*TEACHING, "考试", "活动")
MONTHLY = "month"
QUARTERLY = "quarter"
NIGHTLY = "night"
BUS = "bus"
NOT_THE_SCHOOL = (KINDERGARTEN, BOARDERS, RIDERS, STAFF)


class PlanDay(NamedTuple):
    """One day as the plan sees it; ``kind`` is the calendar's word for it.

    ``lessons`` are the stretches of the day with lessons, () where nobody has said.
    """

    on: date
    kind: str
    note: str = ""
    provisional: bool = False
    themes: tuple[str, ...] = ()
    lessons: tuple[tuple[time, time], ...] = ()

    @property
    def is_school_day(self) -> bool:
        """Whether pupils are at school."""
        return self.kind in AT_SCHOOL


class Hour(NamedTuple):
    """A time of day at which drills are held, and what the school calls it."""

    word: str
    at: time


class School(NamedTuple):
    """What the rules ask of this school.

    ``joins``: the kindergarten walks with the school and needs no drill of its own.
    """

    has_pupils: bool = True
    has_kindergarten: bool = False
    joins: bool = False
    boards: bool = False
    has_bus: bool = False
    nights: int = 2  # a year


class Kept(NamedTuple):
    """A drill there is already; one that ``may_move`` came from an earlier plan and is free."""

    uid: str
    kind: str
    title: str
    scope: str
    on: date
    at: time | None
    is_done: bool
    may_move: bool
    walks: bool = True


class Ground(NamedTuple):
    """All the plan of a term knows; ``days`` are the term's, ``away`` says who is not there when.

    ``last_held`` tells when each kind was last practised before this term. A month with fewer than
    ``least_days`` school days asks for no drill; nothing is missed before ``since``.
    """

    days: Sequence[PlanDay]
    school: School
    risks: Sequence[Kind]
    hours: Sequence[Hour]
    today: date
    kept: Sequence[Kept] = ()
    last_held: Mapping[str, date] = {}
    away: Mapping[date, str] = {}
    least_days: int = LEAST_DAYS
    since: date | None = None


class Wish(NamedTuple):
    """One drill the term asks for, on a day from ``first`` to ``last``.

    ``uid`` and ``kind`` are those of a drill that has to be moved.
    """

    what: str
    word: str
    first: date
    last: date
    scope: str
    kind: Kind | None = None
    uid: str = ""
    was_on: date | None = None


class Proposal(NamedTuple):
    """One drill as proposed: the day, the hour, why this day and why not others."""

    word: str
    kind: Kind
    title: str
    scope: str
    on: date
    hour: Hour
    why: str
    why_not: str
    provisional: bool
    uid: str = ""
    was_on: date | None = None


class Draft(NamedTuple):
    """The plan of a term before anything is written; ``gaps`` are sentences on what has no day."""

    proposals: tuple[Proposal, ...]
    stays: tuple[Kept, ...]
    gaps: tuple[str, ...]
