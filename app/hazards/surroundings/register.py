"""The register of what is around the school: by ring, reported, answered, closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypedDict, Unpack

from sqlalchemy import select

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.hazards.surroundings import rules
from app.hazards.surroundings.records import Surrounding

RINGS_SETTING = "surroundings.rings"
ANSWER_SETTING = "surroundings.answer_days"
KEYS = (
    "number", "nature", "kind", "name", "distance", "ring", "found_on", "what", "department",
    "request", "notified_on", "answer", "answered_on", "outcome", "closed_on", "status", "remark",
    "year",
)  # fmt: skip
_LABELS = {
    "nature": "登记的是", "kind": "类别", "name": "名称或地点", "distance": "离校门多少米",
    "found_on": "发现日期", "what": "情况", "remark": "备注", "department": "通报部门",
    "request": "请求事项", "notified_on": "通报日期", "answer": "处理情况",
    "answered_on": "答复日期", "outcome": "结果", "closed_on": "办结日期",
}  # fmt: skip


class Sighting(TypedDict, total=False):
    """What may be said when something around the school is entered or corrected."""

    nature: str
    kind: str
    name: str
    distance: int
    found_on: date
    what: str | None
    remark: str | None


class Unanswered(NamedTuple):
    """A letter to a department that waits for its answer until ``answer_by``."""

    uid: str
    number: str
    name: str
    department: str
    notified_on: date
    answer_by: date


class SurroundingRegister:
    """What is around the school; numbers run ZB-2026-0001."""

    def __init__(self, store: Store, today: Callable[[], date] = date.today) -> None:
        self.store = store
        self.today = today
        self.views: dict[str, View] = {"list": self._list, "letter": self._letter}

    def enter(self, **said: Unpack[Sighting]) -> Surrounding:
        """Enter a place or a problem.

        Raises:
            UserError: something it cannot do without is missing, or cannot be.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        rules.check(said, self.today())
        with self.store.change("登记校园周边") as session:
            number = self.store.number("ZB", said["found_on"].year)
            found = Surrounding(number=number, **said)
            session.add(found)
        return found

    def correct(self, uid: str, *, seen: int | None = None, **said: Unpack[Sighting]) -> None:
        """Put right what was entered; the number stays.

        Raises:
            UserError: something it cannot do without would be missing, or cannot be.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("改正校园周边") as session, session.no_autoflush:
            found = self.store.get(Surrounding, uid)
            self._check_unchanged(found, seen)
            for key, value in said.items():
                setattr(found, key, value)
            facts = {key: getattr(found, key) for key in Sighting.__annotations__}
            rules.check(facts, self.today())
            if found.notified_on and found.notified_on < found.found_on:
                raise UserError("“发现日期”晚于通报日期。", do="请改日期再保存。")

    def notify(
        self, uid: str, *, department: str, request: str, on: date, seen: int | None = None
    ) -> None:
        """Report it to a department; the letter (通报函) is printed from this.

        Raises:
            UserError: nobody is addressed, nothing is asked for, or the day cannot be.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("通报校园周边问题"):
            found = self._open(uid, seen)
            self._check_day("通报日期", on, found.found_on, "发现日期")
            found.department = _filled("通报部门", department)
            found.request = _filled("请求事项", request)
            found.notified_on = on
            found.answer = found.answered_on = None  # a new letter waits for an answer of its own

    def take_answer(self, uid: str, *, answer: str, on: date, seen: int | None = None) -> None:
        """Write down what the department answered, and when.

        Raises:
            UserError: it was never reported, the answer says nothing, or the day cannot be.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("登记周边问题答复"):
            found = self._open(uid, seen)
            if found.notified_on is None:
                raise UserError("还没有通报，登记不了答复。", do="请先开通报函。")
            self._check_day("答复日期", on, found.notified_on, "通报日期")
            found.answer = _filled("处理情况", answer)
            found.answered_on = on

    def close(self, uid: str, *, outcome: str, on: date, seen: int | None = None) -> None:
        """Close a matter, with how it ended.

        Raises:
            UserError: nothing is said of the end, or the day cannot be.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("办结校园周边问题"):
            found = self._open(uid, seen)
            since = found.answered_on or found.notified_on or found.found_on
            self._check_day("办结日期", on, since, "上一步的日期")
            found.outcome = _filled("结果", outcome)
            found.closed_on = on

    def reopen(self, uid: str) -> None:
        """Take a closed matter up again; what was done stays, the journal keeps the end."""
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("重新办理校园周边问题"):
            found = self.store.get(Surrounding, uid)
            found.outcome = found.closed_on = None

    def void(self, uid: str, reason: str) -> None:
        """Mark an entry 作废; its number is not given out again."""
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        self.store.void(uid, reason, "作废校园周边")

    def set_rings(self, rings: Sequence[int]) -> None:
        """Set the three rings, in metres from the gate.

        Raises:
            UserError: they do not widen.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        rules.check_rings(rings)
        Settings(self.store).put({RINGS_SETTING: list(rings)}, "改周边圈层")

    def set_answer_days(self, days: int) -> None:
        """Set after how many days a letter without an answer is asked for.

        Raises:
            UserError: it is no number of days one could wait.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        rules.check_answer_days(days)
        Settings(self.store).put({ANSWER_SETTING: days}, "改通报函催办天数")

    def answer_days(self) -> int:
        """Return after how many days a letter without an answer is asked for."""
        return int(Settings(self.store).get(ANSWER_SETTING) or rules.ANSWER_DAYS)

    def unanswered(self) -> list[Unanswered]:
        """Return the letters still without an answer, those waiting longest first."""
        days = timedelta(days=self.answer_days())
        waiting = [one for one in self.all() if one.status is rules.Standing.NOTIFIED]
        found = [
            Unanswered(
                one.uid,
                one.number,
                one.name,
                one.department or "",
                one.notified_on,
                one.notified_on + days,
            )
            for one in waiting
            if one.notified_on
        ]
        return sorted(found, key=lambda one: (one.notified_on, one.number))

    def rings(self) -> tuple[int, int, int]:
        """Return the three rings, in metres from the gate."""
        near, middle, far = Settings(self.store).get(RINGS_SETTING) or rules.USUAL_RINGS
        return near, middle, far

    def get(self, uid: str) -> Surrounding:
        """Return one entry."""
        return self.store.get(Surrounding, uid)

    def all(self) -> Sequence[Surrounding]:
        """Return every entry, the nearest first."""
        with self.store.read() as session:
            order = (Surrounding.distance, Surrounding.id)
            return session.scalars(select(Surrounding).order_by(*order)).all()

    def printed(self, uid: str, *, how: str = "打印") -> None:
        """Have it written down that a letter was printed, or ``how`` else it left."""
        self.store.note(f"{how}周边问题通报函", about=uid)

    def rows(self, uids: Sequence[str]) -> list[Row]:
        """Return these entries, in this order, as papers need them."""
        rings = self.rings()
        by_uid = {found.uid: found for found in self.all()}
        return [_row(by_uid[uid], rings) for uid in uids if uid in by_uid]

    def _check_unchanged(self, found: Surrounding, seen: int | None) -> None:
        check_unchanged(self.store, found, seen, name=found.number, labels=_LABELS)

    def _open(self, uid: str, seen: int | None) -> Surrounding:
        found = self.store.get(Surrounding, uid)
        self._check_unchanged(found, seen)
        if found.closed_on:
            raise UserError("这一条已经办结了。", do="要再办，请先按“重新办理”。")
        return found

    def _check_day(self, label: str, day: date | None, after: date, what: str) -> None:
        rules.check_day(label, day, after=after, what=what, today=self.today())

    def _list(self, where: Filter) -> list[Row]:
        rings = self.rings()
        return keep([_row(found, rings) for found in self.all()], where, KEYS)

    def _letter(self, where: Filter) -> list[Row]:
        """Return what there is to write to a department about."""
        return [row for row in self._list(where) if row["nature"] == "问题" or row["department"]]


def _filled(label: str, words: str) -> str:
    if not (words or "").strip():
        raise UserError(f"“{label}”没有填。", do="请填好再保存。")
    return words.strip()


def _row(found: Surrounding, rings: Sequence[int]) -> Row:
    row: dict[str, Any] = {key: getattr(found, key, None) for key in KEYS}
    ring = rules.ring_of(found.distance, rings)
    return row | {"ring": ring, "status": str(found.status), "year": str(found.found_on.year)}
