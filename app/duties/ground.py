"""What a roster stands on: people, posts, days and limits, as the other books have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.calendar import Day as CalendarDay
from app.calendar import DayKind
from app.duties.planning import Day, DayClass, Half, Limits, Person, Post

Away = Mapping[str, frozenset[tuple[date, str]]]

CLASSES = {
    DayKind.SCHOOL: DayClass.WORK,
    DayKind.MAKE_UP: DayClass.WORK,
    DayKind.EXAM: DayClass.WORK,
    DayKind.EVENT: DayClass.WORK,
    DayKind.REST: DayClass.WEEKEND,
    DayKind.HOLIDAY: DayClass.HOLIDAY,
    DayKind.FARM: DayClass.VACATION,
    DayKind.VACATION: DayClass.VACATION,
}


@dataclass(frozen=True)
class Ground:
    """The other books, as callables.

    ``people`` are all who can be put on a roster, ``gone`` those off the list who may still stand
    in old ones; neither with leave. ``posts`` are those in use on any of these days.
    """

    people: Callable[[], Sequence[Person]]
    posts: Callable[[date, date], Sequence[Post]]
    days: Callable[[date, date], Sequence[CalendarDay]]
    away: Callable[[date, date], Away] = lambda _first, _last: {}
    gone: Callable[[], Sequence[Person]] = tuple
    limits: Callable[[], Limits] = field(default=Limits)

    def days_of(self, first: date, last: date) -> tuple[Day, ...]:
        """Return the days from the first to the last as the posts look at them."""
        return tuple(
            Day(day.on, CLASSES[day.kind], day.provisional) for day in self.days(first, last)
        )

    def halves_away(self, first: date, last: date) -> dict[str, frozenset[tuple[date, Half]]]:
        """Return who is away on which half days."""
        return {
            uid: frozenset((on, Half(half)) for on, half in halves)
            for uid, halves in self.away(first, last).items()
        }
