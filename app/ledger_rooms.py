"""How the page of the plain ledgers is made, behind the tab 其他台账."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

from app import chemical_rooms
from app.privacy_rooms import list_giving
from app.ui.papers import Papers
from app.ui.subpages import Subpage

if TYPE_CHECKING:
    from app.shell import Shell


def subpage(shell: Shell) -> Subpage:
    """Return the page of all plain ledgers."""
    return Subpage("台账", "ledgers", lambda: ledgers(shell))


def ledgers(shell: Shell) -> Any:
    """Return all plain ledgers, the school's own among them."""
    from app.ledgers.page import LedgersPage

    house = shell.house
    return LedgersPage(
        house.ledgers,
        papers=Papers(ChainMap(house.ledgers.papers, house.papers), house.context),
        facts=house.rules.facts,
        memory=house.store,
        guard=shell.guard,
        shapes=house.shapes,
        beside=chemical_rooms.beside(shell),
        giving=list_giving(shell),
    )
