"""What was hung out, and what has become different since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.duties.planning import Cell, Change, Seat, changes
from app.duties.records import Announcement
from app.duties.seats import Seats


class Announcing:
    """The announcements of rosters (公布)."""

    def __init__(self, store: Store, seats: Seats, today: Callable[[], date]) -> None:
        self._store, self._seats, self._today = store, seats, today

    def announce(self, first: date, last: date) -> Announcement:
        """Write down that the roster of these days, both included, is hung out as it stands.

        Raises:
            UserError: the role may not, or nobody stands on these days.

        """
        self._store.sitter.demand(Right.DUTIES)
        seats = self._seats.between(first, last)
        if not seats:
            raise UserError(
                "这些日子还没有排班，没有可公布的。", safe="什么都没有改动。", do="请先排班。"
            )
        with self._store.change("公布值班表") as session:
            made = Announcement(
                first_on=first,
                last_on=last,
                announced_on=self._today(),
                announced_by=self._store.sitter.name,
                seats=[
                    [seat.cell.on.isoformat(), seat.cell.post_uid, seat.person_uid]
                    for seat in seats
                ],
            )
            session.add(made)
        return made

    def all(self, first: date, last: date) -> list[Announcement]:
        """Return the announcements that touch these days, the newest last."""
        touching = (
            select(Announcement)
            .where(Announcement.first_on <= last, Announcement.last_on >= first)
            .order_by(Announcement.id)
        )
        with self._store.read() as session:
            return list(session.scalars(touching))

    def newest(self, first: date, last: date) -> Announcement | None:
        """Return the newest announcement that touches these days."""
        return next(reversed(self.all(first, last)), None)

    def days(self, first: date, last: date) -> frozenset[date]:
        """Return the days of a span that were announced."""
        found: set[date] = set()
        for one in self.all(first, last):
            begin, end = max(first, one.first_on), min(last, one.last_on)
            found |= {begin + timedelta(days=n) for n in range((end - begin).days + 1)}
        return frozenset(found)

    def since(self, first: date, last: date) -> tuple[Change, ...]:
        """List what is different now from what was hung out, on the days that were."""
        hung: dict[date, list[Seat]] = {}
        for one in self.all(first, last):  # a later one counts for its days
            seats = [Seat(Cell(date.fromisoformat(on), post), who) for on, post, who in one.seats]
            begin, end = max(first, one.first_on), min(last, one.last_on)
            for n in range((end - begin).days + 1):
                hung[begin + timedelta(days=n)] = []
            for seat in seats:
                if begin <= seat.cell.on <= end:
                    hung[seat.cell.on].append(seat)
        before = [seat for seats in hung.values() for seat in seats]
        now = [seat for seat in self._seats.between(first, last) if seat.cell.on in hung]
        return changes(before, now)
