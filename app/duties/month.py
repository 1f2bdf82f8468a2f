"""One month of duties read once: who stands where, what it breaks, what is missing, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from app.duties.planning import (
    Break,
    Cell,
    Day,
    Explainer,
    Gap,
    Person,
    Pool,
    Post,
    Roster,
    Standing,
    check,
    fairness,
)
from app.duties.planning.check import UNSAID_BY_GAPS
from app.duties.planning.rules import applies
from app.duties.seats import KeptSeat

if TYPE_CHECKING:
    from app.duties.register import DutyRegister


class Told(NamedTuple):
    """What is to be said of a cell; ``gap`` is "" where nobody is missing or planned yet."""

    here: tuple[Standing, ...]
    others: tuple[Standing, ...]
    stand_ins: tuple[Standing, ...]
    breaks: tuple[str, ...]
    gap: str


class DutyMonth:
    """The days from the first to the last, both included, as they stand now."""

    def __init__(self, duties: DutyRegister, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.people: Mapping[str, Person] = duties.people()
        self._today = duties.today()
        self.cells: dict[Cell, list[KeptSeat]] = {}
        kept = duties.kept(first, last)
        for seat in kept:
            self.cells.setdefault(seat.cell, []).append(seat)
        stood = {cell.on for cell in self.cells}
        self._planned = min(stood, default=date.max), max(stood, default=date.min)
        frame = duties.frame(first, last)
        self.roster = Roster(frame, tuple(seat.seat for seat in kept))
        self.posts: dict[str, Post] = {post.uid: post for post in frame.posts}
        self.days: Sequence[Day] = frame.days

    @cached_property
    def breaks(self) -> dict[Cell, list[Break]]:
        """The rules that are broken, by cell, without what the gaps say themselves.

        Of a day that is over none is named: what was, was.
        """
        found: dict[Cell, list[Break]] = {}
        for one in check(self.roster):
            if one.rule not in UNSAID_BY_GAPS and one.cell.on >= self._today:
                found.setdefault(one.cell, []).append(one)
        return found

    @cached_property
    def gaps(self) -> dict[Cell, Gap]:
        """The cells that are not full."""
        return {gap.cell: gap for gap in self.explainer.gaps()}

    @cached_property
    def explainer(self) -> Explainer:
        """The roster made ready to be asked about its cells."""
        return Explainer(self.roster)

    @cached_property
    def pools(self) -> list[Pool]:
        """How fair the month is, with what was carried into it."""
        return fairness(self.roster)

    def is_planned(self, on: date) -> bool:
        """Say whether a day lies between the first and the last somebody has planned."""
        return self._planned[0] <= on <= self._planned[1]

    def is_asked_on(self, post_uid: str, day: Day) -> bool:
        """Say whether somebody is to stand there on this day at all."""
        post = self.posts.get(post_uid)
        return post is not None and applies(post, day)

    def explain(self, cell: Cell) -> Told:
        """Say why those stand there who do, why nobody else, and who could come in.

        Raises:
            KeyError: there is no such cell in the month.

        """
        reason = self.explainer.explain(cell)
        gap = self.gaps.get(cell) if self.is_planned(cell.on) else None
        return Told(
            reason.here,
            reason.others,
            self.explainer.stand_ins(cell),
            tuple(one.why for one in self.breaks.get(cell, ())),
            gap.why if gap else "",
        )

    def name(self, person_uid: str) -> str:
        """Return what somebody is called, also one who has left."""
        known = self.people.get(person_uid)
        return known.name if known else "（已离开名册）"
