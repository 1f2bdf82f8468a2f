"""Filling a table: locks first, then what was announced, then the rest, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from app.duties.planning.frame import Seat
from app.duties.planning.grid import Grid
from app.duties.planning.load import Load
from app.duties.planning.table import Table

_MOST_SEEN, _MOST_LEFT = 120, 2
_HOW_FAR = (1, 2, 4, _MOST_SEEN)


class Filling:
    """One table and its load, changed together."""

    def __init__(self, grid: Grid, load: Load, seed: int) -> None:
        self.grid, self.load = grid, load
        self.table = Table(grid)
        self._trail: list[tuple[int, int, bool]] = []
        chance = Random(seed)
        self.turn = list(range(len(grid.people)))
        chance.shuffle(self.turn)

    def put(self, cell: int, person: int) -> None:
        """Let somebody stand in a cell."""
        self.load.put(cell, person, self.table.members[cell])
        self.table.put(cell, person)
        self._trail.append((cell, person, True))

    def take(self, cell: int, person: int) -> None:
        """Let somebody stand there no longer."""
        self.table.take(cell, person)
        self.load.put(cell, person, self.table.members[cell], by=-1)
        self._trail.append((cell, person, False))

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
        """Fill every cell as far as people go, day by day, the scarcest of a day first."""
        self.load.begin_day_by_day()
        for cell in sorted(range(self.grid.many), key=lambda c: (self.grid.on[c], self._spare(c))):
            self._fill_cell(cell)
            self.load.lend(cell, self.table.members[cell])
        self.load.end_day_by_day()
        self.close_gaps()

    def fill_scarcest_first(self) -> None:
        """Fill every cell, the scarcest of the whole span first: fuller where people are few."""
        for cell in sorted(range(self.grid.many), key=lambda c: (self._spare(c), self.turn_of(c))):
            self._fill_cell(cell)
        self.close_gaps()

    def turn_of(self, cell: int) -> int:
        """Return a place in a row that the seed has shuffled."""
        return self.turn[cell % len(self.turn)] if self.turn else 0

    def _spare(self, cell: int) -> int:
        return len(self.grid.fit[cell]) - self.grid.heads(cell)

    def _fill_cell(self, cell: int) -> None:
        while self.table.empty(cell) > 0 and self._fill_one(cell):
            pass

    def close_gaps(self) -> None:
        """Fill what is open by moving others along, as few of them as can be."""
        for far in _HOW_FAR:
            for cell in self.gaps():
                while self.table.empty(cell) > 0 and self._push(cell, far, {cell}):
                    pass

    def missing(self) -> int:
        """Return how many people are missing in all."""
        return sum(self.table.empty(c) for c in self.gaps())

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

    def _push(self, cell: int, far: int, seen: set[int]) -> bool:
        """Fill a place by moving others along: who is needed here is replaced where he stands.

        No cell is looked at twice for one place, and the search ends after so many cells.
        """
        if self._fill_one(cell):
            return True
        for person in self._kept_elsewhere(cell) if far else ():
            leaves = self._hindrances(cell, person)
            if not leaves or not seen.isdisjoint(leaves) or len(seen) > _MOST_SEEN:
                continue
            seen.update(leaves)
            before = len(self._trail)
            for where in leaves:
                self.take(where, person)
            if self.table.can(cell, person):
                self.put(cell, person)
                if all(self._push(where, far - 1, seen) for where in leaves):
                    return True
            self._go_back(before)
        return False

    def _go_back(self, before: int) -> None:
        """Take back every step since then, the last one first."""
        for cell, person, came in reversed(self._trail[before:]):
            if came:
                self.take(cell, person)
            else:
                self.put(cell, person)
        del self._trail[before:]

    def _kept_elsewhere(self, cell: int) -> list[int]:
        taken, turn = self.table.taken[cell], self.turn
        return sorted(
            (q for q in self.grid.fit[cell] if taken[q] and self.table.mixes_well(cell, q)),
            key=lambda q: (taken[q], turn[q]),
        )

    def _hindrances(self, cell: int, person: int) -> list[int]:
        """Return the cells that keep a person out, empty if one of them cannot be given away."""
        grid, table = self.grid, self.table
        held = table.held[person]
        near = {where for where in grid.near[cell] + grid.near_rest[cell] if where in held}
        fixed = any(where >= grid.many or (where, person) in table.locked for where in near)
        return [] if fixed or cell in near or len(near) > _MOST_LEFT else sorted(near)
