"""Cleaning up after those who have left: what is due, and doing it as one named act.

Twice, since the proof that a letter came home outlives the rest: after ``keep_years`` everything
goes but name, class, way of leaving, the marks of old rolls and the receipts; after
``proof_years`` these go as well. What somebody wrote of several pupils at once, such as how a
missing child was handled one evening, goes with the first of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Table, exists, or_, select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Record, in_lots
from app.students.records import Student
from app.students.roll.leavers import GONE, Leaver
from app.students.roll.register import TurnRegister

KEEP_YEARS, PROOF_YEARS = "students.keep_years", "students.proof_years"
USUAL_KEEP_YEARS, USUAL_PROOF_YEARS = 3, 6  # defaults a school can change
MOST_YEARS = 30
BASIS = (
    "《个人信息保护法》第十九条要求保存期限为必要的最短时间，第四十七条要求目的实现后主动删除。"
    "几年由学校定，3年和6年是软件的默认值。"
)


@dataclass(frozen=True)
class Years:
    """How many years after leaving a pupil's data, and the proof of letters, are kept."""

    keep: int
    proof: int


@dataclass(frozen=True)
class Due:
    """What is due: ``thin`` are to keep only what proves, ``drop`` nothing; ``undated`` wait.

    Who left on a day nobody has said is never cleaned up, but named.
    """

    thin: tuple[str, ...]
    drop: tuple[str, ...]
    undated: int

    def __bool__(self) -> bool:
        return bool(self.thin or self.drop)


@dataclass(frozen=True)
class Cleaned:
    """What was done: pupils, records of all kinds, and the older backups that hold it still."""

    pupils: int
    records: int
    copies: int


class ThinningDesk:
    """The one place that forgets pupils."""

    def __init__(self, roll: TurnRegister) -> None:
        self._roll = roll
        self._store = roll.students.store
        self._settings = Settings(self._store)

    def years(self) -> Years:
        """Return how long the school keeps what."""
        return Years(
            int(self._settings.get(KEEP_YEARS, USUAL_KEEP_YEARS)),
            int(self._settings.get(PROOF_YEARS, USUAL_PROOF_YEARS)),
        )

    def set_years(self, years: Years) -> None:
        """Settle how long what is kept.

        Raises:
            UserError: the role may not, or the proof would go before the rest.

        """
        self._store.sitter.demand(Right.MANAGE)
        if not 0 < years.keep <= MOST_YEARS or not 0 < years.proof <= MOST_YEARS:
            raise UserError(f"年数要在1到{MOST_YEARS}之间。", do="请改好再保存。")
        if years.proof < years.keep:
            raise UserError(
                "回执证明的年数不能比其他资料的少。",
                safe="没有改动。",
                do="回执要靠姓名和班级才找得到，请把它改成一样或更多。",
            )
        if years != self.years():
            self._settings.put(
                {KEEP_YEARS: years.keep, PROOF_YEARS: years.proof}, "修改离校资料保存年限"
            )

    def due(self) -> Due:
        """Return whose data has come to its end.

        Raises:
            UserError: the role may not clean up.

        """
        self._store.sitter.demand(Right.MANAGE)
        today, years = self._roll.students.today(), self.years()
        with self._store.read() as session:
            if not session.scalar(select(exists().where(Student.status.in_(GONE)))):
                return Due((), (), 0)
        gone = self._roll.leavers()
        drop = [one.uid for one in gone if _is_over(one, years.proof, today)]
        over = [one.uid for one in gone if _is_over(one, years.keep, today)]
        with self._store.read() as session:
            full = _hold_more(session, [uid for uid in over if uid not in set(drop)])
        undated = sum(one.left_on is None for one in gone)
        return Due(tuple(full), tuple(drop), undated)

    def clean(self, reason: str, *, drop_copies: bool = False) -> Cleaned:
        """Forget what is due, also in the journal; with ``drop_copies`` older backups go too.

        A fresh backup is made before any is dropped. It cannot be undone.

        Raises:
            UserError: the role may not, no reason is given, or nothing is due.

        """
        due = self.due()
        if not reason.strip():
            raise UserError("没有写清理的原因。", safe="没有清理。", do="请写一句再清理。")
        if not due:
            raise UserError("没有到期的资料。", safe="没有清理。", do="到期以前不用做什么。")
        with self._store.read() as session:
            about = list(_records_about(session, due.thin))
            last = list(_records_about(session, due.drop))
            both = list(
                _records_mentioning(session, {*due.thin, *due.drop}, self._store.forgotten())
            )
        with self._store.change("清理离校学生资料", undoable=False):
            thinned = self._store.forget([*due.thin, *about, *both], reason, but_what_stays=True)
            dropped = self._store.forget([*due.drop, *last], reason)
        copies = thinned.copies
        if drop_copies and self._store.drop_copies(copies):
            copies = []
        count = thinned.count + dropped.count
        return Cleaned(len(due.thin) + len(due.drop), count, len(copies))


def _is_over(one: Leaver, years: int, today: date) -> bool:
    """Say whether so many years have passed since the day; the day itself in that year counts."""
    if one.left_on is None:
        return False
    on = one.left_on
    try:
        return on.replace(year=on.year + years) <= today
    except ValueError:  # 29 February
        return date(on.year + years, 3, 1) <= today


def _hold_more(session: Session, uids: Sequence[str]) -> list[str]:
    """Return those of whom more is known than what stays."""
    table = Student.__table__
    kept = {"id", "uid", "rev", "void_reason", "class_uid", *Student.stays}
    says = or_(*(column.is_not(None) for column in table.columns if column.key not in kept))
    found: set[str] = set()
    for lot in in_lots(uids):
        found.update(session.scalars(select(Student.uid).where(Student.uid.in_(lot), says)))
        for kind, column in _kinds_about():
            if not kind.stays:
                still = column.table.c.void_reason.is_(None)
                found.update(session.scalars(select(column).where(column.in_(lot), still)))
    return [uid for uid in uids if uid in found]


def _records_about(session: Session, uids: Sequence[str]) -> Iterator[str]:
    """Yield the uids of all records about these pupils, those that are 作废 included."""
    for lot in in_lots(uids):
        for kind, column in _kinds_about():
            wanted = select(kind.uid).where(column.in_(lot))
            yield from session.scalars(wanted.execution_options(**WITH_VOID))


def _records_mentioning(
    session: Session, uids: Collection[str], done: Collection[str]
) -> Iterator[str]:
    """Yield the uids of all records that list one of these pupils, 作废 included.

    Of those ``done`` already only the ones that say something again.
    """
    for kind in Record.kinds.values():
        if not kind.mentions:
            continue
        table = kind.__table__
        assert isinstance(table, Table)
        kept = {"id", "uid", "rev", "void_reason", *kind.stays}
        said = or_(*(c.is_not(None) for c in table.columns if c.key not in kept))
        for uid, pupils, says in session.execute(select(table.c.uid, table.c[kind.mentions], said)):
            if (says or uid not in done) and not set(uids).isdisjoint(pupils or ()):
                yield uid


def _kinds_about() -> Iterator[tuple[type[Record], Column[Any]]]:
    """Yield every kind of record that is about one pupil, whichever room keeps it."""
    for kind in Record.kinds.values():
        table = kind.__table__
        assert isinstance(table, Table)
        if "student_uid" in table.columns:
            yield kind, table.columns["student_uid"]
