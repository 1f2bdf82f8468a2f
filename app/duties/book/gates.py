"""Who was at the gate (护学岗到岗): expected, come, late, gone too early, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.duties.book import gate_views
from app.duties.book.records import GateCheck
from app.duties.book.rules import Turnout, check_gate, turnout
from app.duties.book.shifts import (
    A_WEEK,
    GATE,
    Shift,
    Shifts,
    Written,
    ended_days,
    no_shifts,
    said_of_missing,
)
from app.duties.book.since import asked_since

LABELS = {
    "duty_on": "日期", "post": "岗位", "heads": "至少几人", "lines": "到岗情况",
    "handling": "处理情况", "checked_by": "检查人",
}  # fmt: skip


class Attendance(TypedDict, total=False):
    """What may be said of a gate shift when it is entered or put right."""

    duty_on: date
    post: str
    heads: int
    lines: list[dict[str, Any]]
    handling: str | None
    checked_by: str | None


class GateRegister:
    """The sheets of the gate; their numbers run HD-2026-0001."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime] = datetime.now,
        shifts: Shifts = no_shifts,
    ) -> None:
        """``shifts`` gives the roster of some days."""
        self.store, self.now, self.roster = store, now, shifts
        self.views: dict[str, View] = gate_views.views(self)

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def enter(self, **said: Unpack[Attendance]) -> GateCheck:
        """Enter who was at the gate in one shift.

        ``lines`` are the people: ``name``, ``kind``, ``mark``, ``came``, ``left`` (times),
        ``words``; ``extra`` is true of who came in the place of another.

        Raises:
            UserError: the role may not, the shift is there already, somebody has no mark, or
                nothing is said of who was missing.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        known = _tidy(said)
        check_gate({**known, "lines": said.get("lines") or ()}, self.today())
        with self.store.change("登记护学岗到岗") as session:
            self._refuse_double(known["duty_on"], known["post"])
            made = GateCheck(
                number=self.store.number("HD", known["duty_on"].year),
                post_uid=self._post_uid(known["duty_on"], known["post"]),
                entered_at=self.now().replace(microsecond=0),
                **{"heads": 0, **known},
            )
            session.add(made)
        return made

    def correct(self, uid: str, *, seen: int | None = None, **said: Unpack[Attendance]) -> None:
        """Put right what was entered.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be so.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("更正护学岗到岗") as session, session.no_autoflush:
            found = self.get(uid)
            name = f"到岗登记{found.number}"
            check_unchanged(self.store, found, seen, name=name, labels=LABELS)
            for key, value in _tidy(said).items():
                setattr(found, key, value)
            facts = {key: getattr(found, key) for key in Attendance.__annotations__}
            check_gate({**facts, "lines": said.get("lines", found.lines)}, self.today())
            self._refuse_double(found.duty_on, found.post, but=uid)
            found.post_uid = self._post_uid(found.duty_on, found.post)

    def void(self, uid: str, reason: str) -> None:
        """Mark a sheet 作废."""
        self.store.sitter.demand(Right.DUTY_BOOK)
        self.store.void(uid, reason, "作废护学岗到岗")

    # Reading

    def get(self, uid: str) -> GateCheck:
        """Return one sheet."""
        return self.store.get(GateCheck, uid)

    def all(self) -> Sequence[GateCheck]:
        """Return the sheets, the newest first."""
        order = (GateCheck.duty_on.desc(), GateCheck.id.desc())
        with self.store.read() as session:
            return session.scalars(select(GateCheck).order_by(*order)).all()

    def between(self, first: date, last: date) -> Sequence[GateCheck]:
        """Return the sheets of these days, both ends counted, the earliest first."""
        wanted = select(GateCheck).where(GateCheck.duty_on.between(first, last))
        with self.store.read() as session:
            return session.scalars(wanted.order_by(GateCheck.duty_on, GateCheck.id)).all()

    def shifts(self, first: date, last: date) -> list[Shift]:
        """Return the gate shifts of these days."""
        return [one for one in self.roster(first, last) if one.family == GATE]

    def missing(self, first: date, last: date) -> list[Shift]:
        """Return the gate shifts of these days that have ended and are not written down."""
        known = Written(self.between(first, last))
        return [
            one
            for one in self.shifts(first, last)
            if one.ends_at <= self.now() and not known.has(one)
        ]

    def next_shift(self, back_to: date) -> Shift | None:
        """Return the oldest gate shift since a day that has begun and is not written down."""
        known = Written(self.between(back_to, self.today()))
        for one in self.shifts(back_to, self.today()):
            begun = datetime.combine(one.on, one.starts) <= self.now()
            if begun and not known.has(one):
                return one
        return None

    def stands(self, found: GateCheck, name: str) -> bool:
        """Say whether the roster still has somebody in a shift that was written down."""
        shifts = self.shifts(found.duty_on, found.duty_on)
        known = Written([found])
        return any(known.has(one) and name in one.people for one in shifts)

    def totals(self, first: date, last: date) -> Turnout:
        """Return the numbers of all gate shifts of these days together."""
        found = [turnout(one.lines) for one in self.between(first, last)]
        return Turnout(*(sum(column) for column in zip(*found, strict=True))) if found else NOBODY

    def missing_lately(self) -> list[Shift]:
        """Return the shifts of the last week that have ended and are not written down."""
        today = self.today()
        return self.missing(today - A_WEEK, today)

    def missing_said(self) -> str:
        """Name the shifts of the last week that have ended and are not written down."""
        return said_of_missing(self.missing_lately())

    def done(self, first: date, last: date) -> list[Done]:
        """Return the days all of whose gate shifts are written down with enough people.

        A shift with fewer people than planned counts once it is said what was done about it.
        """
        checks = self.between(first, last)
        known = Written(checks)
        open_days = {one.on for one in self.shifts(first, last) if not known.has(one)}
        open_days |= {one.duty_on for one in checks if is_short(one) and not one.handling}
        by_day: dict[date, list[GateCheck]] = {}
        for one in checks:
            by_day.setdefault(one.duty_on, []).append(one)
        return [
            Done(on, "护学岗", found[0].uid, f"护学岗{len(found)}个时段都到岗登记")
            for on, found in by_day.items()
            if on not in open_days
        ]

    def days(self, first: date, last: date) -> list[date]:
        """Return the days all of whose gate shifts have ended."""
        today = self.today()
        first, last = (
            max(first, asked_since(self.store, GateCheck.duty_on, today)),
            min(last, today),
        )
        return ended_days(self.shifts(first, last), self.now()) if first <= last else []

    def _post_uid(self, on: date, post: str) -> str | None:
        found = (one.post_uid for one in self.roster(on, on) if one.post == post)
        return next(found, None) or None

    def _refuse_double(self, on: date, post: str, but: str = "") -> None:
        for one in self.between(on, on):
            if one.post == post and one.uid != but:
                raise UserError(
                    f"{on.month}月{on.day}日“{post}”已经登记过到岗了，编号{one.number}。",
                    safe="没有保存，原来那份没有变。",
                    do="请改日期或岗位，或者打开原来那份更正。",
                )


NOBODY = Turnout(0, 0, 0, 0)


def is_short(check: GateCheck) -> bool:
    """Say whether fewer people stood there than were planned at least."""
    return turnout(check.lines).there < check.heads


def _tidy(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said with texts stripped and times as JSON keeps them."""
    known = dict(said)
    for key in ("post", "handling", "checked_by"):
        if key in known:
            known[key] = (known[key] or "").strip() or None
    if "lines" in known:
        known["lines"] = [_plain(one) for one in known["lines"] or ()]
    return known


def _plain(line: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in line.items() if value not in (None, "", False)}
    for key in ("came", "left"):
        if isinstance(kept.get(key), time):
            kept[key] = f"{kept[key]:%H:%M}"
    return kept | {"mark": str(kept.get("mark", ""))}
