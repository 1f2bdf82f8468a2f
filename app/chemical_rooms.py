"""How the pages of hazardous chemicals are made, behind the tab 其他台账."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.ui.papers import Papers
from app.ui.subpages import Subpage

if TYPE_CHECKING:
    from app.shell import Shell

TITLE = "危化品"
ROOMS = ("chemicals", "chemical_moves")


def subpages(shell: Shell) -> list[Subpage]:
    """Return what there is, and how it moved; hidden where the school says it has none."""
    house = shell.house
    has_some = "has_chemicals" in house.rules.facts() or house.chemicals.is_used()
    return [
        Subpage(TITLE, "chemicals", lambda: chemicals(shell), hidden=not has_some),
        Subpage(f"{TITLE}出入库", "chemical_moves", lambda: moves(shell), hidden=not has_some),
    ]


def beside(shell: Shell) -> dict[str, Callable[[], object]]:
    """Return what leads there from the search for a ledger."""
    return {TITLE: lambda: shell.go("chemicals")}


def chemicals(shell: Shell) -> Any:
    """Return the substances, cabinet by cabinet."""
    from app.chemicals.page import ChemicalPage

    house = shell.house
    return ChemicalPage(
        house.chemicals,
        house.chemical_moves,
        house.chemical_counts,
        papers=Papers(house.papers, house.context),
        go=lambda uid: shell.go("chemical_moves", uid),
        memory=house.store,
    )


def moves(shell: Shell) -> Any:
    """Return the movements, counts and comparisons."""
    from app.chemicals.moves_page import MovesPage

    house = shell.house
    return MovesPage(
        house.chemical_moves,
        house.chemical_counts,
        papers=Papers(house.papers, house.context),
        to_chemicals=lambda: shell.go("chemicals"),
        memory=house.store,
    )
