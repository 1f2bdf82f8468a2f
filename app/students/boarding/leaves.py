"""The leaves of the pupils (请销假): asked for, granted, begun, ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.paper.wording import masked
from app.core.roles import Right
from app.core.store import Store
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.students.boarding.beds import NOWHERE, places
from app.students.boarding.leave_ends import LeftSchool
from app.students.boarding.leave_lines import LABELS, LeaveLine, listed
from app.students.boarding.records import SEALED, Leave
from app.students.boarding.rules import Kind, State, check_leave, late_by, state_of
from app.students.register import StudentRegister

LOOK = "查看请假内容"
_KEYS = (
    *("uid", "number", "name", "class_name", "grade", "kind", "state", "from_at", "back_by"),
    *("returned_at", "late", "teacher"),
)
_LAST = time(23, 59)


class LeaveRegister:
    """The leaves of one school; their numbers run QJ-2026-0001. A 班主任 sees the own class."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.store, self.students, self.now = store, students, now
        self.views: dict[str, View] = {"list": self._listed, "slip": self._slips}

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def lines(self) -> list[LeaveLine]:
        """Return the leaves one may see: who is not back in time first, who is back last.

        Raises:
            UserError: the role may not see pupils.

        """
        pupils = {pupil.uid: pupil for pupil in self.students.pupils(everybody=True)}
        now = self.now()
        with self.store.read() as session:
            beds, left = places(session), LeftSchool(session)
            found = session.scalars(select(Leave).order_by(Leave.id.desc())).all()
        lines = [
            LeaveLine(
                one.uid,
                one.number,
                pupils[one.student_uid],
                beds.get(one.student_uid, NOWHERE),
                one.kind,
                one.from_at,
                one.back_by,
                one.returned_at,
                one.teacher,
                state_of(left.moments(one), now),
                late_by(left.moments(one), now),
            )
            for one in found
            if one.student_uid in pupils
        ]
        states = tuple(State)
        return sorted(lines, key=lambda line: states.index(line.state))

    def late(self) -> list[LeaveLine]:
        """Return who should be back and is not, the longest away first.

        Raises:
            UserError: the role may not see pupils.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        over = select(Leave.id).where(Leave.returned_at.is_(None), Leave.back_by < self.now())
        with self.store.read() as session:
            if session.scalars(over).first() is None:
                return []
        found = [line for line in self.lines() if line.state is State.LATE]
        return sorted(found, key=lambda line: line.back_by)

    def get(self, uid: str) -> Leave:
        """Return one leave.

        Raises:
            UserError: the role may not see this pupil, or the leave is 作废.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        leave = self.store.get(Leave, uid)
        self.students.get(leave.student_uid)
        return leave

    def sealed(self, uid: str) -> dict[str, str]:
        """Open what is sealed of one leave; the look is written down.

        Raises:
            UserError: the role may not open it.

        """
        self.store.sitter.demand(Right.SEE_SEALED)
        leave = self.get(uid)
        self.store.note(LOOK, about=uid)
        return {key: getattr(leave, key) or "" for key in SEALED}

    def ask(self, student_uid: str, **facts: Any) -> Leave:
        """Write a slip; with ``granted_by`` it is granted at once.

        Raises:
            UserError: the role may not, the moments cannot be, or the pupil is away already.

        """
        self.store.sitter.demand(Right.BOARDING)
        self.students.get(student_uid)
        with self.store.change("开请假条") as session:
            leave = Leave(
                number=self.store.number("QJ", self.today().year),
                student_uid=student_uid,
                **_said(facts),
            )
            self._check(leave)
            session.add(leave)
        return leave

    def correct(self, uid: str, *, seen: int | None = None, **facts: Any) -> None:
        """Put a slip right; facts not named stay. ``seen`` is the revision corrected.

        Raises:
            UserError: the role may not, a moment cannot be, or it was changed meanwhile.

        """
        with self.store.change("更正请假条"):
            leave = self._to_write(uid, seen)
            for key, value in _said(facts).items():
                setattr(leave, key, value)
            self._check(leave)

    def grant(self, uid: str, by: str) -> None:
        """Grant a leave.

        Raises:
            UserError: the role may not, nobody is named, or it is granted already.

        """
        with self.store.change("批准请假"):
            leave = self._to_write(uid, None)
            if leave.granted_by:
                raise UserError(f"{leave.number}已经批准过了。", safe="没有改动。")
            if not by.strip():
                raise UserError("“批准人”没有填。", do="请填好再保存。")
            leave.granted_by = by.strip()

    def depart(self, uid: str) -> None:
        """Write down that the pupil leaves now.

        Raises:
            UserError: the role may not, it is not granted, or the pupil is gone already.

        """
        with self.store.change("登记离校"):
            leave = self._to_write(uid, None)
            if not leave.granted_by:
                raise UserError(
                    f"{leave.number}还没有批准。", safe="没有改动。", do="请先批准，再登记离校。"
                )
            if leave.left_at is not None:
                raise UserError(f"{leave.number}已经登记过离校。", safe="没有改动。")
            leave.left_at = self._minute()

    def end(self, uid: str, *, by: str = "", at: datetime | None = None) -> None:
        """Write down that the pupil is back (销假), now or at an earlier moment.

        Raises:
            UserError: the role may not, the pupil is back already, or the moment cannot be.

        """
        with self.store.change("销假"):
            leave = self._to_write(uid, None)
            if leave.returned_at is not None:
                raise UserError(
                    f"{leave.number}已经销假，{show(leave.returned_at)}返校。", safe="没有改动。"
                )
            if not leave.granted_by and leave.left_at is None:
                raise UserError(
                    f"{leave.number}还没有批准，不用销假。",
                    safe="没有改动。",
                    do="不请了，就把它作废；批准了，先写上批准人。",
                )
            leave.returned_at = at or self._minute()
            leave.ended_by = by.strip() or self.store.sitter.name or "未写明"
            self._check(leave)

    def void(self, uid: str, reason: str) -> None:
        """Mark a slip 作废; its number is not given out again.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        with self.store.change("作废请假条"):
            self._to_write(uid, None)
            if not reason.strip():
                raise UserError("作废要选一个原因。", do="请选好原因再作废。")
            self.store.void(uid, reason.strip())

    def slip(self, uid: str) -> Row:
        """Return what the three parts of a slip say; the look is written down.

        Raises:
            UserError: the role may not open it.

        """
        self.sealed(uid)
        leave = self.get(uid)
        student = self.students.get(leave.student_uid)
        rooms = self.students.classes(also_over=True)
        room = next(one for one in rooms if one.uid == student.class_uid)
        with self.store.read() as session:
            place = places(session).get(student.uid, NOWHERE)
        fetched = "　".join(filter(None, (leave.fetched_by, leave.relation)))
        called = f"{leave.called_at:%m-%d %H:%M} 已电话确认" if leave.called_at else ""
        return {
            **{key: getattr(leave, key) for key in LABELS},
            "number": leave.number,
            "name": student.name,
            "class_name": room.name,
            "bed": place.said(),
            "fetched": fetched,
            "fetched_phone": "　".join(filter(None, (fetched, masked(leave.phone, "phone")))),
            "called": called,
        }

    # The rest is the register's own.

    def _minute(self) -> datetime:
        return self.now().replace(second=0, microsecond=0)

    def _to_write(self, uid: str, seen: int | None) -> Leave:
        self.store.sitter.demand(Right.BOARDING)
        leave = self.get(uid)
        check_unchanged(
            self.store, leave, seen, name=f"请假条{leave.number}", labels=LABELS, sealed=SEALED
        )
        return leave

    def _check(self, leave: Leave) -> None:
        """Refuse what cannot be: strange words, moments, or two leaves of a pupil at one time."""
        leave.kind = Kind(leave.kind)
        check_leave(leave.moments, leave.called_at, datetime.combine(self.today(), _LAST))
        if leave.returned_at is not None:
            return
        others = select(Leave).where(
            Leave.student_uid == leave.student_uid,
            Leave.number != leave.number,
            Leave.returned_at.is_(None),
            Leave.from_at < leave.back_by,
            Leave.back_by > leave.from_at,
        )
        with self.store.read() as session:
            left = LeftSchool(session)
            other = next((x for x in session.scalars(others) if not left.moments(x).is_over), None)
        if other is not None:
            raise UserError(
                f"这名学生在同一段时间已经有一张请假条：{other.number}。",
                safe="没有保存。",
                do="请先给那一张销假，或者作废其中一张。",
            )

    def _listed(self, where: Filter) -> list[Row]:
        return keep(map(listed, self.lines()), where, _KEYS)

    def _slips(self, where: Filter) -> list[Row]:
        chosen = keep(map(listed, self.lines()), where, _KEYS)
        return [self.slip(row["uid"]) for row in chosen]


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts with texts stripped; a blank one is nothing."""
    said = {k: v.strip() or None if isinstance(v, str) else v for k, v in facts.items()}
    for key, name in (("kind", "请假类别"), ("reason", "事由"), ("teacher", "班主任")):
        if key in said and said[key] is None:
            raise UserError(f"“{name}”没有填。", safe="没有保存。", do="请填好再保存。")
    return said
