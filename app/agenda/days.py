"""The almanac that counting asks for, made from the school's calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.agenda.periods import Almanac, Span
from app.calendar import Day, DayKind
from app.core.calendar import Term

if TYPE_CHECKING:
    from app.calendar import SchoolCalendar

_AT_SCHOOL = frozenset({DayKind.SCHOOL, DayKind.MAKE_UP, DayKind.EXAM, DayKind.EVENT})
_OFF = frozenset({DayKind.HOLIDAY, DayKind.VACATION})
_AROUND = timedelta(days=75)  # a vacation that has begun, or ends, outside the days asked for
_WINTER = (1, 2, 3)
_TERMS = {1: "秋季学期", 2: "春季学期"}


def almanac_of(calendar: SchoolCalendar, first: date, last: date) -> Almanac:
    """Return what counting asks of the calendar between two days, and a while around them."""
    first, last = first - _AROUND, last + _AROUND
    days = calendar.days(first, last)
    return Almanac(
        first,
        last,
        tuple(day.on for day in days if day.kind in _AT_SCHOOL),
        tuple(_terms(calendar, first, last)),
        tuple(_breaks(days)),
        frozenset(day.on for day in days if day.provisional),
    )


def _terms(calendar: SchoolCalendar, first: date, last: date) -> Iterator[Span]:
    for year in range(first.year - 1, last.year + 1):
        for number in (1, 2):
            found = calendar.term(Term(year, number).code)
            if found.begins_on <= last and found.ends_on >= first:
                name = _TERMS[number]
                yield Span(found.term.code, name, found.begins_on, found.ends_on, found.provisional)


def _breaks(days: Sequence[Day]) -> Iterator[Span]:
    """Yield the stretches without school that hold a holiday or a vacation."""
    stretch: list[Day] = []
    for day in days:
        if day.kind not in _AT_SCHOOL:
            stretch.append(day)
            continue
        yield from _break(stretch)
        stretch = []


def _break(stretch: Sequence[Day]) -> Iterator[Span]:
    off = [day for day in stretch if day.kind in _OFF]
    if not off:
        return
    first, last = stretch[0].on, stretch[-1].on
    is_long = sum(day.kind is DayKind.VACATION for day in off) > 10
    name = ("寒假" if first.month in _WINTER else "暑假") if is_long else _named(off)
    yield Span(
        f"break-{first.isoformat()}", f"{name}前", first, last, any(d.provisional for d in off)
    )


def _named(off: Sequence[Day]) -> str:
    return next((day.note for day in off if day.note), "") or "放假"
