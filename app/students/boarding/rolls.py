"""The roll of an evening (晚点名): one record a dormitory, or a class, and evening."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.values import show
from app.core.views import View
from app.students.boarding import roll_views
from app.students.boarding.beds import places
from app.students.boarding.boarders import Boarder, demand_sight, expected, named
from app.students.boarding.leave_ends import leaves_at
from app.students.boarding.records import RollCall
from app.students.boarding.roll_doubles import refuse_double
from app.students.boarding.roll_lines import (
    CallLine,
    Missed,
    Sleeper,
    Unit,
    absence_of,
    lines_of,
    missed_of,
    sleepers,
    with_slips,
)
from app.students.boarding.roll_news import check_same
from app.students.boarding.roll_sheets import call_lines, sheets
from app.students.boarding.roll_writing import lines_in, marks_of_gone, rewrite, write_head
from app.students.boarding.rules import Absence, Mark, check_call
from app.students.register import StudentRegister

# A 值班员 sees the rolls of tonight and of the night before: a default of ours.
DUTY_SEES = timedelta(days=1)


class RollRegister:
    """The rolls of one school. A 班主任 calls and sees the roll of the own class alone."""

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

    def check_evening(self, unit: str, evening: date) -> None:
        """Go on only if this roll may be entered.

        Raises:
            UserError: the evening is still to come, or its children were called already.

        """
        self._refuse_evening(evening)
        sheet = self.unit(unit, evening)
        with self.store.read() as session:
            refuse_double(session, evening, sheet)

    def enter(
        self,
        unit: Unit,
        *,
        evening: date,
        called_by: str,
        called_at: time,
        marks: Mapping[str, str],
        absences: Mapping[str, Absence],
        leader: str | None = None,
        counted: int | None = None,
        handling: str | None = None,
    ) -> RollCall:
        """Enter the roll of an evening.

        Raises:
            UserError: the role may not, the evening is still to come, one of the children was
                called that evening already, or the numbers do not agree (see ``check_call``).

        """
        self.store.sitter.demand(Right.ROLLS)
        self._refuse_evening(evening)
        _demand_caller(called_by)
        pupils = self._demand_boarders(unit)
        said = with_slips(unit.sleepers, marks, absences)
        counts = check_call(pupils, marks, said, counted)
        with self.store.change("录入晚点名") as session:
            refuse_double(session, evening, unit)
            call = RollCall(
                evening=evening, unit=unit.name, class_uid=unit.class_uid, pupils=pupils
            )
            write_head(
                call,
                counts,
                called_by=called_by,
                called_at=called_at,
                leader=leader,
                handling=handling,
            )
            session.add(call)
            session.flush()
            session.add_all(lines_of(call, marks, said))
        return call

    def correct(
        self,
        uid: str,
        *,
        called_by: str,
        called_at: time,
        marks: Mapping[str, str],
        absences: Mapping[str, Absence],
        leader: str | None = None,
        counted: int | None = None,
        handling: str | None = None,
        seen: int | None = None,
    ) -> None:
        """Put a roll right, or write down where a missing pupil turned out to be.

        ``seen`` is the revision corrected; it also moves when only a child's line changes.

        Raises:
            UserError: the role may not, the numbers do not agree, or it was changed meanwhile.

        """
        self.store.sitter.demand(Right.ROLLS)
        with self.store.change("更正晚点名") as session:
            call = self.get(uid)
            _demand_caller(called_by)
            known = self._known(call)
            check_same(self.store, session, call, seen, {n: one.name for n, one in known.items()})
            lines = lines_in(session, call)
            gone, said_of_gone = marks_of_gone(call, lines, known)
            marks = gone | {pupil: str(mark) for pupil, mark in marks.items() if pupil in known}
            slips = {
                pupil: absence_of(line)
                for pupil, line in lines.items()
                if line.mark == marks.get(pupil) == Mark.LEAVE
            }
            absences = with_slips(
                self._sleepers(call, known), marks, slips | dict(absences) | said_of_gone
            )
            counts = check_call(call.pupils, marks, absences, counted)
            write_head(
                call,
                counts,
                called_by=called_by,
                called_at=called_at,
                leader=leader,
                handling=handling,
            )
            made = lines_of(call, marks, absences)
            still = (line for line in made if line.student_uid in {*known, *lines})
            rewrite(session, call, lines, still)

    def void(self, uid: str, reason: str) -> None:
        """Mark a roll 作废.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        self.store.sitter.demand(Right.BOARDING)
        with self.store.change("作废晚点名"):
            self.get(uid)
            if not reason.strip():
                raise UserError("作废要选一个原因。", do="请选好原因再作废。")
            self.store.void(uid, reason.strip())

    def get(self, uid: str) -> RollCall:
        """Return one roll.

        Raises:
            UserError: the role may not see it, or it is 作废.

        """
        demand_sight(self.store)
        call = self.store.get(RollCall, uid)
        if not self._may_see(call):
            is_teacher = self.store.sitter.only_class is not None
            whose = "不是您的班的" if is_teacher else "是以前的，值班员只看今晚和昨晚的"
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
        with self.store.read() as session:
            newest = select(RollCall).order_by(RollCall.evening.desc(), RollCall.id.desc())
            found = [call for call in session.scalars(newest) if self._may_see(call)]
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
            return call_lines(session, calls, known)

    def _may_see(self, call: RollCall) -> bool:
        sitter = self.store.sitter
        if not sitter.may(Right.SEE_STUDENTS):
            return call.evening >= self.today() - DUTY_SEES
        return sitter.only_class is None or call.class_uid == sitter.only_class

    def _known(self, call: RollCall) -> dict[str, Boarder]:
        return named(self.students, call.pupils)

    def _sleepers(self, call: RollCall, known: Mapping[str, Boarder]) -> tuple[Sleeper, ...]:
        """Return who stands on a saved roll and is still known, with the leaves of that hour."""
        at = datetime.combine(call.evening, call.called_at)
        with self.store.read() as session:
            beds, leaves = places(session), leaves_at(session, at)
        found = [known[uid] for uid in call.pupils if uid in known]
        return tuple(sleepers(found, beds, leaves, at))

    def _demand_boarders(self, unit: Unit) -> list[str]:
        """Return who is on a sheet, in its order."""
        pupils = [sleeper.pupil.uid for sleeper in unit.sleepers]
        if not pupils and not unit.elsewhere:
            raise UserError("这个宿舍没有住校生。", safe="没有保存。", do="请先登记床位。")
        if len(named(self.students, pupils)) < len(set(pupils)):
            raise UserError(
                "名单里有人不归您点名，或者已经不在名册里。",
                safe="没有保存。",
                do="请关上这个窗口，重新按“录入点名”。",
            )
        return pupils

    def _refuse_evening(self, evening: date) -> None:
        if evening > self.today():
            raise UserError(f"{show(evening)}还没有到。", safe="没有保存。", do="请改好日期。")
        can_see_all = self.store.sitter.may(Right.SEE_STUDENTS)
        if not can_see_all and evening < self.today() - DUTY_SEES:
            raise UserError(
                f"{show(evening)}已经过去了，值班员只点今晚和昨晚的名。",
                safe="没有保存。",
                do="要补录以前的，请找安全员。",
            )


def _demand_caller(called_by: str) -> None:
    if not called_by.strip():
        raise UserError("“点名人”没有填。", safe="没有保存。", do="请填好再保存。")
