"""The staff list: who works here, at what post, and how to reach them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.core.imports import Fate, Plan
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.people.records import Staff
from app.people.rules import KINDS, OUTSIDE

KEYS = ("name", "sex", "post", "leader", "phone")


class StaffRegister:
    """The school's staff."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.views: dict[str, View] = {"list": self._list}

    def enter(
        self,
        *,
        name: str,
        sex: str | None = None,
        post: str | None = None,
        is_leader: bool = False,
        phone: str | None = None,
        notes: str | None = None,
        **more: Any,
    ) -> Staff:
        """Enter a new member of the staff; ``more`` is what they may do on duty and how much.

        Raises:
            UserError: the role of whoever sits here does not include it.

        """
        self._store.sitter.demand(Right.PEOPLE)
        staff = Staff(
            name=name, sex=sex, post=post, is_leader=is_leader, phone=phone, notes=notes, **more
        )
        with self._store.change("登记教职工") as session:
            session.add(staff)
        return staff

    def correct(self, uid: str, **values: Any) -> None:
        """Put right what was entered.

        Raises:
            UserError: the role does not include it, or the person is 作废.

        """
        self._store.sitter.demand(Right.PEOPLE)
        with self._store.change("更正教职工"):
            staff = self._store.get(Staff, uid)
            for key, value in values.items():
                setattr(staff, key, value)

    def leave(self, uid: str, reason: str) -> None:
        """Take somebody off the list (调离、退休); what names them stays as it is.

        Raises:
            UserError: the role does not include it, or the person is off the list already.

        """
        self._store.sitter.demand(Right.PEOPLE)
        with self._store.change("教职工离校"):
            self._store.get(Staff, uid).void(reason)

    def carry_out(self, plan: Plan) -> None:
        """Write what the preview said, as one change that one undo takes back.

        Raises:
            UserError: the role does not include it.

        """
        self._store.sitter.demand(Right.IMPORT)
        self._store.back_up()
        with self._store.change("导入教职工名单") as session:
            for line in plan.lines:
                if line.fate is Fate.ADDED:
                    session.add(Staff(**line.values))
                elif line.fate is Fate.UPDATED and line.uid:
                    staff = self._store.get(Staff, line.uid)
                    for key, value in line.values.items():
                        setattr(staff, key, value)

    def get(self, uid: str) -> Staff:
        """Return one member of the staff."""
        return self._store.get(Staff, uid)

    def all(self) -> Sequence[Staff]:
        """Return the school's own staff, leaders first, in the order they were entered."""
        return [staff for staff in self.everybody() if not staff.is_outside]

    def outside(self) -> Sequence[Staff]:
        """Return who helps from outside (保安、家长志愿者、民警、社区人员), by kind."""
        return [staff for staff in self.everybody() if staff.is_outside]

    def everybody(self) -> Sequence[Staff]:
        """Return the school's own staff as ``all`` does, then who helps from outside."""
        with self._store.read() as session:
            found = session.scalars(select(Staff).order_by(Staff.is_leader.desc(), Staff.id)).all()
        return sorted(found, key=_place)

    def names(self) -> list[str]:
        """Return the names to choose a person from, leaders first, each once."""
        return list(dict.fromkeys(staff.name for staff in self.all()))

    def named(self, name: str) -> Sequence[Staff]:
        """Return everybody of this name."""
        return [staff for staff in self.all() if staff.name == name]

    def _list(self, where: Filter) -> list[Row]:
        rows = [
            {
                "name": staff.name,
                "sex": staff.sex,
                "post": staff.post,
                "leader": staff.is_leader,
                "phone": staff.phone,
            }
            for staff in self.all()
        ]
        return keep(rows, where, KEYS)


def _place(staff: Staff) -> int:
    """Return where a kind of person stands in a list: the school's own come first, as one."""
    return KINDS.index(staff.kind) if staff.kind in OUTSIDE else 0
