"""Who stays at the school over the holidays (假期留校), and which teacher answers for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.students.boarding.records import Stay
from app.students.register import StudentRegister

LABELS = {
    "starts_on": "从哪天", "ends_on": "到哪天", "place": "住处", "keeper": "负责教师",
    "phone": "联系电话", "remark": "说明",
}  # fmt: skip
_KEYS = ("uid", "kind", "name", "class_name", "starts_on", "ends_on", "place", "keeper")


class StayKind(StrEnum):
    """Who stays."""

    PUPIL = "学生"
    STAFF = "教职工"


class StayLine(NamedTuple):
    """One who stays, as lists and the paper show it; ``phone`` is the guardian's for a pupil."""

    uid: str
    kind: str
    name: str
    class_name: str
    starts_on: date
    ends_on: date
    place: str
    keeper: str
    phone: str
    remark: str
    is_now: bool


class StayRegister:
    """The lists of who stays. A 班主任 sees the pupils of the own class, and the staff."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.store, self.students, self.now = store, students, now
        self.views: dict[str, View] = {"list": self._listed}

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def lines(self) -> list[StayLine]:
        """Return who stays, the newest holidays first, staff before pupils.

        Raises:
            UserError: the role may not see pupils.

        """
        pupils = {pupil.uid: pupil for pupil in self.students.pupils(everybody=True)}
        today = self.today()
        with self.store.read() as session:
            found = session.scalars(select(Stay)).all()
        lines = []
        for one in found:
            pupil = pupils.get(one.student_uid or "")
            if one.student_uid and pupil is None:
                continue
            lines.append(
                StayLine(
                    one.uid,
                    one.kind,
                    pupil.name if pupil else one.name,
                    pupil.class_name if pupil else "",
                    one.starts_on,
                    one.ends_on,
                    one.place,
                    one.keeper,
                    one.phone or (pupil.phone1 if pupil else "") or "",
                    one.remark or "",
                    one.starts_on <= today <= one.ends_on,
                )
            )
        kinds = [str(StayKind.STAFF), str(StayKind.PUPIL)]
        return sorted(
            lines, key=lambda s: (-s.starts_on.toordinal(), kinds.index(s.kind), s.class_name)
        )

    def get(self, uid: str) -> Stay:
        """Return one line.

        Raises:
            UserError: the role may not see this pupil, or it is 作废.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        stay = self.store.get(Stay, uid)
        if stay.student_uid:
            self.students.get(stay.student_uid)
        return stay

    def enter(
        self, *, student_uid: str | None = None, name: str | None = None, **facts: Any
    ) -> Stay:
        """Enter a pupil, or else one of the staff by name.

        Raises:
            UserError: the role may not, nobody or both are named, or the days cannot be.

        """
        self.store.sitter.demand(Right.BOARDING)
        name = (name or "").strip()
        if bool(student_uid) == bool(name):
            raise UserError("“学生”和“教职工”要填一个，也只填一个。", do="请改好再保存。")
        if student_uid:
            self.students.get(student_uid)
        with self.store.change("登记假期留校") as session:
            stay = Stay(
                kind=StayKind.PUPIL if student_uid else StayKind.STAFF,
                name=name,
                student_uid=student_uid or None,
                **facts,
            )
            _check(stay)
            session.add(stay)
        return stay

    def correct(self, uid: str, *, seen: int | None = None, **facts: Any) -> None:
        """Put a line right; who it is about stays. ``seen`` is the revision corrected.

        Raises:
            UserError: the role may not, the days cannot be, or it was changed meanwhile.

        """
        with self.store.change("更正假期留校"):
            stay = self._to_write(uid)
            check_unchanged(
                self.store, stay, seen, name="这一条留校", labels=LABELS, sealed=("phone",)
            )
            for key, value in facts.items():
                setattr(stay, key, value)
            _check(stay)

    def void(self, uid: str, reason: str) -> None:
        """Mark a line 作废.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        with self.store.change("作废假期留校"):
            self._to_write(uid)
            if not reason.strip():
                raise UserError("作废要选一个原因。", do="请选好原因再作废。")
            self.store.void(uid, reason.strip())

    def _to_write(self, uid: str) -> Stay:
        self.store.sitter.demand(Right.BOARDING)
        return self.get(uid)

    def _listed(self, where: Filter) -> list[Row]:
        return keep((line._asdict() for line in self.lines()), where, _KEYS)


def _check(stay: Stay) -> None:
    if stay.ends_on < stay.starts_on:
        raise UserError("“到哪天”早于“从哪天”。", safe="没有保存。", do="请核对再保存。")
    for value, name in ((stay.place, "住处"), (stay.keeper, "负责教师")):
        if not (value or "").strip():
            raise UserError(f"“{name}”没有填。", safe="没有保存。", do="请填好再保存。")
