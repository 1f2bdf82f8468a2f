"""What each person's fair share is: pools, weights, absences; the same for plan and sheet."""

from __future__ import annotations

from app.duties.planning.frame import POINTS
from app.duties.planning.grid import BURDENS, Grid

LEAST = 0.02
_NOTHING = 1e-9
KEYS: tuple[str, ...] = (*BURDENS, POINTS)
_ALL = len(BURDENS)


class Shares:
    """How much of a pool's load falls to a person: weight × the part of it he was there for.

    ``part[key][person]``: key 0–3 a burden, 4 the points. Who was away is credited with what
    the others did meanwhile, so that nobody makes up for an illness.
    """

    def __init__(self, grid: Grid) -> None:
        self.asked = _asked(grid)
        self.part = _parts(grid, self.asked)
        self.pools = _pools(grid)
        self.pool_of = {q: who for _posts, who in self.pools for q in who}

    def least(self, key: int) -> list[float]:
        """Return the parts with no zero among them, to divide by."""
        return [max(part, LEAST) for part in self.part[key]]


def _asked(grid: Grid) -> list[list[float]]:
    """Return how much of each burden, and of points, is asked of those who have each post."""
    asked = [[0.0] * (_ALL + 1) for _ in grid.posts]
    for c in range(grid.many):
        row, heads = asked[grid.post[c]], grid.heads(c)
        row[grid.burden[c]] += heads
        row[_ALL] += heads * grid.points[c]
    return asked


def _parts(grid: Grid, asked: list[list[float]]) -> list[list[float]]:
    people = range(len(grid.people))
    due = [[0.0] * len(grid.people) for _ in range(_ALL + 1)]
    missed = [[0.0] * len(grid.people) for _ in range(_ALL + 1)]
    for post, row in enumerate(asked):
        able = grid.qualified[post]
        for key, amount in enumerate(row):
            for q in able if amount else ():
                due[key][q] += amount / len(able)
    for c, away in grid.missed.items():
        each = grid.heads(c) / len(grid.qualified[grid.post[c]])
        for q in away:
            missed[grid.burden[c]][q] += each
            missed[_ALL][q] += each * grid.points[c]
    return [
        [
            grid.people[q].weight * (1 - missed[key][q] / due[key][q])
            if due[key][q] - missed[key][q] > _NOTHING
            else 0.0
            for q in people
        ]
        for key in range(_ALL + 1)
    ]


def _pools(grid: Grid) -> list[tuple[tuple[int, ...], list[int]]]:
    """Return those who can do the same work: the posts, and the people by number."""
    stood = sorted(set(grid.post[: grid.many]))
    found: dict[tuple[int, ...], list[int]] = {}
    for q in range(len(grid.people)):
        able = tuple(post for post in stood if grid.bans[post][q] is None)
        if able:
            found.setdefault(able, []).append(q)
    return sorted(found.items())


def carried(grid: Grid, person: int) -> list[float]:
    """Return what a person brings from before, by burden and in points."""
    carry = grid.people[person].carry
    return [float(carry.get(key, 0.0)) for key in KEYS]
