"""The roll of an evening (晚点名): one record a dormitory, or a class, and evening."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.students.boarding.beds import NOWHERE, boarders, by_door, places
from app.students.boarding.records import RollCall, RollLine
from app.students.boarding.roll_lines import (
    CallLine,
    Missed,
    Sleeper,
    Unit,
    absence_of,
    call_line,
    lines_of,
    open_leaves,
    sheet_row,
    sleepers,
)
from app.students.boarding.rules import (
    Absence,
    Mark,
    check_call,
)
from app.students.lines import Pupil
from app.students.register import StudentRegister

USUAL = time(21, 30)  # a default: half an hour before the lights go out at ten
_CALL_KEYS = ("unit", "on", "name", "class_name", "mark")
_BLANK_KEYS = ("unit", "name", "class_name")


class RollRegister:
    """The rolls of one school. A 班主任 calls and sees the roll of the own class alone."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.store, self.students, self.now = store, students, now
        self.views: dict[str, View] = {"blank": self._blanks, "calls": self._called}

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def units(self, evening: date | None = None) -> list[Unit]:
        """Return the sheets of an evening: dormitories, and the classes of who has none.

        Whoever is on leave that evening is marked so already.

        Raises:
            UserError: the role may not see pupils.

        """
        at = datetime.combine(evening or self.today(), USUAL)
        pupils = boarders(self.students)
        with self.store.read() as session:
            beds = places(session)
            leaves = open_leaves(session)
        own = self.store.sitter.only_class is not None
        groups: dict[tuple[str, str | None], list[Pupil]] = {}
        for pupil in pupils:
            dorm = beds.get(pupil.uid, NOWHERE).dorm
            is_class = own or not dorm
            key = (pupil.class_name, pupil.class_uid) if is_class else (dorm, None)
            groups.setdefault(key, []).append(pupil)
        return [
            Unit(name, class_uid, tuple(sleepers(by_door(found, beds), beds, leaves, at)))
            for (name, class_uid), found in sorted(groups.items(), key=lambda one: one[0][1] or "")
        ]

    def unit(self, name: str, evening: date | None = None) -> Unit:
        """Return one sheet.

        Raises:
            UserError: there is none of this name, or the role may not see pupils.

        """
        for unit in self.units(evening):
            if unit.name == name:
                return unit
        raise UserError(f"没有叫“{name}”的宿舍。", do="请从列出的宿舍和班级里选一个。")

    def check_evening(self, unit: str, evening: date) -> None:
        """Go on only if this roll may be entered.

        Raises:
            UserError: the evening is still to come, or has its roll already.

        """
        self._refuse_evening(evening)
        with self.store.read() as session:
            self._refuse_double(session, evening, unit)

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
            UserError: the role may not, the evening is still to come or has its roll already, or
                the numbers do not agree (see ``check_call``).

        """
        self.store.sitter.demand(Right.BOARDING)
        self._refuse_evening(evening)
        _demand_caller(called_by)
        pupils = [sleeper.pupil.uid for sleeper in unit.sleepers]
        if not pupils:
            raise UserError("这个宿舍没有住校生。", safe="没有保存。", do="请先登记床位。")
        for uid in pupils:
            self.students.get(uid)
        counts = check_call(pupils, marks, absences, counted)
        with self.store.change("录入晚点名") as session:
            self._refuse_double(session, evening, unit.name)
            call = RollCall(
                evening=evening,
                unit=unit.name,
                class_uid=unit.class_uid,
                pupils=pupils,
                here=counts.here,
                called_by=called_by.strip(),
                called_at=called_at,
                leader=(leader or "").strip() or None,
                handling=(handling or "").strip() or None,
            )
            session.add(call)
            session.flush()
            session.add_all(lines_of(call, marks, absences))
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
    ) -> None:
        """Put a roll right, or write down where a missing pupil turned out to be.

        Raises:
            UserError: the role may not, or the numbers do not agree.

        """
        with self.store.change("更正晚点名") as session:
            call = self._to_write(uid)
            _demand_caller(called_by)
            known = {
                line.student_uid: line
                for line in session.scalars(select(RollLine).where(RollLine.call_id == call.id))
            }
            gone = self._gone(call)
            marks = {uid: _mark(known.get(uid)) for uid in gone} | dict(marks)
            absences = {uid: absence_of(known[uid]) for uid in gone if uid in known} | dict(
                absences
            )
            counts = check_call(call.pupils, marks, absences, counted)
            call.here, call.called_by, call.called_at = counts.here, called_by.strip(), called_at
            call.leader = (leader or "").strip() or None
            call.handling = (handling or "").strip() or None
            for made in lines_of(call, marks, absences):
                if (line := known.pop(made.student_uid, None)) is None:
                    session.add(made)
                else:
                    line.mark, line.whereabouts, line.told = made.mark, made.whereabouts, made.told
            for line in known.values():
                line.void("改为到")

    def void(self, uid: str, reason: str) -> None:
        """Mark a roll 作废.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        with self.store.change("作废晚点名"):
            self._to_write(uid)
            if not reason.strip():
                raise UserError("作废要选一个原因。", do="请选好原因再作废。")
            self.store.void(uid, reason.strip())

    def get(self, uid: str) -> RollCall:
        """Return one roll.

        Raises:
            UserError: the role may not see it, or it is 作废.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        call = self.store.get(RollCall, uid)
        only = self.store.sitter.only_class
        if only is not None and call.class_uid != only:
            raise UserError(
                "这份点名不是您的班的。", safe="什么都没有显示。", do="要看别班的，请找安全员。"
            )
        return call

    def calls(self) -> list[CallLine]:
        """Return the rolls one may see, the newest evening first.

        Raises:
            UserError: the role may not see pupils.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        only = self.store.sitter.only_class
        with self.store.read() as session:
            lines: dict[int, list[RollLine]] = {}
            for line in session.scalars(select(RollLine)):
                lines.setdefault(line.call_id, []).append(line)
            found = session.scalars(
                select(RollCall).order_by(RollCall.evening.desc(), RollCall.id.desc())
            ).all()
        return [
            call_line(call, lines.get(call.id, []))
            for call in found
            if only is None or call.class_uid == only
        ]

    def missed(self, uid: str) -> list[Missed]:
        """Return who was not here, in the order of the sheet."""
        call = self.get(uid)
        pupils = {pupil.uid: pupil for pupil in self.students.pupils(everybody=True)}
        with self.store.read() as session:
            beds = places(session)
            found = session.scalars(select(RollLine).where(RollLine.call_id == call.id)).all()
        by_uid = {line.student_uid: line for line in found}
        return [
            Missed(
                one,
                pupils[one].name,
                pupils[one].class_name,
                beds.get(one, NOWHERE),
                by_uid[one].mark,
                absence_of(by_uid[one]),
            )
            for one in call.pupils
            if one in by_uid and one in pupils
        ]

    def again(self, uid: str) -> tuple[RollCall, Unit, dict[str, Mark], dict[str, Absence]]:
        """Return a roll as the dialog shows it: its sheet, the marks, the absences."""
        call = self.get(uid)
        pupils = {pupil.uid: pupil for pupil in self.students.pupils(everybody=True)}
        with self.store.read() as session:
            beds = places(session)
        sleepers = tuple(
            Sleeper(pupils[one], beds.get(one, NOWHERE)) for one in call.pupils if one in pupils
        )
        marks = {sleeper.pupil.uid: Mark.HERE for sleeper in sleepers}
        absences = {}
        for one in self.missed(uid):
            marks[one.student_uid] = Mark(one.mark)
            absences[one.student_uid] = one.absence
        return call, Unit(call.unit, call.class_uid, sleepers), marks, absences

    def not_called(self) -> list[str]:
        """Return the dormitories and classes that have no roll of tonight yet."""
        done = {line.unit for line in self.calls() if line.evening == self.today()}
        return [unit.name for unit in self.units() if unit.name not in done]

    # The rest is the register's own.

    def _gone(self, call: RollCall) -> list[str]:
        """Return who was expected and is no longer known here; what was said of them stays."""
        here = {pupil.uid for pupil in self.students.pupils(everybody=True)}
        return [uid for uid in call.pupils if uid not in here]

    def _to_write(self, uid: str) -> RollCall:
        self.store.sitter.demand(Right.BOARDING)
        return self.get(uid)

    def _refuse_evening(self, evening: date) -> None:
        if evening > self.today():
            raise UserError(f"{show(evening)}还没有到。", safe="没有保存。", do="请改好日期。")

    def _refuse_double(self, session: Session, evening: date, unit: str) -> None:
        same = select(RollCall.id).where(RollCall.evening == evening, RollCall.unit == unit)
        if session.scalar(same) is not None:
            raise UserError(
                f"{unit}{show(evening)}已经点过名。",
                safe="没有重复登记。",
                do="请在名单里打开那一次，更正就可以。",
            )

    def _blanks(self, where: Filter) -> list[Row]:
        rows = (
            sheet_row(unit.name, self.today(), one, str(one.mark or ""), Absence(one.note))
            for unit in self.units()
            for one in unit.sleepers
        )
        return keep(rows, where, _BLANK_KEYS)

    def _called(self, where: Filter) -> list[Row]:
        rows = (row for line in self.calls() for row in self.sheet(line.uid))
        return keep(rows, where, _CALL_KEYS)

    def sheet(self, uid: str) -> list[Row]:
        """Return one roll as its paper shows it, a row for each who was expected."""
        call, unit, marks, absences = self.again(uid)
        counts = call_line(call, []).counts
        missing = sum(mark is Mark.MISSING for mark in marks.values())
        counts = counts._replace(missing=missing, leave=counts.expected - counts.here - missing)
        said = (
            f"{unit.name}　{show(call.evening)} {show(call.called_at)}",
            counts.said(),
            f"点名人：{call.called_by}",
            f"值班领导：{call.leader}" if call.leader else "",
            f"异常处理：{call.handling}" if call.handling else "",
        )
        head = {"heading": "　　".join(filter(None, said))}
        return [
            sheet_row(unit.name, call.evening, one, str(mark), absences.get(one.pupil.uid)) | head
            for one in unit.sleepers
            for mark in [marks[one.pupil.uid]]
        ]


def _demand_caller(called_by: str) -> None:
    if not called_by.strip():
        raise UserError("“点名人”没有填。", safe="没有保存。", do="请填好再保存。")


def _mark(line: RollLine | None) -> str:
    return line.mark if line else str(Mark.HERE)
