"""The hazards and the led checks as statistics read them: one SELECT each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.core.store import Store
from app.hazards.charts.rules import (
    NO_AREA,
    NO_CATEGORY,
    NO_GRADE,
    NO_OWNER,
    NO_PLACE,
    NO_SOURCE,
    Fact,
)
from app.hazards.checks.records import Check
from app.hazards.records import Hazard

_SHOWN = (
    Hazard.uid,
    Hazard.found_on,
    Hazard.category,
    Hazard.area,
    Hazard.place,
    Hazard.source,
    Hazard.grade,
    Hazard.owner,
    Hazard.due_on,
    Hazard.fixed_on,
    Hazard.closed_on,
    Hazard.step,
    Hazard.look_on,
    Hazard.keeper,
    Hazard.sprung_from,
)


class Led(NamedTuple):
    """One check and who led it."""

    uid: str
    checked_on: date
    leader: str


def facts(store: Store) -> list[Fact]:
    """Return every hazard of the ledger."""
    with store.read() as session:
        rows = session.execute(select(*_SHOWN)).all()
    return [
        Fact(
            uid,
            found_on,
            category or NO_CATEGORY,
            area or NO_AREA,
            place or NO_PLACE,
            source or NO_SOURCE,
            grade or NO_GRADE,
            keeper or owner or NO_OWNER,
            look_on or due_on,
            fixed_on,
            closed_on,
            step,
            look_on is not None,
            sprung_from is not None,
        )
        for (
            uid, found_on, category, area, place, source, grade, owner, due_on, fixed_on,
            closed_on, step, look_on, keeper, sprung_from,
        ) in rows
    ]  # fmt: skip


def led(store: Store) -> Sequence[Led]:
    """Return every check with its leader."""
    with store.read() as session:
        rows = session.execute(select(Check.uid, Check.checked_on, Check.leader)).all()
    return [Led(uid, day, leader.strip()) for uid, day, leader in rows]
