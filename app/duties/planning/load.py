"""What everybody carries while a table is filled, and what one shift more would cost."""

from __future__ import annotations

from app.duties.planning.grid import BURDENS, Grid
from app.duties.planning.shares import LEAST, Shares, carried

POINTS_AT = len(BURDENS)
_MARGIN = 3
_SAME_DAY, _NEXT_DAY, _DAY_AFTER = 6.0, 2.0, 0.6
_WEEKDAY, _TOGETHER, _POST = 0.15, 0.5, 1.0


class Load:
    """Points and shifts of each person so far; carried loads count from the beginning."""

    def __init__(self, grid: Grid, shares: Shares) -> None:
        people = range(len(grid.people))
        self.grid = grid
        brought = [carried(grid, q) for q in people]
        self.sum = [[brought[q][key] for q in people] for key in range(POINTS_AT + 1)]
        self.part = [shares.least(key) for key in range(POINTS_AT + 1)]
        self._shares = shares
        self._lent = [[0.0] * len(grid.people) for _ in self.sum]
        self.unit = _unit(grid)
        self.first = min(grid.on, default=0) - _MARGIN
        span = max(grid.on, default=0) - self.first + 2 * _MARGIN
        self.busy = [bytearray(span) for _ in people]
        self.weekday = [[0] * 7 for _ in people]
        self.shifts = [0] * len(grid.people)
        self.at_post = [[0] * len(people) for _ in grid.posts]
        self.usual = _how_much_each_stands(grid)
        self.together: list[dict[int, int]] = [{} for _ in people]
        self.matter = _how_much_a_shift_matters(grid)

    def put(self, cell: int, person: int, others: list[int], by: int = 1) -> None:
        """Count a shift, or with ``by`` -1 count it no longer."""
        grid, on = self.grid, self.grid.on[cell]
        self.sum[grid.burden[cell]][person] += by
        self.sum[POINTS_AT][person] += by * grid.points[cell]
        self.busy[person][on - self.first] += by
        self.weekday[person][(on - 1) % 7] += by
        self.shifts[person] += by
        self.at_post[grid.post[cell]][person] += by
        for other in others:
            if other != person:
                mine, its = self.together[person], self.together[other]
                mine[other] = mine.get(other, 0) + by
                its[person] = its.get(person, 0) + by

    def fair_costs(self, cell: int, people: list[int]) -> list[float]:
        """Return for each what one shift more adds to the unevenness."""
        burden, weight = self.grid.burden[cell], self.grid.points[cell]
        points, part, twice = self.sum[POINTS_AT], self.part[POINTS_AT], 2 * weight
        shifts, its_part, matter = self.sum[burden], self.part[burden], self.matter[burden]
        square = weight * weight
        return [
            (twice * points[q] + square) / part[q] + matter * (2 * shifts[q] + 1) / its_part[q]
            for q in people
        ]

    def cost(self, cell: int, person: int, others: list[int]) -> float:
        """Return what one shift more costs, fairness and how it lies together."""
        return self.fair_costs(cell, [person])[0] + self.soft_cost(cell, person, others)

    def begin_day_by_day(self) -> None:
        """Count from now on as days go by: who is away is lent what the others do meanwhile."""
        weights = [max(person.weight, LEAST) for person in self.grid.people]
        self.part = [weights for _ in self.sum]

    def lend(self, cell: int, members: list[int]) -> None:
        """Lend those who miss a cell their part of what was done there."""
        burden, points, pool_of = (
            self.grid.burden[cell],
            self.grid.points[cell],
            self._shares.pool_of,
        )
        missed = self.grid.missed.get(cell, ())
        for q in missed:
            mates = [mate for mate in pool_of[q] if mate not in missed]
            if done := sum(m in mates for m in members):
                part = self.grid.people[q].weight * done / len(mates)
                self._lend(burden, q, part)
                self._lend(POINTS_AT, q, part * points)

    def _lend(self, key: int, person: int, amount: float) -> None:
        self.sum[key][person] += amount
        self._lent[key][person] += amount

    def end_day_by_day(self) -> None:
        """Take back what was lent and count by the part of the span each was there for."""
        for row, lent in zip(self.sum, self._lent, strict=True):
            for q, amount in enumerate(lent):
                row[q] -= amount
                lent[q] = 0.0
        self.part = [self._shares.least(key) for key in range(POINTS_AT + 1)]

    def soft_cost(self, cell: int, person: int, others: list[int]) -> float:
        """Return how badly a shift lies: near another, on the usual weekday, post, pair."""
        on, post = self.grid.on[cell], self.grid.post[cell]
        at, busy = on - self.first, self.busy[person]
        cost = (
            _SAME_DAY * busy[at]
            + _NEXT_DAY * (busy[at - 1] + busy[at + 1])
            + _DAY_AFTER * (busy[at - 2] + busy[at + 2])
            + _WEEKDAY * max(0, 7 * self.weekday[person][(on - 1) % 7] - self.shifts[person])
        )
        more = self.at_post[post][person] - self.shifts[person] * self.usual[post][person]
        if more > 0:
            cost += _POST * more
        together = self.together[person]
        for other in others:
            cost += _TOGETHER * together.get(other, 0)
        return cost * self.unit


def _how_much_a_shift_matters(grid: Grid) -> list[float]:
    """Return for each burden the square of its usual points, halved: shifts weigh less."""
    heads, points = [0.0] * POINTS_AT, [0.0] * POINTS_AT
    for c in range(grid.many):
        heads[grid.burden[c]] += grid.heads(c)
        points[grid.burden[c]] += grid.heads(c) * grid.points[c]
    return [0.5 * (p / h) ** 2 if h else 0.0 for p, h in zip(points, heads, strict=True)]


def _how_much_each_stands(grid: Grid) -> list[list[float]]:
    """Return for each post what part of a person's shifts it is if all who can take turns."""
    heads = [0.0] * len(grid.posts)
    for c in range(grid.many):
        heads[grid.post[c]] += grid.heads(c)
    found = [[0.0] * len(grid.people) for _ in grid.posts]
    for post, able in enumerate(grid.qualified):
        for q in able:
            found[post][q] = heads[post] / len(able)
    sums = [sum(row[q] for row in found) or 1.0 for q in range(len(grid.people))]
    return [[one / each for one, each in zip(row, sums, strict=True)] for row in found]


def _unit(grid: Grid) -> float:
    """Return half the square of the usual points, so that how a shift lies keeps its weight."""
    heads = sum(grid.heads(c) for c in range(grid.many))
    return 0.5 * sum(grid.heads(c) * grid.points[c] ** 2 for c in range(grid.many)) / max(heads, 1)
