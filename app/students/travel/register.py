"""How the pupils come to school, term by term, and the sheet that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.calendar import set_term, term_days
from app.core.calendar import term_of
from app.core.errors import UserError
from app.core.evidence import Done
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.values import show
from app.core.views import View
from app.students.register import StudentRegister
from app.students.travel import views
from app.students.travel.records import TravelStatement
from app.students.travel.rules import Sums, check_line, due_on
from app.students.travel.sums import table_of
from app.students.travel.ways import WayBook

STARTS, COUNTS_LAST_DAY = "travel.starts_on", "travel.counts_last_day"


class Due(NamedTuple):
    """The sheet of this term: by when, whether it was handed in, how many pupils it still lacks."""

    last_day: date
    sent_on: date | None
    unsaid: int


class TravelRegister(WayBook):
    """The ways to school of one school, and the sheet of their sums that is handed in."""

    def __init__(
        self, store: Store, students: StudentRegister, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(store, students, today)
        self._settings = Settings(store)
        self.views: dict[str, View] = views.of(self)

    def table(self) -> list[Sums]:
        """Return a line a class and grade, then each grade, then the school; said ways only.

        Raises:
            UserError: the role may not see pupils.
            RuntimeError: a sum is not what its parts add up to.

        """
        return table_of(self.lines())

    def due(self) -> Due:
        """Return by when the sheet of this term is due, and whether it was handed in.

        Raises:
            UserError: the role may not see pupils.

        """
        unsaid = sum(not line.is_said for line in self.lines())
        statement = self.statement()
        last = due_on(self.starts_on(), counts_last_day=self.counts_last_day())
        return Due(last, statement.sent_on if statement else None, unsaid)

    def done(self, first: date, last: date) -> list[Done]:
        """Return the sheets handed in on these days; their kind is the term."""
        columns = (TravelStatement.sent_on, TravelStatement.term, TravelStatement.uid)
        wanted = select(*columns).where(TravelStatement.sent_on.between(first, last))
        with self.store.read() as session:
            rows = session.execute(wanted.where(TravelStatement.void_reason.is_(None))).all()
        return [Done(on, term, uid, "上下学交通方式统计表") for on, term, uid in rows]

    def said_starts(self) -> dict[str, date]:
        """Return the first days of terms that were said here, by the term's code."""
        said = self._settings.get(STARTS) or {}
        return {code: date.fromisoformat(day) for code, day in said.items()}

    def starts_on(self) -> date:
        """Return the day this term begins: as the calendar has it, else a default of ours.

        What an earlier edition kept here counts until the calendar says it.
        """
        days = term_days(self.store, self.term())
        said = (self._settings.get(STARTS) or {}).get(self.term().code)
        return date.fromisoformat(said) if said and days.provisional else days.begins_on

    def counts_last_day(self) -> bool:
        """Return whether the day one month after the first is itself in time."""
        return bool(self._settings.get(COUNTS_LAST_DAY, default=False))

    def set_start(self, day: date, *, counts_last_day: bool) -> None:
        """Say when this term begins, in the calendar too, and which day is the last in time.

        Raises:
            UserError: the role may not, or the day cannot be the first of this term.

        """
        self.store.sitter.demand(Right.EXPORT)
        if term_of(day) != self.term():
            raise UserError(
                f"{show(day)}不在{self.term().name}里。", safe="没有保存。", do="请核对开学日期。"
            )
        days = term_days(self.store, self.term())
        with self.store.change("设定开学日期"):
            if day != days.begins_on or days.provisional:
                code = days.term.code
                ends, weeks = days.ends_on, days.weeks_from
                set_term(self.store, code, begins_on=day, ends_on=ends, weeks_from=weeks)
            self._settings.put({COUNTS_LAST_DAY: counts_last_day})

    def statement(self) -> TravelStatement | None:
        """Return the sheet of this term as it was handed in."""
        with self.store.read() as session:
            return session.scalars(
                select(TravelStatement).where(TravelStatement.term == self.term().code)
            ).first()

    def hand_in(self, *, on: date, by: str) -> TravelStatement:
        """Write down that the sheet was handed in, with its sums of now.

        Raises:
            UserError: the role may not, a pupil is missing, or it was handed in already.

        """
        self.store.sitter.demand(Right.EXPORT)
        if on > self.today():
            raise UserError(f"{show(on)}还没有到。", safe="没有保存。", do="请改好日期。")
        if not by.strip():
            raise UserError("“报送人”没有填。", safe="没有保存。", do="请填好再保存。")
        table = self.table()
        if not table or table[-1].pupils != table[-1].total:
            gap = check_line(table[-1]) if table else "还没有学生"
            raise UserError(f"全校合计对不上：{gap}。", safe="没有登记报送。", do="请先登记完。")
        with self.store.change("登记上下学统计报送") as session:
            if self.statement() is not None:
                raise UserError(f"{self.term().name}已经报送过了。", safe="没有重复登记。")
            made = TravelStatement(
                term=self.term().code,
                sent_on=on,
                sent_by=by.strip(),
                counts={"学生数": table[-1].pupils, **table[-1].numbers},
            )
            session.add(made)
        return made

    def take_back(self) -> None:
        """Take back that the sheet was handed in.

        Raises:
            UserError: the role may not, or it was not handed in.

        """
        self.store.sitter.demand(Right.EXPORT)
        statement = self.statement()
        if statement is None:
            raise UserError("这个学期还没有登记报送。", safe="没有改动。")
        with self.store.change("撤回上下学统计报送"):
            self.store.void(statement.uid, "撤回重报")

    def news(self) -> list[str]:
        """Say what the sums are by now where they differ from what was handed in."""
        statement, table = self.statement(), self.table()
        if statement is None or not table or self.store.sitter.only_class is not None:
            return []
        now = {"学生数": table[-1].pupils, **table[-1].numbers}
        return [
            f"{name}由{was}变为{now.get(name, 0)}"
            for name, was in statement.counts.items()
            if now.get(name, 0) != was
        ]
