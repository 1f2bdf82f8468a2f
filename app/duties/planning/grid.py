"""A frame by numbers: cells, who could stand in each, which two cells nobody may both have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.duties.planning.frame import Burden, Cell, Day, Frame, Half, Person, Post, Rule
from app.duties.planning.rules import (
    ban,
    burden_of,
    cells_of,
    clash,
    halves,
    points_of,
)

BURDENS = tuple(Burden)
_PLACE = {burden: n for n, burden in enumerate(BURDENS)}
_REACH = 3


class Mix(NamedTuple):
    """At least so many in a cell of whom ``meets`` is true, by number of person."""

    least: int
    meets: tuple[bool, ...]


class Grid:
    """A frame compiled once; cells and people are numbers from here on.

    ``around`` cells come after the others: they are never filled, only stood in the way of.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.people = frame.people
        self.number = {person.uid: n for n, person in enumerate(frame.people)}
        self.posts = frame.posts
        self._post = {post.uid: n for n, post in enumerate(frame.posts)}
        self.bans = [[ban(person, post) for person in frame.people] for post in frame.posts]
        self.qualified = [[q for q, bar in enumerate(row) if bar is None] for row in self.bans]
        self._mixes = [_mixes(post, frame.people) for post in frame.posts]
        self.cells: list[Cell] = []
        self.at: dict[tuple[int, int], int] = {}  # (day, post) → cell
        self.on: list[int] = []
        self.post: list[int] = []
        self.points: list[float] = []
        self.burden: list[int] = []
        for day, post in cells_of(frame.posts, frame.days):
            self._add(day, post)
        self.many = len(self.cells)
        self._add_around()
        self.missed: dict[int, list[int]] = {}  # cell → who qualifies for it and is away
        self.fit = self._who_is_there()
        self.near, self.near_rest = self._neighbours()

    def _add(self, day: Day, post: Post) -> None:
        number = self._post[post.uid]
        self.at[day.on.toordinal(), number] = len(self.cells)
        self.cells.append(Cell(day.on, post.uid))
        self.on.append(day.on.toordinal())
        self.post.append(number)
        self.points.append(points_of(post, day.kind, self.frame.limits))
        self.burden.append(_PLACE[burden_of(post, day.kind)])

    def _add_around(self) -> None:
        for (on, uid), _person, _locked in self.frame.around:
            if uid in self._post and (on.toordinal(), self._post[uid]) not in self.at:
                number = self._post[uid]
                self.at[on.toordinal(), number] = len(self.cells)
                self.cells.append(Cell(on, uid))
                self.on.append(on.toordinal())
                self.post.append(number)
                self.points.append(0.0)
                self.burden.append(0)

    def cell(self, cell: Cell) -> int | None:
        """Return the number of a cell of the span or around it, None where there is none."""
        post = self._post.get(cell.post_uid)
        return None if post is None else self.at.get((cell.on.toordinal(), post))

    def heads(self, cell: int) -> int:
        """Return how many should stand there."""
        return self.posts[self.post[cell]].heads

    def mixes(self, cell: int) -> Sequence[Mix]:
        """Return what some, but not all, of those who stand there must be."""
        return self._mixes[self.post[cell]]

    def _who_is_there(self) -> list[list[int]]:
        """Return for each cell who qualifies and is not away; cells without leave share a list."""
        gone: dict[tuple[int, Half], set[int]] = {}
        for q, person in enumerate(self.people):
            for on, half in person.away:
                gone.setdefault((on.toordinal(), half), set()).add(q)
        taken = [halves(post) for post in self.posts]
        fit = []
        for c in range(self.many):
            away: set[int] = set()
            for later, half in taken[self.post[c]]:
                away |= gone.get((self.on[c] + later, half), set())
            all_of_them = self.qualified[self.post[c]]
            if away := away.intersection(all_of_them):
                self.missed[c] = sorted(away)
            fit.append([q for q in all_of_them if q not in away] if away else all_of_them)
        return fit

    def _neighbours(self) -> tuple[list[list[int]], list[list[int]]]:
        """Return for each cell the cells in the same hours, and those one must rest from."""
        double: list[list[tuple[int, int]]] = []
        rest: list[list[tuple[int, int]]] = []
        for one in self.posts:
            double.append([])
            rest.append([])
            for other, post in enumerate(self.posts):
                for later in range(-_REACH, _REACH + 1):
                    why = clash(one, post, later, self.frame.limits)
                    if why is not None:
                        (double if why is Rule.DOUBLE else rest)[-1].append((later, other))
        return self._lookup(double), self._lookup(rest)

    def _lookup(self, ways: list[list[tuple[int, int]]]) -> list[list[int]]:
        at, found = self.at, []
        for on, post in zip(self.on, self.post, strict=True):
            near = [at.get((on + later, other)) for later, other in ways[post]]
            found.append([c for c in near if c is not None])
        return found

    def why_not(self, person: int, cell: int) -> Rule | None:
        """Return what stands against a person in a cell, whatever else he is put to."""
        bar = self.bans[self.post[cell]][person]
        if bar is None and person not in self.fit[cell]:
            return Rule.AWAY
        return bar

    def day(self, cell: int) -> date:
        """Return the day of a cell."""
        return self.cells[cell].on


def _mixes(post: Post, people: Sequence[Person]) -> tuple[Mix, ...]:
    return tuple(
        Mix(need.least, tuple(need.met_by(person) for person in people))
        for need in post.needs
        if 0 < need.least < post.heads
    )
