"""Who takes part in a drill: the classes of its scope with their numbers, and the staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from app.core.calendar import Stage
from app.core.roles import Right
from app.drills.rules import BOARDERS, KINDERGARTEN, RIDERS
from app.people import Staff, StaffRegister
from app.students import ClassLine, StudentRegister, TravelRegister

STAFF = "教职工"
_RIDES = ("校车", "接送面包车")  # as the sheet of the ways to school calls them


class Unit(NamedTuple):
    """One class that is counted: its name and how many of it should come."""

    class_uid: str
    name: str
    due: int


class Roll:
    """Who there is to take part, as the lists of pupils and staff say it today.

    ``away`` returns who of the staff, by uid, is away on a day, or on half of it.
    """

    def __init__(
        self,
        students: StudentRegister,
        staff: StaffRegister,
        travel: TravelRegister | None = None,
    ) -> None:
        self.students, self.staff, self._travel = students, staff, travel
        self.away: Callable[[date], Iterable[str]] = lambda _day: ()

    def units(self, scope: str) -> list[Unit]:
        """Return the classes of a scope, the youngest first; of 住校生 and 乘车生 those alone.

        Grades and classes are known by their names (三年级、四年级1班); what names none of them
        means the whole school.
        """
        lines = self.students.class_counts()
        if scope == STAFF:
            return []
        if scope == KINDERGARTEN:
            return _all(line for line in lines if line.key.stage == Stage.KINDERGARTEN)
        if scope in (BOARDERS, RIDERS):
            return self._some(lines, scope)
        named = [line for line in lines if line.grade in scope or line.name in scope]
        exact = [line for line in named if line.name in scope]
        return _all(exact or named or lines)

    def rolls(self) -> dict[str, int]:
        """Return how many pupils are on the roll of each class, by its uid."""
        return {line.uid: line.count for line in self.students.class_counts()}

    def staff_due(self) -> int:
        """Return how many work here."""
        return len(self.staff.all())

    def staff_away(self, on: date) -> list[Staff]:
        """Return who of the staff is away on a day, or on half of it."""
        gone = set(self.away(on))
        return [one for one in self.staff.all() if one.uid in gone]

    def _some(self, lines: Sequence[ClassLine], scope: str) -> list[Unit]:
        if not self.students.store.sitter.may(Right.SEE_STUDENTS):
            return []
        heads = Counter(self._boarding() if scope == BOARDERS else self._riding())
        return [Unit(x.uid, x.name, heads[x.uid]) for x in lines if heads[x.uid]]

    def _boarding(self) -> list[str]:
        return [pupil.class_uid for pupil in self.students.pupils() if pupil.boarder]

    def _riding(self) -> list[str]:
        if self._travel is None:
            return []
        lines = self._travel.lines()
        return [x.pupil.class_uid for x in lines if x.way and x.way.to_mode in _RIDES]


def _all(lines: Iterable[ClassLine]) -> list[Unit]:
    return [Unit(line.uid, line.name, line.count) for line in lines]
