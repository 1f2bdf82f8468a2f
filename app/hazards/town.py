"""Hazards as the town is given them: nobody who found, owns or signed one is named."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.core.store import WITH_VOID, Store
from app.core.town import days_of, told
from app.core.views import Filter, Row
from app.hazards.records import Hazard
from app.hazards.standing import progress
from app.hazards.words import Step


def town_rows(store: Store, where: Filter) -> list[Row]:
    """Return the hazards that stood open on one of these days, by the day they were found.

    One of an old ledger may be closed (销账) without a day. ``photos`` are hashes of the pictures
    as they were first taken.
    """
    first, last = days_of(where)
    still = or_(
        Hazard.step.is_not(None),
        Hazard.closed_on >= first,
        Hazard.fixed_on >= first,
        Hazard.found_on >= first,
    )
    wanted = select(Hazard).where(Hazard.found_on <= last, still)
    wanted = wanted.order_by(Hazard.found_on, Hazard.number).execution_options(**WITH_VOID)
    with store.read() as session:
        return [told(hazard, _facts) for hazard in session.scalars(wanted)]


def _facts(hazard: Hazard) -> Row:
    keys = (
        "number", "found_on", "category", "area", "place", "what", "grade", "measures", "due_on",
        "look_on", "fixed_on", "closed_on", "round", "is_old", "photos",
    )  # fmt: skip
    step = Step(hazard.step) if hazard.step else None
    stands = progress(step, hazard.plan, is_old=hazard.is_old, aside=hazard.aside)
    return {key: getattr(hazard, key) for key in keys} | {"status": str(stands)}
