"""How each page behind the tab 演练日历 is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.ui.subpages import Subpage, Subpages

if TYPE_CHECKING:
    from app.shell import Shell

ROOMS: tuple[str, ...] = ()  # the further rooms behind the tab


def drills(shell: Shell) -> Subpages:
    """Return the drills, and beside them what belongs to them."""
    return Subpages([Subpage("演练台账", "drills", lambda: ledger(shell))])


def ledger(shell: Shell) -> Any:
    """Return the list of all drills."""
    from app.drills.page import DrillLedgerPage

    house = shell.house
    return DrillLedgerPage(
        house.drills, form=house.forms["drill"], people=house.staff.names, memory=house.store
    )
