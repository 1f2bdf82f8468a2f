"""The table being filled: who stands where so far, and what that forbids."""

from __future__ import annotations

from collections.abc import Iterable

from app.duties.planning.grid import Grid


class Table:
    """Members of every cell; ``taken[cell][person]`` counts what keeps a person out of it."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.members: list[list[int]] = [[] for _ in grid.cells]
        self.locked: set[tuple[int, int]] = set()
        self.taken = [bytearray(len(grid.people)) for _ in grid.cells]
        self.held: list[set[int]] = [set() for _ in grid.people]

    def put(self, cell: int, person: int) -> None:
        """Let a person stand in a cell."""
        self.members[cell].append(person)
        self.held[person].add(cell)
        for near in self._kept_out_of(cell, person):
            self.taken[near][person] += 1

    def take(self, cell: int, person: int) -> None:
        """Let a person stand there no longer."""
        self.members[cell].remove(person)
        self.held[person].discard(cell)
        for near in self._kept_out_of(cell, person):
            self.taken[near][person] -= 1

    def _kept_out_of(self, cell: int, person: int) -> Iterable[int]:
        near = self.grid.near[cell]
        if self.grid.people[person].lives_nights:
            return near
        return near + self.grid.near_rest[cell]

    def empty(self, cell: int) -> int:
        """Return how many more should stand there."""
        return self.grid.heads(cell) - len(self.members[cell])

    def mixes_well(self, cell: int, person: int, instead_of: int = -1) -> bool:
        """Say whether a person may come in, or take another's place, as far as the mix goes."""
        mixes = self.grid.mixes(cell)
        if not mixes:
            return True
        members = self.members[cell]
        empty = self.empty(cell) - (0 if instead_of >= 0 else 1)
        for least, meets in mixes:
            if meets[person]:
                continue
            have = sum(meets[q] for q in members if q != instead_of)
            if least - have > max(empty, 0):
                return False
        return True

    def can(self, cell: int, person: int) -> bool:
        """Say whether somebody who is there and qualifies may come into a cell now."""
        return not self.taken[cell][person] and self.mixes_well(cell, person)
