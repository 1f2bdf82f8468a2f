"""Tables stated as a whole: the newest file's stands; of those told by month, month by month."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from app.core.store import in_lots, write_in_bulk
from app.handover.town.records import TownRow
from app.handover.town.rules import month_of
from app.handover.town.stated import WHOLE, Merged, Offer, Statement, row_of

BY_MONTH = frozenset({"months", "ledger_months"})


def restate(
    session: Session, school_id: int, kind: str, offer: Offer, every: Mapping[int, Statement]
) -> Merged:
    """Put a whole statement in the place of the older one; an older one changes nothing.

    A table told by month speaks of the months of its file's days alone.
    """
    rows, stated = offer.tables[kind], every[offer.file_id]
    later = [one for one in every.values() if one.rank > stated.rank and kind in one.kinds]
    if kind in BY_MONTH:
        return _restate_months(session, school_id, kind, offer, (stated, later))
    if later:
        return Merged(older=len(rows))
    of_kind = (
        TownRow.school_id == school_id, TownRow.kind == kind, TownRow.uid.startswith(WHOLE),
    )  # fmt: skip
    had = session.scalars(select(TownRow.body).where(*of_kind).order_by(TownRow.uid)).all()
    made = [_whole(school_id, kind, f"{number:06}", one) for number, one in enumerate(rows)]
    if had == [row["body"] for row in made]:
        return Merged(same=len(made))
    if had:
        write_in_bulk(session, delete(_table()).where(*of_kind))
    write_in_bulk(session, insert(TownRow), made)
    return Merged(max(0, len(made) - len(had)), min(len(had), len(made)))


def _restate_months(
    session: Session,
    school_id: int,
    kind: str,
    offer: Offer,
    ranked: tuple[Statement, list[Statement]],
) -> Merged:
    """Put the months of a file in the place of what older ones said of them."""
    stated, later = ranked
    mine = select(TownRow.id, TownRow.body).where(
        TownRow.school_id == school_id, TownRow.kind == kind, TownRow.uid.startswith(WHOLE)
    )

    def speaks(row: Mapping[str, Any]) -> bool:
        month = month_of(row.get("month"))
        return stated.touches(month) and not any(one.touches(month) for one in later)

    told = [one for one in offer.tables[kind] if speaks(one)]
    made = [
        _whole(school_id, kind, f"{one['month']}:{number:06}", one)
        for number, one in enumerate(told)
    ]
    had = [(id, body) for id, body in session.execute(mine) if speaks(json.loads(body))]
    older = sum(any(one.touches(month_of(row.get("month"))) for one in later)
                for row in offer.tables[kind])  # fmt: skip
    if sorted(body for _, body in had) == sorted(row["body"] for row in made):
        return Merged(same=len(made), older=older)
    for lot in in_lots([id for id, _ in had]):
        write_in_bulk(session, delete(_table()).where(TownRow.id.in_(lot)))
    write_in_bulk(session, insert(TownRow), made)
    return Merged(max(0, len(made) - len(had)), min(len(had), len(made)), older)


def _whole(school_id: int, kind: str, place: str, said: Mapping[str, Any]) -> dict[str, Any]:
    row = row_of(school_id, kind, {"uid": f"{WHOLE}{place}", "rev": 1, **said})
    return row | {"file_id": 0}


def _table() -> Table:
    made = TownRow.__table__
    assert isinstance(made, Table)
    return made
