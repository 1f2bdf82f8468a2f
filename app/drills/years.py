"""The year of drills from the books: what each month and quarter asks for and how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from app.drills.months import Box, Held, month_boxes, quarter_boxes
from app.drills.planning.register import TermPlanner
from app.drills.register import DrillRegister, day_of
from app.drills.rules import MANNERS


class YearOfDrills(NamedTuple):
    """The boxes of a year; ``small`` are the quarters of a kindergarten within the school."""

    boxes: list[Box]
    small: list[Box]

    def asked(self) -> list[Box]:
        """Return the boxes that ask for a drill."""
        return [box for box in self.boxes if box.is_asked]

    def without_any(self) -> list[tuple[str, Box]]:
        """Return what has no drill at all yet, with the words for it."""
        found = [("每月疏散演练", box) for box in self.boxes]
        found += [("附设幼儿园每季度演练", box) for box in self.small]
        return [(word, box) for word, box in found if not box.has_drill and box.is_asked]


class DrillYears:
    """Reads the year; ``since`` is the first day anything is owed."""

    def __init__(
        self,
        register: DrillRegister,
        planner: TermPlanner,
        since: Callable[[], date | None] = lambda: None,
    ) -> None:
        self._register, self._planner, self._since = register, planner, since

    def read(self, year: int) -> YearOfDrills:
        """Return how a year stands today."""
        register, today = self._register, self._register.today()
        held = [
            Held(
                day_of(one),
                one.kind,
                one.scope,
                register.state(one),
                one.manner != MANNERS[1],
            )
            for one in register.all()
            if day_of(one).year == year
        ]
        days, since = self._school_days(year), self._since()
        school = self._planner.school()
        small = []
        if school.has_kindergarten:
            small = quarter_boxes(year, today, days, held, since, register.spared(year, 3))
        if not school.has_pupils:
            return YearOfDrills(small, [])
        least, spared = register.least_days(), register.spared(year, 1)
        return YearOfDrills(month_boxes(year, today, days, held, since, least, spared), small)

    def _school_days(self, year: int) -> dict[int, int]:
        counts = dict.fromkeys(range(1, 13), 0)
        for on in self._planner.calendar.school_days(date(year, 1, 1), date(year, 12, 31)):
            counts[on.month] += 1
        return counts
