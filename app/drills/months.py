"""How a year of drills stands: a box a month for the school, a box a quarter for small ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from app.drills.rules import KINDERGARTEN, LEAST_DAYS, SCHOOL, Kind, State

EXCUSED, NOT_YET = "假期豁免", "未启用"
# What changes how a year of drills stands.
YEAR_TOPICS = frozenset(
    {"drill", "school_term", "day_mark", "holiday_notice", "setting", "rule_change", "rule_waiver"}
)
NOTHING: Mapping[date, str] = MappingProxyType({})
Standing = State | str


class Held(NamedTuple):
    """A drill as the strip counts it."""

    on: date
    kind: str
    scope: str
    state: State
    walks: bool


class Box(NamedTuple):
    """One month or quarter: how it stands, what says so, and where it begins."""

    title: str
    state: Standing
    word: str
    first: date
    has_drill: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether the rule asks for a drill here."""
        return self.state not in (EXCUSED, NOT_YET)


def month_boxes(
    year: int,
    today: date,
    school_days: Mapping[int, int],
    drills: Sequence[Held],
    since: date | None = None,
    least: int = LEAST_DAYS,
    spared: Mapping[date, str] = NOTHING,
) -> list[Box]:
    """Return the twelve months; ``school_days`` by month, ``since`` is the first day that counts.

    ``spared`` says of months, by their first day, why the school asks for none. A month with fewer
    than ``least`` school days asks for none; what is to be held in a month is owed from the first
    day of the next. Of the month a school began in, half must be left.
    """
    counted = [one for one in drills if one.walks and is_for_the_school(one.kind, one.scope)]
    months = [date(year, number, 1) for number in range(1, 13)]
    return [
        _box(
            f"{first.month}月",
            (first, _next_month(first)),
            _no_need(first, school_days.get(first.month, 0) >= least, spared),
            counted,
            today,
            since,
        )
        for first in months
    ]


def quarter_boxes(
    year: int,
    today: date,
    school_days: Mapping[int, int],
    drills: Sequence[Held],
    since: date | None = None,
    spared: Mapping[date, str] = NOTHING,
) -> list[Box]:
    """Return the four quarters as the kindergarten counts them; ``spared`` as for months."""
    both = (KINDERGARTEN, SCHOOL)
    counted = [one for one in drills if one.walks and one.scope in both]
    made = []
    for number in range(4):
        first = date(year, 3 * number + 1, 1)
        end = date(year + (number == 3), (3 * number + 3) % 12 + 1, 1)
        days = sum(school_days.get(3 * number + n, 0) for n in (1, 2, 3))
        title = f"{'一二三四'[number]}季度"
        need = _no_need(first, days >= LEAST_DAYS, spared)
        made.append(_box(title, (first, end), need, counted, today, since))
    return made


def is_for_the_school(kind: str, scope: str) -> bool:
    """Say whether a drill is one of the monthly evacuations of the pupils."""
    return kind not in (Kind.NIGHT, Kind.BUS) and scope not in (KINDERGARTEN, "教职工")


def _box(
    title: str,
    span: tuple[date, date],
    no_need: str,
    drills: Sequence[Held],
    today: date,
    since: date | None,
) -> Box:
    first, end = span
    inside = [one for one in drills if first <= one.on < end]
    for state, say in _SAYS.items():
        if found := [one for one in inside if one.state is state]:
            return Box(title, state, say(found), first, True)
    if no_need:
        return Box(title, EXCUSED, no_need, first)
    if since is not None and (end - timedelta(days=1)) - since < since - first:
        return Box(title, NOT_YET, NOT_YET, first)
    if end <= today:
        return Box(title, State.LATE, "欠 1 次", first)
    return Box(title, State.OPEN, "待排", first)


def _done(found: Sequence[Held]) -> str:
    first = found[0]
    more = f" 等{len(found)}次" if len(found) > 1 else ""
    return f"{first.kind} {first.on.month}/{first.on.day}{more}"


def _planned(found: Sequence[Held]) -> str:
    return f"{found[0].kind} {found[0].on.month}/{found[0].on.day}"


_SAYS: dict[State, Callable[[Sequence[Held]], str]] = {
    State.DONE: _done,
    State.PLANNED: _planned,
    State.LATE: lambda found: f"{found[0].on.month}/{found[0].on.day} 没做",
}


def _no_need(first: date, has_school: bool, spared: Mapping[date, str]) -> str:
    return spared.get(first, "") or ("" if has_school else _vacation(first))


def _vacation(first: date) -> str:
    return "寒假" if first.month in (1, 2) else "暑假" if first.month in (7, 8) else "假期"


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
