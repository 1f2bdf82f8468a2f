"""From which day a book is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.store import Store

_A_WEEK = timedelta(days=7)  # a default: what a school that has not begun is reminded of


def asked_since(store: Store, column: InstrumentedAttribute[date], today: date) -> date:
    """Return the day of the first entry; of a book nobody has begun, a week ago.

    A school that begins to write in November is not asked for September.
    """
    kept = column.class_.void_reason.is_(None)
    with store.read() as session:
        first = session.scalar(select(func.min(column)).where(kept))
    return first or today - _A_WEEK
