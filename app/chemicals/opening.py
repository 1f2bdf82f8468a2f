"""The books of the chemicals, each opened with those it asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.chemicals.counts import CountRegister
from app.chemicals.moves import MoveRegister
from app.chemicals.register import ChemicalRegister
from app.core.store import Store
from app.people import StaffRegister


def open_chemicals(
    store: Store, staff: StaffRegister, *, now: Callable[[], datetime]
) -> tuple[ChemicalRegister, MoveRegister, CountRegister]:
    """Open what there is, how it moved, and how it was counted."""

    def own() -> list[str]:
        """Name who works at the school, each by a word that names nobody else."""
        here = {one.uid for one in staff.all()}
        return [word for word, uid in staff.told().items() if uid in here]

    chemicals = ChemicalRegister(store, now=now, staff=own)
    moves = MoveRegister(store, chemicals)
    return chemicals, moves, CountRegister(store, moves)
