"""The months reported of ledgers that are reported every month, 零报告 included."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.forms import Form
from app.core.roles import Right
from app.core.store import Store
from app.ledgers.records import LedgerLine, LedgerMonth


class State(StrEnum):
    """How one month of a ledger stands."""

    REPORTED = "已报"
    ZERO = "零报告"
    LATE = "迟报"
    OWED = "欠"
    COMING = "未到"


class Month(NamedTuple):
    """One month of one ledger: by when it is reported, how many lines it has, how it stands."""

    key: str
    due_on: date
    lines: int
    state: State
    reported: LedgerMonth | None = None

    @property
    def name(self) -> str:
        """What the month is called."""
        return f"{int(self.key[:4])}年{int(self.key[5:])}月"


class MonthBook:
    """Which months of which ledgers were reported."""

    def __init__(
        self,
        store: Store,
        form: Callable[[str], Form],
        count: Callable[[str, date, date], int],
        now: Callable[[], datetime],
        since: Callable[[], date] = lambda: date.min,
    ) -> None:
        self._store, self._form, self._count, self._now = store, form, count, now
        self._since = since

    def report(self, id: str, month: str, *, is_zero: bool, by: str, words: str = "") -> None:
        """Write down that a month (2026-11) was reported.

        Raises:
            UserError: the role may not, the month cannot be, was reported before, or 零报告 is
                said of a month that has lines.

        """
        self._store.sitter.demand(Right.LEDGERS)
        form = self._monthly(id)
        first, last = span_of(month)
        today = self._now().date()
        if first > today:
            raise UserError(f"{_name(month)}还没有到，不能报。")
        if not by.strip():
            raise UserError("“报告人”没有填。", do="请填好再保存。")
        lines = self._count(id, first, last)
        if is_zero and lines:
            raise UserError(
                f"{_name(month)}登记了{lines}{form.unit}，不能零报告。",
                safe="没有记下任何报告。",
                do="请按“上报本月”，或者先把登记错的作废。",
            )
        if self._find(id, month) is not None:
            raise UserError(f"{_name(month)}已经报过了。", do="要改，请先撤回那一次。")
        with self._store.change(f"{form.title}{'零报告' if is_zero else '月报'}") as session:
            session.add(
                LedgerMonth(
                    ledger=id,
                    month=month,
                    reported_on=today,
                    reported_by=by.strip(),
                    lines=lines,
                    words=words.strip() or None,
                )
            )

    def take_back(self, id: str, month: str, reason: str) -> None:
        """Take back a report that was written down by mistake."""
        self._store.sitter.demand(Right.LEDGERS)
        if (found := self._find(id, month)) is None:
            raise UserError(f"{_name(month)}还没有报过。")
        self._store.void(found.uid, reason, f"撤回{self._form(id).title}月报")

    def of(self, id: str, year: int) -> list[Month]:
        """Return the twelve months of a year.

        Nothing is owed of a month before the ledger was begun (its first line or report), nor
        before the school began to be asked.
        """
        form = self._monthly(id)
        with self._store.read() as session:
            wanted = select(LedgerMonth).where(LedgerMonth.ledger == id)
            known = {one.month: one for one in session.scalars(wanted)}
            days = select(LedgerLine.line_on).where(
                LedgerLine.ledger == id,
                LedgerLine.line_on.between(date(year, 1, 1), date(year, 12, 31)),
            )
            counts: dict[str, int] = {}
            for day in session.scalars(days):
                counts[_key(day)] = counts.get(_key(day), 0) + 1
            first_line = select(LedgerLine.line_on).where(LedgerLine.ledger == id)
            began = session.scalar(first_line.order_by(LedgerLine.line_on).limit(1))
        begins = min([*known, *([_key(began)] if began else [])], default="9999-99")
        begins = max(begins, _key(self._since()))
        keys = [f"{year}-{number:02}" for number in range(1, 13)]
        return [
            self._month(form, key, counts.get(key, 0), known.get(key), is_asked=key >= begins)
            for key in keys
        ]

    def owed(self, id: str) -> list[Month]:
        """Return the months owed or due now, the earliest first, of this year and the last."""
        today = self._now().date()
        months = [*self.of(id, today.year - 1), *self.of(id, today.year)]
        return [one for one in months if one.state is State.OWED or self._is_now(one, today)]

    def _is_now(self, month: Month, today: date) -> bool:
        return month.state is State.COMING and month.key == f"{today:%Y-%m}"

    def _month(
        self, form: Form, key: str, lines: int, reported: LedgerMonth | None, *, is_asked: bool
    ) -> Month:
        due_on = date(int(key[:4]), int(key[5:]), form.month_by)
        today = self._now().date()
        if reported is not None:
            state = State.REPORTED if reported.lines else State.ZERO
            if reported.reported_on > due_on:
                state = State.LATE
        else:
            state = State.OWED if is_asked and today > due_on else State.COMING
        return Month(key, due_on, lines, state, reported)

    def _find(self, id: str, month: str) -> LedgerMonth | None:
        wanted = select(LedgerMonth).where(LedgerMonth.ledger == id, LedgerMonth.month == month)
        with self._store.read() as session:
            return session.scalars(wanted).one_or_none()

    def _monthly(self, id: str) -> Form:
        form = self._form(id)
        if not form.month_by:
            raise UserError(f"“{form.title}”不用按月报。")
        return form


def span_of(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month written 2026-11.

    Raises:
        UserError: it is not written so.

    """
    try:
        first = datetime.strptime(month, "%Y-%m").date()
    except ValueError:
        raise UserError(f"“{month}”不是月份。", do="请写成 2026-11 这样。") from None
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _key(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _name(month: str) -> str:
    first, _ = span_of(month)
    return f"{first.year}年{first.month}月"
