"""The staff list: who works here, at what post, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.imports import Fate, Plan, Tick, counted
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.people.listing import post_words
from app.people.records import Staff
from app.people.rules import FULL, KINDS, OUTSIDE, share_faults

KEYS = ("name", "sex", "post", "leader", "phone", "kind", "abilities", "weight", "no_nights")
LABELS = {
    "name": "姓名",
    "post": "职务",
    "phone": "联系电话",
    "kind": "是什么人",
    "abilities": "能做什么",
    "weight": "值班分量",
    "no_nights": "不值夜",
}
_SPLITS = re.compile(r"[、，,；;/\s]+")
_SHARE = ("weight", "weight_reason", "no_nights", "lives_nights")


class StaffRegister:
    """The school's staff."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.leaving: list[Callable[[str, str], object]] = []  # hear who leaves, and why
        self.views: dict[str, View] = {
            "list": self._list,
            "outside": self._outside,
            "everybody": self._everybody,
        }

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
            UserError: the role of whoever sits here does not include it, or the share of the load
                cannot be.

        """
        self._store.sitter.demand(Right.PEOPLE)
        _refuse(more)
        staff = Staff(
            name=name, sex=sex, post=post, is_leader=is_leader, phone=phone, notes=notes, **more
        )
        with self._store.change("登记教职工") as session:
            session.add(staff)
        return staff

    def correct(self, uid: str, *, seen: int | None = None, **values: Any) -> None:
        """Put right what was entered; ``seen`` is the revision the dialog was opened at.

        Raises:
            UserError: the role does not include it, the person is 作废, or the share of the load
                cannot be.

        """
        self._store.sitter.demand(Right.PEOPLE)
        with self._store.change("更正教职工"):
            staff = self._store.get(Staff, uid)
            check_unchanged(self._store, staff, seen, name=staff.name, labels=LABELS)
            _refuse({key: getattr(staff, key) for key in _SHARE} | values)
            for key, value in values.items():
                setattr(staff, key, value)

    def say_abilities(
        self, abilities: Mapping[str, Sequence[str]], *, leaders: Collection[str] = ()
    ) -> None:
        """Say what these people, by uid, may do on duty, and which of them lead, as one change.

        Raises:
            UserError: the role does not include it.

        """
        self._store.sitter.demand(Right.PEOPLE)
        with self._store.change("按职务填写岗位能力"):
            for uid, able in abilities.items():
                staff = self._store.get(Staff, uid)
                staff.abilities = list(dict.fromkeys(able)) or None
                if uid in leaders:
                    staff.is_leader = True

    def leave(self, uid: str, reason: str) -> None:
        """Take somebody off the list (调离、退休); what names them stays as it is.

        Whoever is ``leaving`` told hears the name, unless another one has the same.

        Raises:
            UserError: the role does not include it, or the person is off the list already.

        """
        self._store.sitter.demand(Right.PEOPLE)
        staff = self._store.get(Staff, uid)
        is_sole = sum(one.name == staff.name for one in self.everybody()) == 1
        with self._store.change("教职工离校"):
            self._store.get(Staff, uid).void(reason)
            for told in self.leaving if is_sole else ():
                told(staff.name, reason)

    def carry_out(self, plan: Plan, tick: Tick = lambda *_: None) -> None:
        """Write what the preview said, as one change that one undo takes back.

        Raises:
            UserError: the role does not include it.

        """
        self._store.sitter.demand(Right.IMPORT)
        self._store.back_up()
        with self._store.change("导入教职工名单") as session:
            for line in counted(plan.lines, tick):
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

    def told(self) -> dict[str, str]:
        """Return everybody's uid by a word that names nobody else: 王芳, 王芳（教师·0001）.

        No word holds what parts one person from the next where several are typed.
        """
        people = self.everybody()
        names = [_SPLITS.sub("·", one.name) for one in people]
        found: dict[str, str] = {}
        for one, name in zip(people, names, strict=True):
            word = name
            if names.count(name) > 1:
                more = _SPLITS.sub("·", f"{one.post or one.kind} {(one.phone or '')[-4:]}".strip())
                word = f"{name}（{more}）"
            while word in found:
                word += "＊"
            found[word] = one.uid
        return found

    def _list(self, where: Filter) -> list[Row]:
        return keep(map(row_of, self.all()), where, KEYS)

    def _outside(self, where: Filter) -> list[Row]:
        return keep(map(row_of, self.outside()), where, KEYS)

    def _everybody(self, where: Filter) -> list[Row]:
        return keep(map(row_of, self.everybody()), where, KEYS)


def row_of(staff: Staff) -> Row:
    """Return what lists and papers say of a person."""
    return {
        "name": staff.name,
        "sex": staff.sex,
        "post": staff.post,
        "post_said": post_words(staff),
        "leader": staff.is_leader,
        "phone": staff.phone,
        "kind": staff.kind,
        "abilities": "、".join(staff.abilities or ()),
        "weight": staff.weight,
        "no_nights": staff.no_nights,
    }


def _refuse(said: Mapping[str, Any]) -> None:
    wrong = share_faults(
        weight=said.get("weight", FULL),
        weight_reason=said.get("weight_reason"),
        no_nights=said.get("no_nights", False),
        lives_nights=said.get("lives_nights", False),
    )
    if wrong:
        raise UserError(f"{'；'.join(wrong)}。", safe="没有保存。", do="请改好再保存。")


def _place(staff: Staff) -> int:
    """Return where a kind of person stands in a list: the school's own come first, as one."""
    return KINDS.index(staff.kind) if staff.kind in OUTSIDE else 0
