"""Why this person stands here, why nobody else does, and who could stand in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.duties.planning.fairness import Line, Pool, fairness
from app.duties.planning.filling import Filling
from app.duties.planning.frame import POINTS, Cell, Gap, Roster, Rule
from app.duties.planning.grid import BURDENS, Grid
from app.duties.planning.load import Load
from app.duties.planning.shares import Shares
from app.duties.planning.words import gap_of, hindrance, hindrance_words


class Standing(NamedTuple):
    """How somebody stands towards a cell; ``rule`` is what is against it, None if nothing is.

    ``here`` and ``all`` are shifts of this burden and of all; ``mean`` is the pool's of this
    burden; ``over`` how many points above the fair share; ``last`` the shift before this day.
    """

    person_uid: str
    rule: Rule | None
    why: str
    here: int
    all: int
    mean: float
    over: float
    last: date | None
    next: date | None
    locked: bool = False


class Reason(NamedTuple):
    """Those who stand in a cell, and all others with what is against each, the best first."""

    cell: Cell
    here: tuple[Standing, ...]
    others: tuple[Standing, ...]


class Explainer:
    """One roster looked at many times: what counting it costs is paid once."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.grid = Grid(roster.frame)
        self._filling = Filling(self.grid, Load(self.grid, Shares(self.grid)), 0)
        self._filling.stand_around(roster.frame.around)
        self._filling.set_down(roster.seats)
        self._lines: dict[str, tuple[Line, Pool]] = {
            line.person_uid: (line, pool) for pool in fairness(roster) for line in pool.lines
        }

    def gaps(self) -> tuple[Gap, ...]:
        """Return the gaps of the roster as it stands now, also after changes by hand."""
        filling = self._filling
        return tuple(gap_of(self.grid, filling.table, cell) for cell in filling.gaps())

    def explain(self, cell: Cell) -> Reason:
        """Say why each who stands there does, and why each other does not.

        Raises:
            KeyError: there is no such cell in the span.

        """
        number = self._number(cell)
        table = self._filling.table
        here = table.members[number]
        others = [
            self._standing(number, q, hindrance(self.grid, table, number, q, leaves=(-1, *here)))
            for q in range(len(self.grid.people))
            if q not in here
        ]
        return Reason(
            cell,
            tuple(self._standing(number, q, self._against(number, q)) for q in here),
            self._best_first(number, others),
        )

    def stand_ins(self, cell: Cell, person_uid: str = "") -> tuple[Standing, ...]:
        """Return who may take a person's place there, or come in, the best first.

        Raises:
            KeyError: there is no such cell in the span.

        """
        number = self._number(cell)
        table, leaves = self._filling.table, self.grid.number.get(person_uid, -1)
        if leaves not in table.members[number]:
            leaves = -1
        able = [
            self._standing(number, q, None)
            for q in range(len(self.grid.people))
            if q not in table.members[number]
            and hindrance(self.grid, table, number, q, leaves=(leaves,)) is None
        ]
        return self._best_first(number, able)

    def _number(self, cell: Cell) -> int:
        number = self.grid.cell(cell)
        if number is None or number >= self.grid.many:
            raise KeyError(cell)
        return number

    def _against(self, cell: int, person: int) -> Rule | None:
        """Return the rule that somebody breaks who stands there already."""
        return hindrance(self.grid, self._filling.table, cell, person, leaves=(person,))

    def _best_first(self, cell: int, found: Iterable[Standing]) -> tuple[Standing, ...]:
        """Sort by what a shift more costs; those whom a rule keeps out come last, rule by rule."""
        load, number = self._filling.load, self.grid.number
        members = self._filling.table.members[cell]

        def rank(one: Standing) -> tuple[str, float, int]:
            person = number[one.person_uid]
            cost = 0.0 if one.rule else load.cost(cell, person, members)
            return one.rule or "", cost, person

        return tuple(sorted(found, key=rank))

    def _standing(self, cell: int, person: int, rule: Rule | None) -> Standing:
        grid, table = self.grid, self._filling.table
        who = grid.people[person]
        held = sorted(grid.day(c) for c in table.held[person] if c != cell)
        on = grid.day(cell)
        last = max((day for day in held if day <= on), default=None)
        following = min((day for day in held if day > on), default=None)
        burden = BURDENS[grid.burden[cell]]
        line, pool = self._lines.get(who.uid, (None, None))
        here = int(line.done[burden]) if line else 0
        total = int(sum(line.done[one] for one in BURDENS)) if line else 0
        mean = pool.mean[burden] if pool else 0.0
        over = line.over[POINTS] if line else 0.0
        if rule is not None:
            why = hindrance_words(grid, table, cell, person, rule)
        else:
            why = _counts(burden, here, mean, total, last, on)
        locked = (cell, person) in table.locked
        return Standing(who.uid, rule, why, here, total, mean, over, last, following, locked)


def _counts(burden: str, here: int, mean: float, total: int, last: date | None, on: date) -> str:
    word = "夜班" if burden == "夜" else burden
    side = (
        "人均"
        if abs(here - mean) < 0.05
        else ("比人均多，人均" if here > mean else "比人均少，人均")
    )
    said = f"{word}{here}次（{side}{mean:.1f}次），共{total}次"
    if last is None:
        return said + "，之前没有值过"
    away = (on - last).days
    return said + ("，当天还有别的岗" if away == 0 else f"，离上次{away}天")


def explain(roster: Roster, cell: Cell) -> Reason:
    """Explain one cell of a roster; for many cells keep an ``Explainer``."""
    return Explainer(roster).explain(cell)


def stand_ins(roster: Roster, cell: Cell, person_uid: str = "") -> tuple[Standing, ...]:
    """Return who may take a person's place; for many cells keep an ``Explainer``."""
    return Explainer(roster).stand_ins(cell, person_uid)
