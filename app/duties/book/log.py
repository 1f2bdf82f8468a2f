"""The duty log (值班记录): what a shift saw and did, what it handed on, and who took it over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.duties.book import log_views
from app.duties.book.matters import MatterLine, carry, matter_lines, said_anew
from app.duties.book.records import DutyMatter, DutyRecord
from app.duties.book.rules import check_record, handing_faults, refuse
from app.duties.book.shifts import (
    A_WEEK,
    LEADING,
    RECORDED,
    Shift,
    Shifts,
    Written,
    ended_days,
    no_shifts,
    said_of_missing,
)
from app.duties.book.since import asked_since

LABELS = {
    "duty_on": "日期", "post": "班次", "leader": "带班领导", "people": "值班人员",
    "came_at": "到岗时间", "left_at": "离岗时间", "patrols": "巡查", "doors": "门窗水电",
    "pupils": "学生情况", "visitors": "来访", "incidents": "突发情况", "handling": "处置经过",
    "calls": "来电来文", "carried": "上一班移交的事", "matters": "移交事项",
    "given_by": "交班人", "taken_by": "接班人", "handed_at": "交接时间",
}  # fmt: skip
LOOKS_BACK = timedelta(days=14)  # a default: how far back a shift without a record is offered
_TEXTS = (
    *("post", "leader", "doors", "pupils", "visitors", "incidents", "handling"),
    *("given_by", "taken_by"),
)


class Watch(TypedDict, total=False):
    """What may be said of a shift when it is entered or put right."""

    duty_on: date
    post: str
    leader: str | None
    people: list[str]
    came_at: time
    left_at: time | None
    patrols: list[dict[str, Any]] | None
    doors: str | None
    pupils: str | None
    visitors: str | None
    incidents: str | None
    handling: str | None
    calls: list[dict[str, Any]] | None
    given_by: str | None
    taken_by: str | None
    handed_at: datetime | None


class DutyLogRegister:
    """The records of the shifts; their numbers run ZJ-2026-0001."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime] = datetime.now,
        shifts: Shifts = no_shifts,
    ) -> None:
        """``shifts`` gives the roster of some days."""
        self.store, self.now, self.roster = store, now, shifts
        self.views: dict[str, View] = log_views.views(self)

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def enter(
        self,
        *,
        matters: Sequence[Mapping[str, Any]] = (),
        carried: Sequence[Mapping[str, Any]] = (),
        **said: Unpack[Watch],
    ) -> DutyRecord:
        """Enter the record of a shift.

        ``carried`` are the matters of earlier shifts that were asked about: ``uid``, ``ended``
        and ``words``; one that has not ended goes on to the next shift. ``matters`` are new.

        Raises:
            UserError: the role may not, the shift has a record already, or it cannot be so.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        known = _tidy(said)
        check_record(known, self.today(), self.now())
        with self.store.change("写值班记录") as session:
            self._refuse_double(known["duty_on"], known["post"])
            record = DutyRecord(
                number=self.store.number("ZJ", known["duty_on"].year),
                post_uid=self._post_uid(known["duty_on"], known["post"]),
                entered_at=self.now().replace(microsecond=0),
                **known,
            )
            session.add(record)
            session.flush()
            record.carried = [carry(self.store, record, one) for one in carried] or None
            self._hand_on(session, record, matters)
        return record

    def correct(
        self,
        uid: str,
        *,
        seen: int | None = None,
        matters: Sequence[Mapping[str, Any]] | None = None,
        **said: Unpack[Watch],
    ) -> None:
        """Put right what was entered; matters named anew are changed, added or taken out.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be so.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("更正值班记录") as session, session.no_autoflush:
            record = self.get(uid)
            name = f"值班记录{record.number}"
            check_unchanged(self.store, record, seen, name=name, labels=LABELS)
            for key, value in _tidy(said).items():
                setattr(record, key, value)
            facts = {key: getattr(record, key) for key in Watch.__annotations__}
            check_record(facts, self.today(), self.now())
            self._refuse_double(record.duty_on, record.post, but=uid)
            record.post_uid = self._post_uid(record.duty_on, record.post)
            if matters is not None:
                said_anew(self.store, session, record, matters)

    def take_over(
        self,
        uid: str,
        *,
        given_by: str,
        taken_by: str,
        handed_at: datetime,
        seen: int | None = None,
    ) -> None:
        """Write down who gave a shift over, who took it and when.

        Raises:
            UserError: the role may not, one of the two is missing, or it cannot be so.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("登记交接班"):
            record = self.get(uid)
            name = f"值班记录{record.number}"
            check_unchanged(self.store, record, seen, name=name, labels=LABELS)
            record.given_by, record.taken_by = given_by.strip(), taken_by.strip()
            record.handed_at = handed_at
            if not record.given_by or not record.taken_by:
                raise UserError("“交班人”和“接班人”都要填。", do="请填好再保存。")
            facts = {key: getattr(record, key) for key in Watch.__annotations__}
            refuse(handing_faults(facts, self.now()))

    def end(self, uid: str, *, on: date, words: str | None = None, seen: int | None = None) -> None:
        """Write down that a matter handed on is settled.

        Raises:
            UserError: the role may not, it was changed meanwhile, or the day cannot be.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("办结移交事项"):
            matter = self.store.get(DutyMatter, uid)
            labels = {"what": "移交事项", "ended_on": "办结日期", "words": "说明"}
            check_unchanged(self.store, matter, seen, name="这一项", labels=labels)
            began = self.get(matter.record_uid).duty_on
            if not began <= on <= self.today():
                raise UserError(
                    "“办结日期”要在值班那天和今天之间。", safe="没有改动。", do="请改日期再保存。"
                )
            matter.ended_on, matter.words = on, (words or "").strip() or None

    def void(self, uid: str, reason: str) -> None:
        """Mark a record 作废: what it handed on is shown no more, what it ended is open again."""
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("作废值班记录") as session:
            for matter in session.scalars(select(DutyMatter).where(DutyMatter.ended_in == uid)):
                matter.ended_on = matter.ended_in = None
            self.store.void(uid, reason)

    # Reading

    def get(self, uid: str) -> DutyRecord:
        """Return one record."""
        return self.store.get(DutyRecord, uid)

    def all(self) -> Sequence[DutyRecord]:
        """Return the records, the newest first."""
        with self.store.read() as session:
            order = (DutyRecord.duty_on.desc(), DutyRecord.came_at.desc(), DutyRecord.id.desc())
            return session.scalars(select(DutyRecord).order_by(*order)).all()

    def between(self, first: date, last: date) -> Sequence[DutyRecord]:
        """Return the records of these days, both ends counted, the earliest first."""
        wanted = select(DutyRecord).where(DutyRecord.duty_on.between(first, last))
        with self.store.read() as session:
            return session.scalars(wanted.order_by(DutyRecord.duty_on, DutyRecord.came_at)).all()

    def matters(self, record_uid: str | None = None) -> list[MatterLine]:
        """Return what all shifts handed on, or one: the oldest first."""
        return matter_lines(self.store, record_uid)

    def open_matters(self, before: datetime | None = None) -> list[MatterLine]:
        """Return what is still to be settled, as the next shift finds it."""
        at = before or datetime.max
        return [one for one in self.matters() if one.ended_on is None and one.since < at]

    def shifts(self, first: date, last: date) -> list[Shift]:
        """Return the shifts of these days that are to have a record."""
        return [one for one in self.roster(first, last) if one.family in RECORDED]

    def leader_on(self, day: date) -> str:
        """Return who leads the day, as the roster has it."""
        leading = (one for one in self.roster(day, day) if one.family == LEADING)
        return "、".join(name for one in leading for name in one.people)

    def missing(self, first: date, last: date) -> list[Shift]:
        """Return the shifts of these days that have ended and have no record."""
        known = Written(self.between(first, last))
        return [
            one
            for one in self.shifts(first, last)
            if one.ends_at <= self.now() and not known.has(one)
        ]

    def next_shift(self, after: DutyRecord | None = None) -> Shift | None:
        """Return the shift to be written next: the one after ``after``, else the oldest missing.

        Of a day whose shifts all have one it is the shift that runs now.
        """
        today = self.today()
        known = Written(self.between(today - LOOKS_BACK, today))
        shifts = self.shifts(today - LOOKS_BACK, today)
        done = (after.duty_on, after.post) if after else None
        at = next((n for n, one in enumerate(shifts) if (one.on, one.post) == done), -1)
        ahead = (*shifts[at + 1 :], *shifts[: at + 1])
        waiting = (
            one
            for one in ahead
            if datetime.combine(one.on, one.starts) <= self.now() and not known.has(one)
        )
        return next(waiting, None)

    def missing_lately(self) -> list[Shift]:
        """Return the shifts of the last week that have ended and are not written down."""
        today = self.today()
        return self.missing(today - A_WEEK, today)

    def missing_said(self) -> str:
        """Name the shifts of the last week that have ended and are not written down."""
        return said_of_missing(self.missing_lately())

    def done(self, first: date, last: date) -> list[Done]:
        """Return the days all of whose shifts have a record, as the rules count them."""
        columns = ("duty_on", "post", "post_uid", "uid", "number")
        with self.store.read() as session:
            wanted = select(*(getattr(DutyRecord, name) for name in columns))
            wanted = wanted.where(DutyRecord.duty_on.between(first, last))
            found = session.execute(wanted.order_by(DutyRecord.duty_on, DutyRecord.id)).all()
        known = Written(found)
        open_days = {one.on for one in self.shifts(first, last) if not known.has(one)}
        by_day: dict[date, list[tuple[str, str]]] = {}
        for one in found:
            by_day.setdefault(one.duty_on, []).append((one.uid, one.number))
        return [
            Done(on, "值班记录", records[0][0], _said([number for _uid, number in records]))
            for on, records in by_day.items()
            if on not in open_days
        ]

    def handed(self, first: date, last: date) -> list[Done]:
        """Return the days all of whose records are signed by both sides."""
        found: dict[date, list[DutyRecord]] = {}
        for one in self.between(first, last):
            found.setdefault(one.duty_on, []).append(one)
        return [
            Done(on, "交接班", records[0].uid, f"{len(records)}个班次都交接签字了")
            for on, records in found.items()
            if all(one.taken_by for one in records)
        ]

    def days(self, first: date, last: date) -> list[date]:
        """Return the days all of whose shifts have ended and are to be written up."""
        today = self.today()
        first, last = (
            max(first, asked_since(self.store, DutyRecord.duty_on, today)),
            min(last, today),
        )
        return ended_days(self.shifts(first, last), self.now()) if first <= last else []

    def written(self, first: date, last: date) -> list[date]:
        """Return the days before today that have a record, to be signed by both sides."""
        wanted = select(DutyRecord.duty_on).where(DutyRecord.duty_on.between(first, last))
        with self.store.read() as session:
            return sorted({day for day in session.scalars(wanted) if day < self.today()})

    # The rest is the register's own.

    def _post_uid(self, on: date, post: str) -> str | None:
        found = (one.post_uid for one in self.roster(on, on) if one.post == post)
        return next(found, None) or None

    def _refuse_double(self, on: date, post: str, but: str = "") -> None:
        for one in self.between(on, on):
            if one.post == post and one.uid != but:
                raise UserError(
                    f"“班次”写的{on.month}月{on.day}日“{post}”已经有值班记录{one.number}了。",
                    safe="没有保存，原来那份没有变。",
                    do="请改日期或班次，或者打开原来那份更正。",
                )

    def _hand_on(
        self, session: Session, record: DutyRecord, matters: Sequence[Mapping[str, Any]]
    ) -> None:
        for one in matters:
            if what := (one.get("what") or "").strip():
                session.add(DutyMatter(record_uid=record.uid, what=what))


def _said(numbers: Sequence[str]) -> str:
    return f"值班记录 {'、'.join(numbers[:3])}{'等' if len(numbers) > 3 else ''}"


def _tidy(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said with texts stripped and times as JSON keeps them; blank is nothing."""
    known = dict(said)
    for key in _TEXTS:
        if key in known:
            known[key] = (known[key] or "").strip() or None
    for key in ("patrols", "calls"):
        if key in known:
            known[key] = [_plain(row) for row in known[key] or ()] or None
    return known


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row whose times are texts, as a list of small rows keeps them."""
    return {
        key: f"{value:%H:%M}" if isinstance(value, time) else value for key, value in row.items()
    }
