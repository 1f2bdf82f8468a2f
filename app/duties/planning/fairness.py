"""The fairness sheet: done beside due, pool by pool, and what is carried on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.duties.planning.frame import Frame, Roster
from app.duties.planning.grid import BURDENS, Grid
from app.duties.planning.shares import KEYS, Shares, carried

_POINTS_AT = len(BURDENS)


class Line(NamedTuple):
    """One person in a pool; every mapping has the four burdens and ``POINTS`` as keys.

    ``share`` is what was due: weight × the part of the span one was there, of the pool's whole.
    ``over`` is done + carried − share: above zero is more than fair. It is carried on.
    """

    person_uid: str
    done: Mapping[str, float]
    carried: Mapping[str, float]
    share: Mapping[str, float]
    over: Mapping[str, float]


class Pool(NamedTuple):
    """Those who can do the same work; ``spread`` is the most beside the least of ``over``."""

    name: str
    post_uids: tuple[str, ...]
    lines: tuple[Line, ...]
    spread: Mapping[str, float]
    mean: Mapping[str, float]


def fairness(roster: Roster) -> list[Pool]:
    """Return the pools of a roster, the largest first; every person is in one or in none."""
    grid = Grid(roster.frame)
    shares = Shares(grid)
    done = _done(grid, roster)
    pools = [_pool(grid, shares, done, posts, who) for posts, who in shares.pools]
    return sorted(pools, key=lambda pool: (-len(pool.lines), pool.post_uids))


def carry_on(pools: Iterable[Pool]) -> dict[str, dict[str, float]]:
    """Return what each person carries into the next span, in shifts and in points."""
    return {line.person_uid: dict(line.over) for pool in pools for line in pool.lines}


def _done(grid: Grid, roster: Roster) -> list[list[float]]:
    done = [[0.0] * len(grid.people) for _ in KEYS]
    for seat in roster.seats:
        cell, person = grid.cell(seat.cell), grid.number.get(seat.person_uid)
        if cell is not None and cell < grid.many and person is not None:
            done[grid.burden[cell]][person] += 1
            done[_POINTS_AT][person] += grid.points[cell]
    return done


def _pool(
    grid: Grid, shares: Shares, done: list[list[float]], posts: tuple[int, ...], who: list[int]
) -> Pool:
    brought = {q: carried(grid, q) for q in who}
    rate = []
    for n in range(len(KEYS)):
        parts = sum(shares.part[n][q] for q in who)
        total = sum(done[n][q] + brought[q][n] for q in who)
        rate.append(total / parts if parts else 0.0)
    lines = tuple(_line(grid, shares, done, brought[q], rate, q) for q in who)
    spread = {}
    for n, key in enumerate(KEYS):
        over = [one.over[key] for one, q in zip(lines, who, strict=True) if shares.part[n][q] > 0]
        spread[key] = round(max(over) - min(over), 6) if over else 0.0
    mean = {key: sum(done[n][q] for q in who) / len(who) for n, key in enumerate(KEYS)}
    return Pool(
        _name(grid.frame, posts), tuple(grid.posts[p].uid for p in posts), lines, spread, mean
    )


def _line(
    grid: Grid,
    shares: Shares,
    done: list[list[float]],
    brought: list[float],
    rate: list[float],
    person: int,
) -> Line:
    mine = [row[person] for row in done]
    share = [part[person] * each for part, each in zip(shares.part, rate, strict=True)]
    over = [round(d + b - s, 6) + 0.0 for d, b, s in zip(mine, brought, share, strict=True)]
    return Line(
        grid.people[person].uid,
        dict(zip(KEYS, mine, strict=True)),
        dict(zip(KEYS, brought, strict=True)),
        dict(zip(KEYS, share, strict=True)),
        dict(zip(KEYS, over, strict=True)),
    )


def _name(frame: Frame, posts: tuple[int, ...]) -> str:
    return "、".join(frame.posts[post].name for post in posts)
