"""What people carry into a span: the terms before it replayed from who stood in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from app.calendar import TermDays
from app.duties.ground import Ground
from app.duties.people import entered_on
from app.duties.planning import Frame, Half, Person, Roster, Seat, carry_on, fairness
from app.duties.seats import Seats

Carry = dict[str, dict[str, float]]
Terms = Callable[[date, date], Sequence[TermDays]]
TERMS_BACK = 4  # our own default: two school years are remembered, what lies before is forgiven
_DAY = timedelta(days=1)
_MOST_KNOWN = 12  # spans whose outcome is held, so that leafing through months is quick
_UID_LONG = 36  # characters
_SETTLING = timedelta(days=7)  # so long a school takes to enter its people


class Carrying:
    """Replays the terms before a day; what has not changed since is not counted again."""

    def __init__(self, ground: Ground, seats: Seats, terms: Terms) -> None:
        self._ground, self._seats, self._terms = ground, seats, terms
        self._known: dict[tuple[date, date], tuple[Roster, Carry]] = {}

    def into(self, first: date) -> Carry:
        """Return what each person brings into a span: shifts of each burden, and points.

        Above zero is more than the fair share of the terms before, term after term; the running
        term counts up to the day before ``first``.
        """
        carry: Carry = {}
        for begin, end in self.spans(first):
            carry = carry | self._over(begin, end, carry)
        return carry

    def spans(self, first: date) -> list[tuple[date, date]]:
        """Return the terms before a day, each with the vacation after it, the last one cut off."""
        since = self._seats.first_on()
        if since is None or since >= first:
            return []
        begins = sorted({term.begins_on for term in self._terms(since, first)})
        starts = [on for on in begins if since < on < first]
        edges = [since, *starts, first][-TERMS_BACK - 1 :]
        return [(a, b - _DAY) for a, b in pairwise(edges)]

    def _over(self, begin: date, end: date, carry: Carry) -> Carry:
        seats = self._seats.between(begin, end)
        if not seats:
            return {}
        first, last = seats[0].cell.on, max(seat.cell.on for seat in seats)
        frame = stood_frame(self._ground, first, last, seats, carry)
        roster = Roster(frame, seats)
        known = self._known.get((begin, end))
        if known is None or known[0] != roster:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[begin, end] = (roster, carry_on(fairness(roster)))
        return known[1]


def stood_frame(
    ground: Ground,
    first: date,
    last: date,
    seats: Sequence[Seat],
    carry: Mapping[str, Mapping[str, float]],
) -> Frame:
    """Return the frame of days that are over: also with those who have left, by what they stood.

    Whoever came later is not behind: the days before count as days away.
    """
    away = ground.halves_away(first, last)
    begun: dict[str, date] = {}
    for seat in seats:
        begun[seat.person_uid] = min(begun.get(seat.person_uid, seat.cell.on), seat.cell.on)
    people = list(ground.people())
    came = newcomers(people)
    people += [one for one in ground.gone() if one.uid in begun]
    return Frame(
        tuple(
            replace(
                one,
                away=away.get(one.uid, frozenset()) | _before(one, came, begun, first, last),
                carry=carry.get(one.uid, {}),
            )
            for one in people
        ),
        tuple(ground.posts(first, last)),
        ground.days_of(first, last),
        limits=ground.limits(),
    )


def newcomers(people: Sequence[Person]) -> dict[str, date]:
    """Return since when people are here who were entered later than the list was begun."""
    made = {one.uid: entered_on(one.uid) for one in people if len(one.uid) == _UID_LONG}
    begun = min(made.values(), default=date.max - _SETTLING)
    return {uid: on for uid, on in made.items() if on > begun + _SETTLING}


def _before(
    person: Person, came: Mapping[str, date], begun: Mapping[str, date], first: date, last: date
) -> frozenset[tuple[date, Half]]:
    since = min(came.get(person.uid, first), begun.get(person.uid, date.max), last + _DAY)
    return frozenset(
        (first + timedelta(days=n), half) for n in range((since - first).days) for half in Half
    )
