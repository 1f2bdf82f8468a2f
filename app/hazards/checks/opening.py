"""The whole round of the school around the opening of a term (开学前后全面排查)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, select

from app.core.store import Store
from app.hazards.checks.records import Check
from app.hazards.checks.rules import Kind

# The weeks around the opening of the two terms, month and day: defaults of ours, since the notices
# that ask for the round (春季新学期开学前后大排查) name no days.
_TERMS = (("春季", (2, 10), (3, 15)), ("秋季", (8, 20), (9, 20)))


class Opening(NamedTuple):
    """The weeks around the opening of a term; both days belong to them."""

    name: str
    first: date
    last: date


def opening_at(today: date) -> Opening | None:
    """Return the weeks around the opening of a term that hold this day, None in between.

    >>> opening_at(date(2026, 2, 10)).name
    '春季'
    """
    for name, first, last in _TERMS:
        found = Opening(name, date(today.year, *first), date(today.year, *last))
        if found.first <= today <= found.last:
            return found
    return None


def opening_round(store: Store, today: date) -> Opening | None:
    """Return the weeks whose round is still to be walked: no 学期 check was entered in them."""
    opening = opening_at(today)
    if opening is None:
        return None
    walked = select(
        exists().where(
            Check.kind == Kind.TERM,
            Check.checked_on >= opening.first,
            Check.checked_on <= opening.last,
            Check.void_reason.is_(None),
        )
    )
    with store.read() as session:
        return None if session.scalar(walked) else opening
