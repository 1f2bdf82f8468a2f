"""The seats as they are kept: read by day, written one by one or as a whole roster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.store import Store
from app.duties.planning import Cell, Seat
from app.duties.records import Announcement, DutySeat, DutySwap, Way

_TAKEN_OFF = "不再值这一班"
_REPLANNED = "重新排班"


class KeptSeat(NamedTuple):
    """One seat as it is kept; see ``DutySeat``."""

    uid: str
    cell: Cell
    person_uid: str
    locked: bool
    way: str
    instead_of: str
    swap_uid: str

    @property
    def seat(self) -> Seat:
        """The seat as a roster has it."""
        return Seat(self.cell, self.person_uid, self.locked)


class Seats:
    """The rows behind a roster."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def kept(self, first: date, last: date) -> list[KeptSeat]:
        """Return the seats of these days, both included, day by day."""
        columns = (
            DutySeat.uid,
            DutySeat.stood_on,
            DutySeat.post_uid,
            DutySeat.person_uid,
            DutySeat.locked,
            DutySeat.way,
            DutySeat.instead_of,
            DutySeat.swap_uid,
        )
        wanted = (
            select(*columns)
            .where(DutySeat.stood_on >= first, DutySeat.stood_on <= last)
            .where(DutySeat.void_reason.is_(None))
            .order_by(DutySeat.stood_on, DutySeat.id)
        )
        with self._store.read() as session:
            rows = session.execute(wanted).all()
        return [
            KeptSeat(uid, Cell(on, post), person, locked, way, instead or "", swap or "")
            for uid, on, post, person, locked, way, instead, swap in rows
        ]

    def between(self, first: date, last: date) -> tuple[Seat, ...]:
        """Return the seats of these days as a roster has them."""
        return tuple(kept.seat for kept in self.kept(first, last))

    def first_on(self) -> date | None:
        """Return the first day anybody ever stood, None where nobody did."""
        earliest = select(func.min(DutySeat.stood_on)).where(DutySeat.void_reason.is_(None))
        with self._store.read() as session:
            return session.scalar(earliest)

    def first_at(self, post_uid: str) -> date | None:
        """Return the first day anybody stands a post on, None where nobody ever does."""
        mine = select(func.min(DutySeat.stood_on)).where(
            DutySeat.post_uid == post_uid, DutySeat.void_reason.is_(None)
        )
        with self._store.read() as session:
            return session.scalar(mine)

    def posts_held(self, first: date, last: date) -> set[str]:
        """Return the uids of the posts somebody stands on these days, both included."""
        wanted = select(DutySeat.post_uid).distinct().where(DutySeat.void_reason.is_(None))
        with self._store.read() as session:
            return set(session.scalars(wanted.where(DutySeat.stood_on.between(first, last))))

    def follow(self, old_uid: str, new_uid: str, since: date) -> None:
        """Let those who stand a post from a day on stand the one that goes on in its place.

        So do the slips about it, and what was announced: it is the same post as people know it.
        """
        with self._store.change("修改岗位") as session:
            ahead = select(DutySeat).where(DutySeat.post_uid == old_uid, DutySeat.stood_on >= since)
            for row in session.scalars(ahead).all():
                row.post_uid = new_uid
            for slip in session.scalars(select(DutySwap)).all():
                if slip.post_uid == old_uid and slip.stood_on >= since:
                    slip.post_uid = new_uid
                if slip.other_post_uid == old_uid and slip.other_on and slip.other_on >= since:
                    slip.other_post_uid = new_uid
            hung = select(Announcement).where(Announcement.last_on >= since)
            for one in session.scalars(hung).all():
                one.seats = [
                    [on, new_uid if post == old_uid and on >= since.isoformat() else post, who]
                    for on, post, who in one.seats
                ]

    def find(self, cell: Cell, person_uid: str) -> DutySeat | None:
        """Return the row of one seat, None where this person does not stand there."""
        with self._store.read() as session:
            return session.scalar(
                select(DutySeat).where(
                    DutySeat.stood_on == cell.on,
                    DutySeat.post_uid == cell.post_uid,
                    DutySeat.person_uid == person_uid,
                )
            )

    def in_cell(self, session: Session, cell: Cell) -> Sequence[DutySeat]:
        """Return the rows of one cell."""
        return session.scalars(
            select(DutySeat)
            .where(DutySeat.stood_on == cell.on, DutySeat.post_uid == cell.post_uid)
            .order_by(DutySeat.id)
        ).all()

    def write(self, session: Session, seats: Iterable[Seat], first: date, last: date) -> None:
        """Make these the seats of a span; who stands where he stood keeps his row."""
        wanted: dict[Cell, list[str]] = {}
        for seat in seats:
            wanted.setdefault(seat.cell, []).append(seat.person_uid)
        rows = session.scalars(
            select(DutySeat).where(DutySeat.stood_on >= first, DutySeat.stood_on <= last)
        ).all()
        for row in rows:
            here = wanted.get(Cell(row.stood_on, row.post_uid), [])
            if row.person_uid in here:
                here.remove(row.person_uid)
            else:
                row.void(_REPLANNED)
        session.flush()
        session.add_all(
            DutySeat(stood_on=cell.on, post_uid=cell.post_uid, person_uid=person, way=Way.PLANNED)
            for cell, people in wanted.items()
            for person in people
        )

    def put(self, session: Session, cell: Cell, person_uid: str, **said: object) -> DutySeat:
        """Let somebody stand in a cell."""
        made = DutySeat(
            stood_on=cell.on,
            post_uid=cell.post_uid,
            person_uid=person_uid,
            **({"way": Way.BY_HAND} | said),
        )
        session.add(made)
        session.flush()
        return made

    def take_off(self, session: Session, row: DutySeat) -> None:
        """Let somebody stand there no longer."""
        row.void(_TAKEN_OFF)
        session.flush()
