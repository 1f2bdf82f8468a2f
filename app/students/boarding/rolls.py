"""The roll of an evening (晚点名): one record a dormitory, or a class, and evening."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import WITH_VOID
from app.core.values import show
from app.students.boarding.boarders import named
from app.students.boarding.records import RollCall
from app.students.boarding.roll_book import DUTY_SEES, RollBook
from app.students.boarding.roll_doubles import refuse_back, refuse_double
from app.students.boarding.roll_lines import Unit, absence_of, lines_of, with_slips
from app.students.boarding.roll_news import check_same
from app.students.boarding.roll_writing import lines_in, marks_of_gone, rewrite, write_head
from app.students.boarding.rules import Absence, Mark, check_call


class RollRegister(RollBook):
    """The rolls as one calls them. A 班主任 calls the roll of the own class alone."""

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
            UserError: the role may not, a 班主任 has but a part of it, or no reason is given.

        """
        self.store.sitter.demand(Right.BOARDING)
        with self.store.change("作废晚点名"):
            if not self.line(uid).is_own:
                raise UserError(
                    "这份点名里有别班的学生，班主任不能作废。",
                    safe="没有改动。",
                    do="请找安全员；您班学生的去向，您可以更正。",
                )
            if not reason.strip():
                raise UserError("作废要选一个原因。", do="请选好原因再作废。")
            self.store.void(uid, reason.strip())

    def revive(self, uid: str) -> None:
        """Put a roll that is 作废 back in use.

        Raises:
            UserError: the role may not, or one of its children stands on another roll by now.

        """
        self.store.sitter.demand(Right.BOARDING)
        with self.store.change("恢复晚点名") as session:
            gone = select(RollCall).where(RollCall.uid == uid).execution_options(**WITH_VOID)
            if (call := session.scalars(gone).one_or_none()) is not None:
                refuse_back(session, call, lambda uids: named(self.students, uids))
            self.store.revive(uid, "恢复晚点名")

    # The rest is the register's own.

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
