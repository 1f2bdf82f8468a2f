"""A month as its grid shows it: whole weeks, each day with its words, its ground and its drills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.calendar import Day, DayKind
from app.drills.rules import State

_OFF = {DayKind.HOLIDAY: "休", DayKind.REST: "", DayKind.VACATION: "假", DayKind.FARM: "农忙"}
_ON = {DayKind.MAKE_UP: "班", DayKind.EXAM: "考试", DayKind.EVENT: "活动", DayKind.SCHOOL: ""}
WAITING = "待定"


class GridDay(NamedTuple):
    """One cell; ``tag`` is the word in its corner, ``theme`` a day that draws drills."""

    on: date
    number: str
    lunar: str
    tag: str
    note: str
    theme: str
    kind: DayKind
    is_hatched: bool
    is_inside: bool
    week: int | None

    @property
    def is_school_day(self) -> bool:
        """Whether pupils are at school."""
        return self.kind in _ON


class GridDrill(NamedTuple):
    """One drill on the grid; ``doubts`` are what speaks against its day."""

    uid: str
    on: date
    word: str
    state: State
    is_locked: bool
    tip: str
    doubts: tuple[str, ...]


def span_of(year: int, month: int) -> tuple[date, date]:
    """Return the first Monday and the last Sunday of the weeks a month touches."""
    first = date(year, month, 1)
    last = next_month(first) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def next_month(first: date, by: int = 1) -> date:
    """Return the first day of the month that many months on."""
    months = first.year * 12 + first.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def grid_days(month: int, days: Sequence[Day]) -> list[GridDay]:
    """Return the cells of a month from the days of its weeks."""
    return [_cell(month, day) for day in days]


def _cell(month: int, day: Day) -> GridDay:
    inside = day.on.month == month
    tag = WAITING if day.provisional else {**_OFF, **_ON}[day.kind]
    number = str(day.on.day) if inside else f"{day.on.month}/{day.on.day}"
    theme = "、".join(day.themes)
    return GridDay(
        day.on,
        number,
        day.solar_term or day.lunar,
        tag if inside or day.kind is not DayKind.VACATION else "",
        day.note,
        theme,
        day.kind,
        day.provisional,
        inside,
        day.week,
    )
