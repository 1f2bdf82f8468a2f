"""Rows of many files into one state, whatever came first: of each row the newest file tells.

Each file is a full statement of its days. So a row stands as the newest file that names it has
it, and is gone if a newer file of its days leaves it out. Both follow from the set of files
alone, never from the order in which they came.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.core.store import in_lots, write_in_bulk
from app.handover.town.finding import Spoken
from app.handover.town.records import TownFile, TownRow
from app.handover.town.rules import HAZARDS
from app.handover.town.stated import WHOLE, Merged, Offer, Statement, row_of
from app.handover.town.wholes import restate


class _Kept:
    """One row as it stands while files are merged; ``id`` is None until it is written.

    ``written`` is all of it where it says something else than before, ``said`` what a new one
    came of.
    """

    __slots__ = ("body", "file_id", "id", "is_touched", "is_void", "rank", "rev", "said", "written")

    def __init__(
        self, id: int | None, file_id: int, rank: int, rev: int, is_void: bool, body: str
    ) -> None:
        self.id, self.file_id, self.rank = id, file_id, rank
        self.rev, self.is_void, self.body = rev, is_void, body
        self.written: dict[str, Any] | None = None
        self.said: Mapping[str, Any] = {}
        self.is_touched = False

    def says(self) -> tuple[int, bool, str]:
        """Return what two files may say differently."""
        return self.rev, self.is_void, self.body

    def drop(self) -> None:
        """Have it stand no more."""
        self.is_void = self.is_touched = True
        if self.written is not None:
            self.written |= _DROPPED


def merge(
    session: Session, school_id: int, offers: Sequence[Offer], spoken: Spoken | None = None
) -> dict[int, Merged]:
    """Merge files of one school, inside a change; return what became of each file's rows.

    Into ``spoken`` go the new hazards, which the caller then owes the index in the same change.
    """
    every = _statements(session, school_id)
    newest_first = sorted(offers, key=lambda one: every[one.file_id].rank, reverse=True)
    done = {one.file_id: Merged() for one in newest_first}
    for kind in sorted({kind for one in offers for kind in one.tables}):
        lists = [one for one in newest_first if kind in one.tables and kind in one.lists]
        if lists:
            work = _ListWork(session, school_id, kind, every)
            work.load(lists)
            for one in lists:
                done[one.file_id] += work.take(one)
            work.write(spoken)
        for one in newest_first:
            if kind in one.tables and kind not in one.lists:
                done[one.file_id] += restate(session, school_id, kind, one, every)
    return done


def _statements(session: Session, school_id: int) -> dict[int, Statement]:
    """Return every file of a school by its id; the newest has the greatest rank.

    Newer is who has the greater seq, of equal ones who was made later.
    """
    columns = (TownFile.id, TownFile.first_on, TownFile.last_on, TownFile.rows)
    mine = select(*columns).where(TownFile.school_id == school_id)
    ordered = session.execute(mine.order_by(TownFile.seq, TownFile.made_at, TownFile.sha256))
    return {row[0]: Statement(rank, *row) for rank, row in enumerate(ordered, start=1)}


class _ListWork:
    """The rows of one school's list while files are merged into it."""

    def __init__(
        self, session: Session, school_id: int, kind: str, every: Mapping[int, Statement]
    ) -> None:
        self._session, self._school_id, self._kind, self._every = session, school_id, kind, every
        self._of_kind = and_(TownRow.school_id == school_id, TownRow.kind == kind)
        self._known: dict[str, _Kept] = {}
        self._later = sorted((s for s in every.values() if kind in s.kinds), reverse=True)

    def load(self, offers: Sequence[Offer]) -> None:
        """Read what we have of the rows these files name, and of those they might leave out."""
        asked = {one.file_id for one in offers}
        if not any(one.file_id not in asked for one in self._later):
            return  # no file before these has spoken of the table
        keys = (TownRow.id, TownRow.file_id, TownRow.rev, TownRow.is_void, TownRow.body)
        columns = select(TownRow.uid, *keys).where(self._of_kind)
        first = min((s.first for s in self._stated(offers) if s.first), default=None)
        stands = and_(
            TownRow.is_void.is_(False), or_(TownRow.ends_on.is_(None), TownRow.ends_on >= first)
        )
        found = list(self._session.execute(columns.where(stands))) if first else []
        self._know(found)
        uids = {row["uid"] for one in offers for row in one.tables[self._kind]}
        for lot in in_lots(sorted(uids - self._known.keys())):
            self._know(self._session.execute(columns.where(TownRow.uid.in_(lot))))

    def _stated(self, offers: Iterable[Offer]) -> Iterator[Statement]:
        return (self._every[one.file_id] for one in offers)

    def _know(self, rows: Iterable[Any]) -> None:
        for uid, id, file_id, *says in rows:
            stated = self._every.get(file_id)
            if not uid.startswith(WHOLE):
                self._known[uid] = _Kept(id, file_id, stated.rank if stated else 0, *says)

    def take(self, offer: Offer) -> Merged:
        """Have every row stand as this file says, unless a newer file has spoken of it."""
        stated, rows = self._every[offer.file_id], offer.tables[self._kind]
        later = [one for one in self._later if one.rank > stated.rank]
        new = newer = older = same = back = 0
        for said in rows:
            kept = self._known.get(said["uid"])
            if kept is not None and kept.rank > stated.rank:
                older += 1
                continue
            made = row_of(self._school_id, self._kind, said, later)
            says = (made["rev"], made["is_void"], made["body"])
            if kept is None:
                new += 1
                kept = self._known[said["uid"]] = _Kept(None, 0, 0, *says)
                kept.written, kept.said = made, said
            elif kept.says() == says:
                same += 1
            else:
                newer += 1
                back += made["rev"] < kept.rev
                kept.rev, kept.is_void, kept.body = says
                kept.written = made
            kept.rank, kept.file_id, kept.is_touched = stated.rank, offer.file_id, True
        gone = self._leave_out({said["uid"] for said in rows}, stated)
        return Merged(new, newer, older, same, gone, back)

    def _leave_out(self, named: Collection[str], stated: Statement) -> int:
        """Drop those rows that this file does not name though they lie in its days."""
        gone = 0
        for uid, kept in self._known.items():
            if kept.is_void or kept.rank >= stated.rank or uid in named:
                continue
            if stated.tells(self._kind, json.loads(kept.body)):
                gone += 1
                kept.drop()
        return gone

    def write(self, spoken: Spoken | None) -> None:
        """Write every row that stands otherwise than before, each once; see ``merge``."""
        fresh: list[dict[str, Any]] = []
        changed, again, gone = list(fresh), list(fresh), list(fresh)
        for kept in self._known.values():
            if not kept.is_touched:
                continue
            row = kept.written
            if row is not None and kept.id is None:
                row["file_id"] = kept.file_id
                fresh.append(row)
            elif row is not None:
                changing = {f"b_{key}": row[key] for key in _CHANGING}
                changed.append({"b_id": kept.id, "b_file_id": kept.file_id, **changing})
            else:
                lot = gone if kept.is_void else again
                lot.append({"b_id": kept.id, "b_file_id": kept.file_id})
        self._add(fresh, spoken)
        for statement, lot in ((_CHANGED, changed), (_AGAIN, again), (_GONE, gone)):
            write_in_bulk(self._session, statement, lot)

    def _add(self, fresh: Sequence[dict[str, Any]], spoken: Spoken | None) -> None:
        """Write these new rows; their words are at hand, so the caller may index them at once."""
        if spoken is not None and self._kind == HAZARDS and fresh:
            last = self._session.scalar(select(func.max(TownRow.id))) or 0
            for id, row in enumerate(fresh, start=last + 1):
                row |= {"id": id, "is_indexed": True}
                if not row["is_void"]:
                    spoken[id] = self._known[row["uid"]].said
        write_in_bulk(self._session, _NEW, fresh)


def _table() -> Table:
    made = TownRow.__table__
    assert isinstance(made, Table)
    return made


_TABLE = _table()
_DROPPED = {"is_void": True, "is_open": False, "is_indexed": False}
_FIXED = ("id", "school_id", "kind", "uid", "file_id")
_CHANGING = tuple(c.key for c in _TABLE.c if c.key not in _FIXED)
_NEW = insert(_TABLE)
_AGAIN = (
    update(_TABLE).where(_TABLE.c.id == bindparam("b_id")).values(file_id=bindparam("b_file_id"))
)
_CHANGED = _AGAIN.values({key: bindparam(f"b_{key}") for key in _CHANGING})
_GONE = _AGAIN.values(_DROPPED)
