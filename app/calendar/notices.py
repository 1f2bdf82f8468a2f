"""Holiday notices: entered line by line or from a file, and what they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from app.calendar.books import HOLIDAY_BOOKS, HolidayBook
from app.calendar.days import Day, Notice
from app.calendar.holidays import notice_faults, statutory
from app.calendar.records import HolidayNotice
from app.calendar.rules import Holiday
from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.values import show

_YEARS = (2000, 2100)
# What is planned on the days from the first to the last: the day, and what it is.
Affected = Callable[[date, date], Sequence[tuple[date, str]]]


class Turned(NamedTuple):
    """A day that a notice turns into something else."""

    was: Day
    now: Day

    def __str__(self) -> str:
        """Say it: 10月8日（周四）由上课变为节假日（国庆节）."""
        now = f"{self.now.kind}（{self.now.note}）" if self.now.note else str(self.now.kind)
        return f"{_day(self.now.on)}由{self.was.kind}变为{now}"


class Changes(NamedTuple):
    """What a notice changes: the days, and what was planned on them.

    ``settled`` counts the days that waited for a notice and stay what they were; ``firm`` is what
    was provisional on them and is so no longer.
    """

    year: int
    turned: Sequence[Turned]
    settled: int
    planned: Sequence[str]
    firm: Sequence[str] = ()

    @property
    def short(self) -> str:
        """The whole in one sentence."""
        met = f"{len(self.planned)}件已经安排的事要看一看" if self.planned else "没有碰到安排好的事"
        return f"{self.year}年有{len(self.turned)}天变了，{self.settled}天定了下来，{met}。"


class NoticeBook:
    """The notices a school entered; each wins over the one of its year that came along.

    ``affected`` are the other rooms' lists of what is planned, ``waiting`` of what is provisional
    on days no notice has confirmed; both handed in by the house.
    """

    def __init__(
        self,
        store: Store,
        books: Mapping[str, HolidayBook],
        days_with: Callable[[Sequence[Notice]], Callable[[date, date], list[Day]]],
    ) -> None:
        self._store, self._books, self._days_with = store, books, days_with
        self.affected: list[Affected] = []
        self.waiting: list[Affected] = []

    def shipped(self) -> dict[int, Notice]:
        """Return the notices that came with the program, by year."""
        return {
            book.year: Notice(book.year, book.number, book.title, book.holidays)
            for book in self._books.values()
            if book.confirmed
        }

    def all(self) -> dict[int, Notice]:
        """Return the notice of every year that has one."""
        with self._store.read() as session:
            own = {one.year: _notice(one) for one in session.scalars(select(HolidayNotice))}
        return self.shipped() | own

    def last_year(self) -> int:
        """Return the last year whose holidays are known."""
        return max(self.all(), default=0)

    def blank(self, year: int) -> list[Holiday]:
        """Return the lines to begin with: what is entered already, else the days of the law."""
        known = self.all().get(year)
        return list(known.holidays) if known else statutory(year)

    def read_file(self, path: Path) -> Notice:
        """Read a notice from a file such as those that come with the program.

        Raises:
            UserError: it cannot be read, contradicts itself, or says that it is no notice yet.

        """
        book = HOLIDAY_BOOKS.load(path)
        if not book.confirmed:
            raise UserError(
                f"“{path.name}”里写着confirmed = false：{book.year}年的放假还没有通知。",
                safe="没有录入。",
                do="请等通知下来，把日期改成通知上的，再录入。",
            )
        return Notice(book.year, book.number, book.title, book.holidays)

    def preview(self, notice: Notice) -> Changes:
        """Say what a notice would change; nothing is saved.

        Raises:
            UserError: the notice contradicts itself.

        """
        _refuse(notice)
        kept = self.all()
        return self._changes(notice.year, list(kept.values()), [*kept.values(), notice])

    def confirm(self, notice: Notice) -> Changes:
        """Enter the notice of a year, in place of what was known of it; say what it changed.

        Raises:
            UserError: the role may not, or the notice contradicts itself.

        """
        self._store.sitter.demand(Right.CALENDAR)
        changes = self.preview(notice)
        with self._store.change(f"录入{notice.year}年放假通知") as session:
            found = select(HolidayNotice).where(HolidayNotice.year == notice.year)
            if (one := session.scalars(found).first()) is None:
                one = HolidayNotice(year=notice.year)
            one.number, one.title = notice.number.strip() or None, notice.title.strip() or None
            one.lines = [_line(holiday) for holiday in notice.holidays]
            session.add(one)
        return changes

    def take_back(self, year: int) -> Changes:
        """Take back the notice the school entered: what came along counts again, or none does.

        Raises:
            UserError: the role may not, or none was entered.

        """
        self._store.sitter.demand(Right.CALENDAR)
        own = self.all().get(year)
        if own is None or not own.uid:
            raise UserError(f"没有录入过{year}年的放假通知。", safe="什么都没有改动。")
        others = [notice for notice in self.all().values() if notice.year != year]
        after = [*others, *(one for one in self.shipped().values() if one.year == year)]
        changes = self._changes(year, [*others, own], after)
        self._store.void(own.uid, "撤回重录", f"撤回{year}年放假通知")
        return changes

    def _changes(self, year: int, before: list[Notice], after: list[Notice]) -> Changes:
        first, last = date(year - 1, 12, 15), date(year + 1, 1, 15)
        was, now = (self._days_with(notices)(first, last) for notices in (before, after))
        turned: list[Turned] = []
        settled: list[date] = []
        for old, new in zip(was, now, strict=True):
            if old.kind != new.kind:
                turned.append(Turned(old, new))
            elif old.provisional and not new.provisional:
                settled.append(new.on)
        return Changes(year, turned, len(settled), self._planned(turned), self._firm(settled))

    def _firm(self, settled: Sequence[date]) -> list[str]:
        if not settled:
            return []
        days = frozenset(settled)
        found = [
            (on, what)
            for waiting in self.waiting
            for on, what in waiting(settled[0], settled[-1])
            if on in days
        ]
        return [f"{what}：{_day(on)}不再待定" for on, what in sorted(found)]

    def _planned(self, turned: Sequence[Turned]) -> list[str]:
        if not turned:
            return []
        days = {one.now.on: one for one in turned}
        found = [
            (on, what)
            for affected in self.affected
            for on, what in affected(min(days), max(days))
            if on in days
        ]
        return [f"{what}：{days[on]}" for on, what in sorted(found)]


def _refuse(notice: Notice) -> None:
    low, high = _YEARS
    faults = notice_faults(notice.year, notice.holidays)
    if not low <= notice.year <= high:
        faults = [f"年份要在{low}到{high}之间"]
    if faults:
        raise UserError(
            f"通知前后对不上：{'；'.join(faults)}。",
            safe="没有录入，原来的放假安排照旧。",
            do="请对照通知原文改好。",
        )


def _line(holiday: Holiday) -> dict[str, Any]:
    return {
        "name": holiday.name.strip(),
        "from": holiday.first_on.isoformat(),
        "to": holiday.last_on.isoformat(),
        "work": [on.isoformat() for on in sorted(holiday.work)],
    }


def _notice(one: HolidayNotice) -> Notice:
    holidays = [
        Holiday(
            line["name"],
            date.fromisoformat(line["from"]),
            date.fromisoformat(line["to"]),
            tuple(map(date.fromisoformat, line["work"])),
        )
        for line in one.lines
    ]
    return Notice(one.year, one.number or "", one.title or "", holidays, one.uid)


def _day(on: date) -> str:
    return f"{show(on)}（周{'一二三四五六日'[on.weekday()]}）"
