"""Checks as the town is given them: what was walked and how much was found, nobody's name."""

from __future__ import annotations

from sqlalchemy import func, select

from app.core.store import WITH_VOID, Store
from app.core.town import days_of, told
from app.core.views import Filter, Row
from app.hazards.checks.records import Check, CheckFault, Recheck
from app.hazards.checks.rules import Mark


def town_rows(store: Store, where: Filter) -> list[Row]:
    """Return the checks of these days, the first one first."""
    first, last = days_of(where)
    wanted = select(Check).where(Check.checked_on >= first, Check.checked_on <= last)
    wanted = wanted.order_by(Check.checked_on, Check.id).execution_options(**WITH_VOID)
    became = select(CheckFault.check_id, func.count()).group_by(CheckFault.check_id)
    walked = select(Recheck).order_by(Recheck.id).execution_options(**WITH_VOID)
    with store.read() as session:
        hazards = {check: number for check, number in session.execute(became)}
        again: dict[int, list[Recheck]] = {}
        for one in session.scalars(walked):
            again.setdefault(one.check_id, []).append(one)
        return [
            _row(check, hazards.get(check.id, 0), again.get(check.id, []))
            for check in session.scalars(wanted)
        ]


def _row(check: Check, hazards: int, walks: list[Recheck]) -> Row:
    fine = {
        said["key"]
        for walk in walks
        if walk.void_reason is None
        for said in walk.results
        if said["mark"] == Mark.FINE
    }

    def facts(check: Check) -> Row:
        keys = ("number", "checked_on", "kind", "points", "faults")
        return {key: getattr(check, key) for key in keys} | {
            "checklist": check.title,
            "hazards": hazards,
            "rechecked": len(fine),
        }

    return told(check, facts, more=sum(walk.rev for walk in walks))
