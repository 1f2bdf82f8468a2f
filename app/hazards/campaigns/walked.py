"""The checks that were walked for a campaign, counted; and which of its hazards they found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.core.store import Store
from app.hazards.checks.records import Check, CheckFault
from app.hazards.records import Hazard


@dataclass(frozen=True)
class Walked:
    """How often was checked, how many points were looked at, how many were not in order.

    ``found`` are the uids of the hazards these became, as far as the ledger still has them.
    """

    checks: int = 0
    points: int = 0
    faults: int = 0
    found: Collection[str] = ()


def walked(store: Store) -> dict[str, Walked]:
    """Return what was walked for each campaign, by its uid; checks that are 作废 do not count."""
    checks = select(Check).where(Check.campaign_uid.is_not(None))
    became = (
        select(Check.campaign_uid, Hazard.uid)
        .join(CheckFault, CheckFault.check_id == Check.id)
        .join(Hazard, Hazard.id == CheckFault.hazard_id)
        .where(Check.campaign_uid.is_not(None))
    )
    counted: dict[str, list[Check]] = {}
    found: dict[str, set[str]] = {}
    with store.read() as session:
        for check in session.scalars(checks):
            counted.setdefault(str(check.campaign_uid), []).append(check)
        for campaign, hazard in session.execute(became):
            found.setdefault(str(campaign), set()).add(hazard)
    return {
        uid: Walked(
            len(mine),
            sum(check.points for check in mine),
            sum(check.faults for check in mine),
            frozenset(found.get(uid, ())),
        )
        for uid, mine in counted.items()
    }
