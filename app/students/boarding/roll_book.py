"""The rolls as one reads them: the sheets of an evening, what was called, who was not here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.students.boarding import roll_views
from app.students.boarding.beds import places
from app.students.boarding.boarders import Boarder, demand_sight, expected, named
from app.students.boarding.leave_ends import leaves_at
from app.students.boarding.records import RollCall
from app.students.boarding.roll_lines import (
    CallLine,
    Missed,
    Sleeper,
    Unit,
    missed_of,
    sleepers,
)
from app.students.boarding.roll_news import told_of_lines
from app.students.boarding.roll_sheets import call_lines, sheets
from app.students.boarding.roll_writing import lines_in
from app.students.boarding.rules import Absence, Mark
from app.students.register import StudentRegister

# A 值班员 sees the rolls of tonight and of the night before: a default of ours.
DUTY_SEES = timedelta(days=1)


class RollBook:
    """The rolls of one school. A 班主任 sees whatever roll a child of the own class stands on."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.store, self.students, self.now = store, students, now
        self.views: dict[str, View] = roll_views.of(self)

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def units(self, evening: date | None = None) -> list[Unit]:
        """Return the sheets of an evening: dormitories, and the classes of who has none.

        Whoever is on leave that evening is marked so already; who stands in another roll of it is
        left out and named on the sheet.

        Raises:
            UserError: the role may neither see pupils nor call the rolls.

        """
        evening = evening or self.today()
        pupils = expected(self.students)
        own = self.store.sitter.only_class is not None
        with self.store.read() as session:
            return sheets(session, pupils, evening, by_class=own)

    def unit(self, name: str, evening: date | None = None) -> Unit:
        """Return one sheet.

        Raises:
            UserError: there is none of this name, or the role may not see it.

        """
        for unit in self.units(evening):
            if unit.name == name:
                return unit
        raise UserError(f"没有叫“{name}”的宿舍。", do="请从列出的宿舍和班级里选一个。")

    def get(self, uid: str) -> RollCall:
        """Return one roll.

        Raises:
            UserError: the role may not see it, or it is 作废.

        """
        demand_sight(self.store)
        call = self.store.get(RollCall, uid)
        if not self._sight()(call):
            is_teacher = self.store.sitter.only_class is not None
            whose = "上没有您班的学生" if is_teacher else "是以前的，值班员只看今晚和昨晚的"
            raise UserError(
                f"这份点名{whose}。", safe="什么都没有显示。", do="要看别班或以前的，请找安全员。"
            )
        return call

    def calls(self) -> list[CallLine]:
        """Return the rolls one may see, the newest evening first.

        Raises:
            UserError: the role may neither see pupils nor call the rolls.

        """
        demand_sight(self.store)
        may_see = self._sight()
        with self.store.read() as session:
            newest = select(RollCall).order_by(RollCall.evening.desc(), RollCall.id.desc())
            found = [call for call in session.scalars(newest) if may_see(call)]
        return self._told(found)

    def line(self, uid: str) -> CallLine:
        """Return one roll as the list shows it.

        Raises:
            UserError: the role may not see it, or it is 作废.

        """
        return self._told([self.get(uid)])[0]

    def missed(self, uid: str) -> list[Missed]:
        """Return who was not here, in the order of the sheet."""
        call = self.get(uid)
        known = self._known(call)
        with self.store.read() as session:
            return missed_of(call, lines_in(session, call), known, places(session))

    def changes(self, uid: str) -> dict[int, list[tuple[str, str, str]]]:
        """Return what was changed of a child's line since the roll was entered, by action."""
        call = self.get(uid)
        names = {one: child.name for one, child in self._known(call).items()}
        later = {action.id for action, change in self.store.history(uid) if change.before}
        with self.store.read() as session:
            return told_of_lines(session, call, later, names)

    def again(self, uid: str) -> tuple[RollCall, Unit, dict[str, Mark], dict[str, Absence]]:
        """Return a roll as the dialog shows it: its sheet, the marks, the absences."""
        call = self.get(uid)
        found = self._sleepers(call, self._known(call))
        marks = {sleeper.pupil.uid: Mark.HERE for sleeper in found}
        absences = {}
        for one in self.missed(uid):
            marks[one.student_uid] = Mark(one.mark)
            absences[one.student_uid] = one.absence
        return call, Unit(call.unit, call.class_uid, found), marks, absences

    def not_called(self) -> list[str]:
        """Return the dormitories and classes that have no roll of tonight yet."""
        with self.store.read() as session:
            tonight = select(RollCall.unit).where(RollCall.evening == self.today())
            done = set(session.scalars(tonight))
        return [unit.name for unit in self.units() if unit.sleepers and unit.name not in done]

    # The rest is the register's own.

    def _told(self, calls: Sequence[RollCall]) -> list[CallLine]:
        known = named(self.students, {uid for call in calls for uid in call.pupils})
        with self.store.read() as session:
            return call_lines(session, calls, known, self.store.sitter.only_class)

    def _sight(self) -> Callable[[RollCall], bool]:
        """Return what tells which rolls one may see."""
        sitter = self.store.sitter
        if not sitter.may(Right.SEE_STUDENTS):
            return lambda call: call.evening >= self.today() - DUTY_SEES
        if (own := sitter.only_class) is None:
            return lambda call: True
        mine = {pupil.uid for pupil in self.students.pupils(everybody=True)}
        return lambda call: call.class_uid == own or not mine.isdisjoint(call.pupils)

    def _known(self, call: RollCall) -> dict[str, Boarder]:
        return named(self.students, call.pupils)

    def _sleepers(self, call: RollCall, known: Mapping[str, Boarder]) -> tuple[Sleeper, ...]:
        """Return who stands on a saved roll and is still known, with the leaves of that hour."""
        at = datetime.combine(call.evening, call.called_at)
        with self.store.read() as session:
            beds, leaves = places(session), leaves_at(session, at)
        found = [known[uid] for uid in call.pupils if uid in known]
        return tuple(sleepers(found, beds, leaves, at))
