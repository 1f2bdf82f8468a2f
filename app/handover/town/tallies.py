"""Counts kept beside the rows, so that a county's pictures are drawn at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, delete, extract, func, insert, literal, select
from sqlalchemy.orm import Session

from app.core.store import in_lots, write_in_bulk
from app.handover.town.records import TownRow, TownTally

_SORTS: dict[str, Any] = {
    "month": extract("month", TownRow.day),
    "grade": func.coalesce(TownRow.grade, ""),
    "state": func.coalesce(TownRow.state, ""),
    "category": func.coalesce(TownRow.category, ""),
    "area": func.coalesce(TownRow.area, ""),
}
_COLUMNS = ["school_id", "kind", "year", "sort", "value", "total", "still_open"]


def count_again(session: Session, school_ids: Sequence[int]) -> None:
    """Count the rows of these schools anew, inside a change."""
    for lot in in_lots(list(school_ids)):
        gone = delete(TownTally.__table__).where(TownTally.school_id.in_(lot))  # type: ignore[arg-type]
        write_in_bulk(session, gone)
        for sort, value in _SORTS.items():
            counted = _counted(sort, value).where(TownRow.school_id.in_(lot))
            write_in_bulk(session, insert(TownTally).from_select(_COLUMNS, counted))


def _counted(sort: str, value: Any) -> Any:
    year = extract("year", TownRow.day)
    return (
        select(
            TownRow.school_id,
            TownRow.kind,
            year,
            literal(sort),
            value,
            func.count(),
            func.sum(case((TownRow.is_open, 1), else_=0)),
        )
        .where(TownRow.is_void.is_(False), TownRow.day.is_not(None))
        .group_by(TownRow.school_id, TownRow.kind, year, value)
    )
