"""How a school stands with the town: what it owes, and who needs a call first (pure)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

DAYS_SILENT = 14  # a default: how long a school may go without a file before somebody calls
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_YEAR_WEEKS = 53
_LEAST_RECEIPTS = 90  # percent, a default


class Deadline(NamedTuple):
    """By when in its week a weekly report is due; weeks before ``since`` go by the school's word.

    Friday 14:30 is a default the town can change.
    """

    day: int = 4
    at: time = time(14, 30)
    since: date = date.max

    def of(self, monday: date) -> datetime:
        """Return the last moment for the report of this week."""
        return datetime.combine(monday + timedelta(days=self.day), self.at)

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.day]}{self.at:%H:%M}"


class Sent(StrEnum):
    """How the report of one week stands."""

    IN_TIME = "按时"
    ZERO = "零报告"
    LATE = "迟报"
    OWED = "未报"
    BEFORE = "未启用"
    CLOSED = "已撤并"


NOT_ASKED = (Sent.BEFORE, Sent.CLOSED)


@dataclass(frozen=True)
class Standing:
    """One school as the overview shows it; days and counts as its files told them."""

    uid: str
    code: str
    name: str
    area: str
    phone: str
    is_trusted: bool
    taken_at: datetime | None
    made_on: date | None
    first_on: date | None
    last_on: date | None
    seq: int
    files: int
    weekly: Sent
    open: int
    overdue: int
    major: int
    drills: int
    issued: int
    returned: int
    duty_until: date | None
    today: date
    expected_from: date | None = None
    closed_on: date | None = None
    closed_why: str = ""
    is_mismatched: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether the school is no more; nothing is asked of it."""
        return self.closed_on is not None and self.closed_on <= self.today

    @property
    def is_expected(self) -> bool:
        """Whether the day the town expects it from has come."""
        return self.expected_from is None or self.expected_from <= self.today

    @property
    def receipts(self) -> int | None:
        """The share of receipts that came back, in percent; None if none were asked for."""
        return round(100 * self.returned / self.issued) if self.issued else None

    @property
    def silent_days(self) -> int | None:
        """How many days ago the newest file was made, None if there is none."""
        return (self.today - self.made_on).days if self.made_on else None

    def calls(self) -> list[str]:
        """Say why somebody should call this school, the weightiest first; empty if none does.

        A signature nobody has compared yet is no reason: all are compared in one go.
        """
        silent = self.silent_days
        if self.is_closed:
            return []
        said = [
            (silent is None and self.is_expected, "还没有交过数据"),
            (self.major > 0, f"重大{self.major}条没有销账"),
            (self.overdue > 0, f"逾期{self.overdue}条"),
            (self.weekly is Sent.OWED, "上周周报未报"),
            (silent is not None and silent > DAYS_SILENT, f"{silent}天没有交数据"),
            (self.is_mismatched, "签名对不上"),
            (self.weekly is Sent.LATE, "周报迟报"),
            (self.receipts is not None and self.receipts < _LEAST_RECEIPTS, "回执收得少"),
        ]
        return [words for is_so, words in said if is_so]

    def weight(self) -> tuple[int, int, int, int, str]:
        """Return what schools are sorted by: who needs a call first, then by name."""
        silent = self.silent_days
        ranks = (
            (-1, self.is_closed),
            (5, self.major > 0),
            (4, silent is None and self.is_expected),
            (3, self.overdue > 0),
            (2, self.weekly is Sent.OWED or (silent or 0) > DAYS_SILENT),
            (1, bool(self.calls())),
        )
        rank = next((rank for rank, is_so in ranks if is_so), 0)
        return (-rank, -self.major, -self.overdue, -len(self.calls()), self.name)


def last_due_week(now: datetime, due: Deadline = Deadline()) -> date:  # noqa: B008 - a value
    """Return the Monday of the newest week whose report is due by now.

    >>> last_due_week(datetime(2026, 10, 16, 14, 0))
    datetime.date(2026, 10, 5)
    >>> last_due_week(datetime(2026, 10, 16, 14, 30))
    datetime.date(2026, 10, 12)
    >>> last_due_week(datetime(2026, 10, 16, 14, 30), Deadline(4, time(17)))
    datetime.date(2026, 10, 5)
    """
    monday = monday_of(now.date())
    return monday if now >= due.of(monday) else monday - timedelta(days=7)


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def weeks_back(
    now: datetime, count: int, is_school: Callable[[date], bool], due: Deadline
) -> list[date]:
    """Return the Mondays of the newest weeks whose report is due, the oldest first.

    ``is_school`` says of a Monday whether its week has a school day; in holidays none is asked.
    """
    last = last_due_week(now, due)
    every = (last - timedelta(days=7 * back) for back in range(_YEAR_WEEKS))
    return [*islice((monday for monday in every if is_school(monday)), count)][::-1] or [last]


def of_missing(monday: date, begun: date | None, closed_on: date | None, due: Deadline) -> Sent:
    """Say how a week nothing came for stands: owed, before its time, or after the school's end."""
    if closed_on is not None and closed_on <= due.of(monday).date():
        return Sent.CLOSED
    return Sent.OWED if begun is not None and monday >= begun else Sent.BEFORE
