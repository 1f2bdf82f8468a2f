"""The last step towards fairness: who did most in a pool and who did least exchange shifts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from app.duties.planning.filling import Filling
from app.duties.planning.shares import KEYS, Shares

_TARGETS = (3.0, 3.0, 3.0, 3.0, 2.0)  # shifts of each burden, points: what a spread may be
_GOOD = 0.5  # of the target: closer than that nobody minds
_PARTNERS = 3
_MOST_STEPS = 60
_TRIED = 40
_POINTS_AT = len(KEYS) - 1
_Kind = tuple[int, float]


class Exchange:
    """Looks at one pool at a time; what it moves stays inside the pool."""

    def __init__(self, filling: Filling, shares: Shares) -> None:
        self.filling, self.shares = filling, shares
        self.grid, self.table, self.load = filling.grid, filling.table, filling.load
        self._rate = [0.0] * len(KEYS)

    def run(self) -> None:
        """Level every pool as far as exchanges between two of its people go."""
        for _posts, who in self.shares.pools:
            if len(who) > 1:
                self._level(who)

    def _level(self, who: list[int]) -> None:
        part, load = self.shares.part, self.load.sum
        for key in range(len(KEYS)):
            parts = sum(part[key][q] for q in who)
            self._rate[key] = sum(load[key][q] for q in who) / parts if parts else 0.0
        for _ in range(_MOST_STEPS):
            if not any(self._even_out(key, who) for key in self._worst_keys(who)):
                return

    def _over(self, key: int, person: int) -> float:
        return self.load.sum[key][person] - self.shares.part[key][person] * self._rate[key]

    def _worst_keys(self, who: list[int]) -> list[int]:
        """Return what is spread too far, the worst first."""
        found = []
        for key, target in enumerate(_TARGETS):
            over = [self._over(key, q) for q in who if self.shares.part[key][q] > 0]
            far = (max(over) - min(over)) / target if over else 0.0
            if far > _GOOD:
                found.append((-far, key))
        return [key for _far, key in sorted(found)]

    def _even_out(self, key: int, who: list[int]) -> bool:
        """Let one of those who have most exchange with one of those who have least."""
        order = sorted(
            (q for q in who if self.shares.part[key][q] > 0), key=lambda q: (self._over(key, q), q)
        )
        pairs = product(range(min(_PARTNERS, len(order))), repeat=2)
        for high, low in sorted(pairs, key=sum):
            more, less = order[-1 - high], order[low]
            further = self._over(key, more) > self._over(key, less)
            if more != less and further and self._exchange(more, less):
                return True
        return False

    def _exchange(self, more: int, less: int) -> bool:
        gives, takes = self._kinds(more), self._kinds(less)
        now = self._bad(more, {}) + self._bad(less, {})
        ways = []
        for one in gives:
            for other in (None, *takes):
                if one != other:
                    step = _step(one, other)
                    back = {key: -by for key, by in step.items()}
                    bad = self._bad(more, back) + self._bad(less, step)
                    if bad < now - 1e-9:
                        ways.append((bad, one, other or (-1, 0.0)))
        for _bad, one, other in sorted(ways):
            if self._swap_one(more, gives[one], less, takes.get(other)):
                return True
        return False

    def _bad(self, person: int, step: dict[int, float]) -> float:
        """Return how far from fair a person would be; being far in one thing counts most."""
        return sum(
            ((self._over(key, person) + step.get(key, 0.0)) / target) ** 4
            for key, target in enumerate(_TARGETS)
        )

    def _kinds(self, person: int) -> dict[_Kind, list[int]]:
        """Return the cells a person could give away, by burden and points."""
        found: dict[_Kind, list[int]] = {}
        for cell in sorted(self.table.held[person]):
            if cell < self.grid.many and (cell, person) not in self.table.locked:
                kind = (self.grid.burden[cell], self.grid.points[cell])
                found.setdefault(kind, []).append(cell)
        return found

    def _swap_one(self, more: int, given: list[int], less: int, taken: list[int] | None) -> bool:
        for mine, its in self._pairs(more, given, less, taken):
            if self._try(more, mine, less, its):
                return True
        return False

    def _pairs(
        self, more: int, given: list[int], less: int, taken: list[int] | None
    ) -> Iterator[tuple[int, int | None]]:
        """Yield what could be exchanged, those first where the day of the other is free."""
        fit, load = self.grid.fit, self.load
        mine = [cell for cell in given if less in fit[cell]]
        mine.sort(key=lambda cell: load.soft_cost(cell, less, []))
        if taken is None:
            yield from ((cell, None) for cell in mine[:_TRIED])
            return
        its = [cell for cell in taken if more in fit[cell]]
        its.sort(key=lambda cell: load.soft_cost(cell, more, []))
        tries = product(range(min(len(mine), _TRIED)), range(min(len(its), _TRIED)))
        for one, other in sorted(tries, key=sum)[:_TRIED]:
            yield mine[one], its[other]

    def _try(self, more: int, mine: int, less: int, its: int | None) -> bool:
        filling = self.filling
        filling.take(mine, more)
        if its is not None:
            filling.take(its, less)
        if self.table.can(mine, less):
            filling.put(mine, less)
            if its is None:
                return True
            if self.table.can(its, more):
                filling.put(its, more)
                return True
            filling.take(mine, less)
        filling.put(mine, more)
        if its is not None:
            filling.put(its, less)
        return False


def _step(one: _Kind, other: _Kind | None) -> dict[int, float]:
    """Return what the taker of ``one``, who gives ``other`` for it, has more of."""
    step = {_POINTS_AT: one[1]}
    step[one[0]] = step.get(one[0], 0.0) + 1
    if other is not None:
        step[_POINTS_AT] -= other[1]
        step[other[0]] = step.get(other[0], 0.0) - 1
    return step
