"""Notices to put things right (整改通知书): issued, signed for, answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.hazards.grades import GRAVEST
from app.hazards.records import Hazard, HazardNotice, HazardNoticeLine

_KEYS = (
    "uid", "number", "department", "person", "addressee", "checked_on", "checked_by",
    "problems", "count", "requirement", "due_on", "signer", "issued_on", "status",
    "received_by", "received_on", "reply", "finished_on", "replied_on",
)  # fmt: skip
_FILTERS = ("owner", "grade", "category", "year")
_OF_HAZARDS = "YH-"


class NoticeRegister:
    """The notices of one school; their numbers run ZG-2026-001."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store = store
        self._today = today
        self.views: dict[str, View] = {"notice": self._to_print}

    def issue(
        self,
        hazards: Sequence[str],
        *,
        person: str,
        requirement: str,
        due_on: date,
        signer: str,
        department: str | None = None,
        checked_on: date | None = None,
        checked_by: str | None = None,
    ) -> HazardNotice:
        """Issue one notice about these hazards, named by uid.

        Raises:
            UserError: no hazard, or a blank the notice cannot do without is empty, or the limit
                has passed.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        blanks = {"责任人": person, "整改要求": requirement, "整改期限": due_on, "签发人": signer}
        _check(hazards, blanks, due_on, self._today())
        with self._store.change("开整改通知书") as session:
            notice = HazardNotice(
                number=self._number(),
                department=department,
                person=person.strip(),
                checked_on=checked_on,
                checked_by=checked_by,
                requirement=requirement.strip(),
                due_on=due_on,
                signer=signer.strip(),
                issued_on=self._today(),
            )
            session.add(notice)
            session.flush()
            for uid in hazards:
                hazard = self._store.get(Hazard, uid)
                session.add(HazardNoticeLine(notice_id=notice.id, hazard_id=hazard.id))
        return notice

    def receive(self, uid: str, *, by: str, on: date) -> None:
        """Write down who signed for a notice, and when.

        Raises:
            UserError: nobody signed, or the day cannot be.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change("签收整改通知书"):
            notice = self._store.get(HazardNotice, uid)
            self._check_day("签收日期", on, notice.issued_on)
            if not by.strip():
                raise UserError("“签收人”没有填。", do="请填好再保存。")
            notice.received_by, notice.received_on = by.strip(), on

    def answer(self, uid: str, *, reply: str, finished_on: date | None, on: date) -> None:
        """Write down the reply slip that came back.

        Raises:
            UserError: the slip says nothing, or a day cannot be.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change("登记整改回执"):
            notice = self._store.get(HazardNotice, uid)
            self._check_day("回执日期", on, notice.issued_on)
            if not reply.strip():
                raise UserError("“整改情况”没有填。", do="请照回执填好再保存。")
            if finished_on is not None and finished_on > self._today():
                raise UserError("“完成日期”不能晚于今天。", do="请改完成日期再保存。")
            notice.reply, notice.finished_on, notice.replied_on = reply.strip(), finished_on, on

    def void(self, uid: str, reason: str) -> None:
        """Take a notice back; its number is not given out again."""
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change("作废整改通知书"):
            self._store.get(HazardNotice, uid).void(reason)

    def printed(self, uid: str, *, how: str = "打印") -> None:
        """Have it written down that a notice was printed, or ``how`` else it left."""
        self._store.note(f"{how}整改通知书", about=uid)

    def get(self, uid: str) -> HazardNotice:
        """Return one notice."""
        return self._store.get(HazardNotice, uid)

    def about(self, hazard: str) -> Sequence[HazardNotice]:
        """Return the notices that name this hazard, the newest first."""
        named = (
            select(HazardNotice)
            .join(HazardNoticeLine, HazardNoticeLine.notice_id == HazardNotice.id)
            .join(Hazard, Hazard.id == HazardNoticeLine.hazard_id)
            .where(Hazard.uid == hazard)
        )
        with self._store.read() as session:
            return session.scalars(named.order_by(HazardNotice.id.desc())).all()

    def rows(self, uids: Sequence[str]) -> list[Row]:
        """Return these notices as their paper needs them."""
        return [row for row in self._rows({}) if row["uid"] in set(uids)]

    def _to_print(self, where: Filter) -> list[Row]:
        """Return the notices that fit, else one to be completed by pen for each hazard that fits.

        ``number`` may be that of a notice or of a hazard.
        """
        rows = self._rows(where)
        if rows or not where:
            return rows
        with self._store.read() as session:
            hazards = session.scalars(select(Hazard).order_by(Hazard.found_on, Hazard.id)).all()
        return _kept([_draft(hazard) for hazard in hazards], where)

    def _number(self) -> str:
        series, year, number = self._store.number("ZG", self._today().year).split("-")
        return f"{series}-{year}-{int(number):03}"

    def _check_day(self, label: str, day: date, issued_on: date) -> None:
        if day > self._today():
            raise UserError(f"“{label}”不能晚于今天。", do="请改日期再保存。")
        if day < issued_on:
            raise UserError(f"“{label}”早于签发日期{show(issued_on)}。", do="请改日期再保存。")

    def _rows(self, where: Filter) -> list[Row]:
        with self._store.read() as session:
            notices = session.scalars(select(HazardNotice).order_by(HazardNotice.id)).all()
            named = _hazards_by_notice(session)
        return _kept([_row(notice, named.get(notice.id, [])) for notice in notices], where)


def _check(
    hazards: Sequence[str], blanks: Mapping[str, Any], due_on: date | None, today: date
) -> None:
    faults = [f"“{label}”没有填" for label, value in blanks.items() if not value]
    if not hazards:
        faults.append("通知书里一条隐患也没有")
    if due_on and due_on < today:
        faults.append("“整改期限”已经过去了")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def _hazards_by_notice(session: Session) -> dict[int, list[Any]]:
    named = select(
        HazardNoticeLine.notice_id,
        Hazard.number,
        Hazard.place,
        Hazard.what,
        Hazard.grade,
        Hazard.category,
    ).join(Hazard, Hazard.id == HazardNoticeLine.hazard_id)
    found: dict[int, list[Any]] = {}
    for row in session.execute(named.order_by(HazardNoticeLine.id)):
        found.setdefault(row.notice_id, []).append(row)
    return found


def _kept(rows: Sequence[Row], where: Filter) -> list[Row]:
    number = where.get("number", "").strip().upper()
    if number.startswith(_OF_HAZARDS):
        where = {key: text for key, text in where.items() if key != "number"}
        rows = [row for row in rows if number in (part["number"] for part in row["problems"])]
    return [{key: row[key] for key in _KEYS} for row in keep(rows, where, (*_KEYS, *_FILTERS))]


def _draft(hazard: Hazard) -> Row:
    """Return what a hazard has to say on a notice that nobody has issued yet."""
    problem = {"number": hazard.number, "place": hazard.place, "what": hazard.what}
    return dict.fromkeys(_KEYS) | {
        "person": hazard.owner,
        "addressee": hazard.owner,
        "checked_on": hazard.found_on,
        "checked_by": hazard.found_by,
        "problems": [problem],
        "count": 1,
        "requirement": hazard.measures,
        "due_on": hazard.due_on,
        "status": "未开",
        "owner": hazard.owner,
        "grade": hazard.grade,
        "category": hazard.category,
        "year": str(hazard.found_on.year),
    }


def _row(notice: HazardNotice, hazards: Sequence[Any]) -> Row:
    grades = {hazard.grade for hazard in hazards}
    return {key: getattr(notice, key, None) for key in _KEYS} | {
        "addressee": f"{notice.department or ''}{notice.person}",
        "problems": [
            {"number": hazard.number, "place": hazard.place, "what": hazard.what}
            for hazard in hazards
        ],
        "count": len(hazards),
        "status": notice.status,
        "owner": notice.person,
        "grade": next((grade for grade in GRAVEST if grade in grades), ""),
        "category": "、".join(dict.fromkeys(hazard.category for hazard in hazards)),
        "year": str(notice.issued_on.year),
    }
