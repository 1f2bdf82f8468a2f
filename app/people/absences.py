"""请假外出: who of the staff is away when, in half days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.people.records import Absence, Staff
from app.people.register import StaffRegister
from app.people.rules import ABSENCES, AWAY, HALVES, HalfDay, Spell

LABELS = {
    "kind": "请什么假",
    "first_on": "从哪天",
    "first_half": "从上午还是下午",
    "last_on": "到哪天",
    "last_half": "到上午还是下午",
    "note": "说明",
}
_KEYS = ("name", "post", "kind", "first_on", "last_on", "when", "days", "note")
_NOBODY = "没有登记。"


class AbsenceLine(NamedTuple):
    """One absence as a list shows it; ``kind`` and ``note`` only to who may know them."""

    uid: str
    person_uid: str
    name: str
    post: str
    kind: str
    spell: Spell
    note: str


class AbsenceRegister:
    """When the staff and the helpers of one school are away."""

    def __init__(self, store: Store, staff: StaffRegister) -> None:
        self.store, self.staff = store, staff
        self.views: dict[str, View] = {"list": self._list}

    def enter(
        self, people: Iterable[str], kind: str, spell: Spell, note: str | None = None
    ) -> list[Absence]:
        """Enter when these people, by uid, are away, as one change.

        Raises:
            UserError: the role may not, nobody is named, the days cannot be, or one of them is
                away on some of these days already; nobody's has been entered then.

        """
        self.store.sitter.demand(Right.DUTIES)
        whom = list(dict.fromkeys(people))
        if not whom:
            raise UserError("没有选人。", safe=_NOBODY, do="请选好是谁，可以选几位。")
        self._refuse(kind, spell)
        self._refuse_twice(whom, spell)
        with self.store.change("登记请假外出") as session:
            made = [
                Absence(person_uid=uid, kind=kind, note=_tidy(note), **spell._asdict())
                for uid in whom
            ]
            session.add_all(made)
        return made

    def correct(
        self,
        uid: str,
        kind: str,
        spell: Spell,
        note: str | None = None,
        *,
        seen: int | None = None,
    ) -> None:
        """Put right when and why somebody is away.

        Raises:
            UserError: the role may not, somebody changed it meanwhile, or the days cannot be.

        """
        self.store.sitter.demand(Right.DUTIES)
        self._refuse(kind, spell)
        one = self.store.get(Absence, uid)
        self._refuse_twice([one.person_uid], spell, but=uid)
        with self.store.change("改正请假外出"):
            one = self.store.get(Absence, uid)
            check_unchanged(self.store, one, seen, name="这一次请假外出", labels=LABELS)
            one.kind, one.note = kind, _tidy(note)
            for key, value in spell._asdict().items():
                setattr(one, key, value)

    def void(self, uid: str, reason: str) -> None:
        """Take an absence back that was none (没有去、登记错了).

        Raises:
            UserError: the role may not, or no reason is given.

        """
        self.store.sitter.demand(Right.DUTIES)
        self.store.void(uid, reason, "作废请假外出")

    def revive(self, uid: str) -> None:
        """Put an absence that was 作废 back in use.

        Raises:
            UserError: the role may not, or the person is away on some of these days otherwise.

        """
        self.store.sitter.demand(Right.DUTIES)
        gone = {one.uid: one for one in self.store.voided(Absence)}
        if one := gone.get(uid):
            self._refuse_twice([one.person_uid], one.spell)
        self.store.revive(uid, "恢复请假外出")

    def get(self, uid: str) -> Absence:
        """Return one absence."""
        return self.store.get(Absence, uid)

    def between(self, first: date, last: date) -> Sequence[Absence]:
        """Return the absences that touch these days, both included, the earliest first."""
        touching = (
            select(Absence)
            .join(Staff, Staff.uid == Absence.person_uid)
            .where(Absence.first_on <= last, Absence.last_on >= first)
            .order_by(Absence.first_on, Absence.id)
        )
        with self.store.read() as session:
            return session.scalars(touching).all()

    def of(self, person_uid: str) -> Sequence[Absence]:
        """Return the absences of one person, the newest first."""
        mine = select(Absence).where(Absence.person_uid == person_uid)
        with self.store.read() as session:
            return session.scalars(mine.order_by(Absence.first_on.desc())).all()

    def away(self, first: date, last: date) -> dict[str, frozenset[HalfDay]]:
        """Return the half days on which people are away in this span, by uid; both ends count."""
        found: dict[str, set[HalfDay]] = {}
        for one in self.between(first, last):
            inside = (half for half in one.spell.halves() if first <= half[0] <= last)
            found.setdefault(one.person_uid, set()).update(inside)
        return {uid: frozenset(halves) for uid, halves in found.items() if halves}

    def days_of(self, name: str, first: date, last: date) -> set[date]:
        """Return the days of a span on which whoever bears a name is away, or half away."""
        named = {one.uid for one in self.staff.named(name)}
        away = self.away(first, last)
        return {on for uid in named & away.keys() for on, _half in away[uid]}

    def uids_on(self, day: date) -> set[str]:
        """Return who is away on a day, or on half of it, by uid."""
        return {one.person_uid for one in self.between(day, day)}

    def on(self, day: date) -> list[AbsenceLine]:
        """Return who is away on a day, or on half of it."""
        return self.lines(day, day)

    def lines(self, first: date, last: date) -> list[AbsenceLine]:
        """Return who is away on these days; only who makes the rosters or leads reads why."""
        people = {one.uid: one for one in self.staff.everybody()}
        found = []
        for one in self.between(first, last):
            person = people[one.person_uid]
            kind, note = self.told(one)
            found.append(
                AbsenceLine(
                    one.uid, person.uid, person.name, person.post or "", kind, one.spell, note
                )
            )
        return found

    def told(self, one: Absence) -> tuple[str, str]:
        """Return why somebody is away, as far as whoever sits here may know it, and the note."""
        sitter = self.store.sitter
        if sitter.may(Right.DUTIES) or sitter.may(Right.SUPERVISE):
            return one.kind, one.note or ""
        return AWAY, ""

    def _refuse(self, kind: str, spell: Spell) -> None:
        wrong = [] if kind in ABSENCES else [f"“请什么假”只能选：{'、'.join(ABSENCES)}"]
        if spell.first_half not in HALVES or spell.last_half not in HALVES:
            wrong.append("半天只分上午、下午")
        if wrong := wrong or spell.faults():
            raise UserError(f"{'；'.join(wrong)}。", safe=_NOBODY, do="请改好再保存。")

    def _refuse_twice(self, whom: Iterable[str], spell: Spell, *, but: str = "") -> None:
        wanted = set(whom)
        names = {one.uid: one.name for one in self.staff.everybody()}
        twice = [
            f"{names[one.person_uid]}{one.spell.words}已经登记过"
            for one in self.between(spell.first_on, spell.last_on)
            if one.person_uid in wanted and one.uid != but and one.spell.meets(spell)
        ]
        if twice:
            raise UserError(
                f"日子重叠了：{'；'.join(twice)}。",
                safe="谁的都没有改动。",
                do="请把这几位去掉，或者先改正原来登记的那一次。",
            )

    def _list(self, where: Filter) -> list[Row]:
        rows = [
            {
                "name": line.name,
                "post": line.post,
                "kind": line.kind,
                "first_on": line.spell.first_on,
                "last_on": line.spell.last_on,
                "when": line.spell.words,
                "days": line.spell.days,
                "note": line.note,
            }
            for line in self.lines(date.min, date.max)
        ]
        return keep(rows, where, _KEYS)


def _tidy(note: str | None) -> str | None:
    return (note or "").strip() or None
