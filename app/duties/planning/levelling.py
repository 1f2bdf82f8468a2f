"""Levelling a full table: shifts go to others, one by one, as long as it gets fairer."""

from __future__ import annotations

from random import Random

from app.duties.planning.filling import Filling

_ROUNDS = 2
_WORTH_IT = 1e-6


class Levelling:
    """Moves seats that are not locked; a move never breaks a rule and never opens a gap."""

    def __init__(self, filling: Filling, seed: int) -> None:
        self.filling = filling
        self.grid, self.table, self.load = filling.grid, filling.table, filling.load
        self.chance = Random(seed)

    def level(self) -> None:
        """Give shifts to others until nobody can be relieved, or the rounds are over."""
        cells = list(range(self.grid.many))
        for _ in range(_ROUNDS):
            self.chance.shuffle(cells)
            if not sum(map(self._relieve, cells)):
                return

    def _relieve(self, cell: int) -> bool:
        moved = False
        for person in list(self.table.members[cell]):
            if (cell, person) not in self.table.locked:
                moved |= self._give(cell, person)
        return moved

    def _give(self, cell: int, person: int) -> bool:
        """Give one shift to whoever it lies best with; say whether it moved."""
        filling, load = self.filling, self.load
        filling.take(cell, person)
        members = self.table.members[cell]
        stays = load.cost(cell, person, members)
        best = filling.best(cell)
        if best is None or best == person:
            filling.put(cell, person)
            return False
        goes = load.cost(cell, best, members)
        better = goes < stays - _WORTH_IT
        filling.put(cell, best if better else person)
        return better
