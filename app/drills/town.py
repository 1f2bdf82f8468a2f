"""Drills as the town is given them: the plan, the figures of the day, how many gaps it showed."""

from __future__ import annotations

from functools import partial

from sqlalchemy import func, or_, select

from app.core.store import WITH_VOID, Store
from app.core.town import days_of, told
from app.core.views import Filter, Row
from app.drills.doing.records import DrillGap
from app.drills.records import Drill
from app.drills.rules import State


def town_rows(store: Store, where: Filter) -> list[Row]:
    """Return the drills planned for or held on these days."""
    first, last = days_of(where)
    wanted = select(Drill).where(
        or_(
            Drill.planned_on.between(first, last),
            Drill.done_on.between(first, last),
        )
    )
    wanted = wanted.order_by(Drill.planned_on, Drill.number).execution_options(**WITH_VOID)
    shown = (
        select(DrillGap.drill_uid, func.count().filter(DrillGap.void_reason.is_(None)))
        .add_columns(func.sum(DrillGap.rev))
        .group_by(DrillGap.drill_uid)
        .execution_options(**WITH_VOID)
    )
    with store.read() as session:
        gaps = {uid: (number, revs) for uid, number, revs in session.execute(shown)}
        rows = []
        for drill in session.scalars(wanted):
            number, revs = gaps.get(drill.uid, (0, 0))
            counted = {"gaps": number if drill.done_on else None}
            rows.append(told(drill, partial(_facts, counted), more=revs))
        return rows


def _facts(counted: Row, drill: Drill) -> Row:
    keys = (
        "number", "title", "kind", "scope", "planned_on", "pupils_due", "pupils_there",
        "staff_due", "staff_there", "seconds", "target_seconds",
    )  # fmt: skip
    state = (
        State.DONE if drill.done_on else State.PLANNED
    )  # who reads it knows what is late by then
    facts = {key: getattr(drill, key) for key in keys}
    return facts | counted | {"held_on": drill.done_on, "status": str(state)}
