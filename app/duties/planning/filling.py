"""Filling a table: locks first, then what was announced, then the rest, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from app.duties.planning.frame import Seat
from app.duties.planning.grid import Grid
from app.duties.planning.load import Load
from app.duties.planning.table import Table

_DEEPEST = 3


class Filling:
    """One table and its load, changed together."""

    def __init__(self, grid: Grid, load: Load, seed: int) -> None:
        self.grid, self.load = grid, load
        self.table = Table(grid)
        chance = Random(seed)
        self.turn = list(range(len(grid.people)))
        chance.shuffle(self.turn)

    def put(self, cell: int, person: int) -> None:
        """Let somebody stand in a cell."""
        self.load.put(cell, person, self.table.members[cell])
        self.table.put(cell, person)

    def take(self, cell: int, person: int) -> None:
        """Let somebody stand there no longer."""
        self.table.take(cell, person)
        self.load.put(cell, person, self.table.members[cell], by=-1)

    def stand_around(self, around: Iterable[Seat]) -> None:
        """Put those who stood before the span and after it: they stand in the way only."""
        for cell, person in self._numbers(around):
            if cell >= self.grid.many and person not in self.table.members[cell]:
                self.table.put(cell, person)

    def lock(self, seats: Iterable[Seat]) -> None:
        """Put the locked seats, whatever rule they break."""
        for seat in self._numbers(seats):
            if seat[0] < self.grid.many and seat not in self.table.locked:
                self.table.locked.add(seat)
                self.put(*seat)

    def set_down(self, seats: Iterable[Seat]) -> None:
        """Put a roster as it is, whoever made it; a person sits in a cell once."""
        seats = tuple(seats)
        self.lock(seat for seat in seats if seat.locked)
        for cell, person in self._numbers(seats):
            if cell < self.grid.many and person not in self.table.members[cell]:
                self.put(cell, person)

    def keep(self, seats: Iterable[Seat]) -> None:
        """Keep what was announced, as far as it breaks no rule now."""
        for cell, person in self._numbers(sorted(seats)):
            if cell >= self.grid.many or person not in self.grid.fit[cell]:
                continue
            if self.table.empty(cell) > 0 and self.table.can(cell, person):
                self.put(cell, person)

    def _numbers(self, seats: Iterable[Seat]) -> Iterator[tuple[int, int]]:
        """Yield cell and person of those seats whose cell and person there are."""
        for seat in seats:
            cell, person = self.grid.cell(seat.cell), self.grid.number.get(seat.person_uid)
            if cell is not None and person is not None:
                yield cell, person

    def fill(self) -> None:
        """Fill every cell as far as people go, the ones with the fewest to choose from first."""
        grid = self.grid
        self.load.begin_day_by_day()
        spare = [len(fit) - grid.heads(c) for c, fit in enumerate(grid.fit)]
        for cell in sorted(range(grid.many), key=lambda c: (grid.on[c], spare[c])):
            while self.table.empty(cell) > 0 and self._fill_one(cell):
                pass
            self.load.lend(cell, self.table.members[cell])
        self.load.end_day_by_day()
        for cell in self.gaps():
            while self.table.empty(cell) > 0 and self._push(cell, _DEEPEST, {cell}):
                pass

    def gaps(self) -> list[int]:
        """Return the cells where somebody is missing."""
        return [c for c in range(self.grid.many) if self.table.empty(c) > 0]

    def _fill_one(self, cell: int) -> bool:
        best = self.best(cell)
        if best is None:
            return False
        self.put(cell, best)
        return True

    def best(self, cell: int) -> int | None:
        """Return who should stand in a cell next, None where nobody may."""
        taken, load, members = self.table.taken[cell], self.load, self.table.members[cell]
        able = [q for q in self.grid.fit[cell] if not taken[q]]
        if self.grid.mixes(cell):
            able = self._wanted(cell, able)
        turn, best, least = self.turn, None, float("inf")
        costs = load.fair_costs(cell, able)
        for fair, _turn, person in sorted(
            zip(costs, map(turn.__getitem__, able), able, strict=True)
        ):
            if fair >= least:
                break
            cost = fair + load.soft_cost(cell, person, members)
            if cost < least:
                best, least = person, cost
        return best

    def _wanted(self, cell: int, able: list[int]) -> list[int]:
        """Return those of the able whom the mix of a cell asks for most."""
        members, table = self.table.members[cell], self.table
        open_mixes = [
            mix for mix in self.grid.mixes(cell) if sum(mix.meets[q] for q in members) < mix.least
        ]
        lacking = sum(mix.least - sum(mix.meets[q] for q in members) for mix in open_mixes)
        able = [q for q in able if table.mixes_well(cell, q)]
        if lacking < table.empty(cell) or not able:
            return able
        met = {q: sum(mix.meets[q] for mix in open_mixes) for q in able}
        most = max(met.values())
        return [q for q in able if met[q] == most]

    def _push(self, cell: int, depth: int, seen: set[int]) -> bool:
        """Fill a place by moving others along: who is needed here is replaced where he stands."""
        if self._fill_one(cell):
            return True
        if depth == 0:
            return False
        for person in self._kept_elsewhere(cell):
            where = self._only_hindrance(cell, person)
            if where is None or where in seen:
                continue
            self.take(where, person)
            if self.table.can(cell, person):
                self.put(cell, person)
                if self._push(where, depth - 1, seen | {where}):
                    return True
                self.take(cell, person)
            self.put(where, person)
        return False

    def _kept_elsewhere(self, cell: int) -> list[int]:
        taken, turn = self.table.taken[cell], self.turn
        return sorted(
            (q for q in self.grid.fit[cell] if taken[q] and self.table.mixes_well(cell, q)),
            key=lambda q: (taken[q], turn[q]),
        )

    def _only_hindrance(self, cell: int, person: int) -> int | None:
        """Return the one cell that keeps a person out, if it can be given to another."""
        grid, table = self.grid, self.table
        if table.taken[cell][person] != 1:
            return None
        near = grid.near[cell] + grid.near_rest[cell]
        for where in near:
            if where < grid.many and where in table.held[person] and where != cell:
                return None if (where, person) in table.locked else where
        return None
