"""What the drills show to whoever counts: held, arranged, missed, the plans they rehearsed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.evidence import Done
from app.core.store import Store
from app.drills import rules
from app.drills.records import Drill

OF_PUPILS = Drill.scope.not_in((rules.KINDERGARTEN, rules.STAFF))
OF_KINDERGARTEN = Drill.scope.in_((rules.KINDERGARTEN, rules.SCHOOL))


def shown(
    store: Store,
    day: InstrumentedAttribute[Any],
    first: date,
    last: date,
    counts: ColumnElement[bool],
) -> list[Done]:
    """Return what counts of the drills whose ``day`` lies there; one at a table does not."""
    wanted = select(day, Drill.kind, Drill.uid, Drill.title, Drill.scope)
    wanted = wanted.where(day.between(first, last), counts, Drill.manner != rules.MANNERS[1])
    wanted = wanted.where(Drill.void_reason.is_(None))
    if day is Drill.planned_on:
        wanted = wanted.where(Drill.done_on.is_(None))
    with store.read() as session:
        rows = session.execute(wanted.order_by(day)).all()
    return [Done(on, kind, uid, f"{title}（{scope}）") for on, kind, uid, title, scope in rows]


def missed(store: Store, today: date) -> list[Drill]:
    """Return the drills not held on their day; the monthly ones of this month alone.

    For a month that is over its rule asks, in one line for all that is missing.
    """
    wanted = select(Drill).where(Drill.done_on.is_(None), Drill.planned_on < today)
    with store.read() as session:
        found = session.scalars(wanted.order_by(Drill.planned_on)).all()
    month = today.replace(day=1)
    apart = (rules.Kind.NIGHT, rules.Kind.BUS)
    return [drill for drill in found if drill.planned_on >= month or drill.kind in apart]


def rehearsed(store: Store) -> Sequence[str]:
    """Return the uid of the plan each drill that was held rehearsed, where it had one."""
    held = (Drill.done_on.is_not(None), Drill.void_reason.is_(None))
    wanted = select(Drill.plan_uid).where(*held, Drill.plan_uid.is_not(None))
    with store.read() as session:
        return [uid for uid in session.scalars(wanted) if uid]
