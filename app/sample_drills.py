"""The sample school's drills: a year of them held, one month owed, the rest of the term planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.drills import Kind

if TYPE_CHECKING:
    from app.house import House

# What was practised in turn, and in how many seconds all were out and counted.
_HELD = (
    (Kind.FIRE, 171),
    (Kind.CRUSH, 158),
    (Kind.QUAKE, 149),
    (Kind.VIOLENCE, 141),
    (Kind.QUAKE, 137),
    (Kind.FLOOD, 133),
    (Kind.FIRE, 128),
    (Kind.CRUSH, 124),
)
_PLACE = "操场"
_YEAR = 365
_LEAST = 5
_OWED = 2  # the month so many before this one was left out
_MANY = 3  # pupils who were ill or away that day


def run_drills(house: House, today: date, people: Sequence[str]) -> None:
    """Hold a drill a month for a year, owe one, and have the rest of the term planned."""
    pupils, staff = house.students.count(), len(people)
    for number, on in enumerate(_days(house, today)):
        kind, seconds = _HELD[number % len(_HELD)]
        house.drills.enter_held(
            {
                "done_on": on,
                "seconds": seconds,
                "target_seconds": 120,
                "pupils_due": pupils,
                "pupils_there": pupils - (number % _MANY),
                "staff_due": staff,
                "staff_there": staff - (number % 2),
                "place": _PLACE,
                "commander": people[0],
            },
            kind=kind,
        )
    draft = house.planner.draft()
    if draft.proposals:
        first, *_ = house.planner.carry_out(draft)
        house.drills.lock(first, is_locked=True)


def _days(house: House, today: date) -> Iterator[date]:
    """Return a day for each month of the last year that asks for a drill, but for one."""
    owed = _month_before(today, _OWED)
    known = house.calendar.school_days(today - timedelta(days=_YEAR), today - timedelta(days=1))
    months: dict[tuple[int, int], list[date]] = {}
    for on in known:
        months.setdefault((on.year, on.month), []).append(on)
    for month, days in months.items():
        is_this = month == (today.year, today.month)
        if len(days) >= _LEAST and month != owed and not is_this:
            yield days[len(days) // 2]


def _month_before(today: date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 - months
    return count // 12, count % 12 + 1
