"""How a school stands with the town: what it owes, and who needs a call first (pure)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

DAYS_SILENT = 14  # a default: how long a school may go without a file before somebody calls
WEEKLY_DAY, WEEKLY_TIME = 4, time(14, 30)  # a default: Friday 14:30, as the town asks for it
_YEAR_WEEKS = 53
_LEAST_RECEIPTS = 90  # percent, a default


class Sent(StrEnum):
    """How the report of one week stands."""

    IN_TIME = "按时"
    ZERO = "零报告"
    LATE = "迟报"
    OWED = "未报"
    BEFORE = "未启用"


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

    @property
    def receipts(self) -> int | None:
        """The share of receipts that came back, in percent; None if none were asked for."""
        return round(100 * self.returned / self.issued) if self.issued else None

    @property
    def silent_days(self) -> int | None:
        """How many days ago the newest file was made, None if there is none."""
        return (self.today - self.made_on).days if self.made_on else None

    def calls(self) -> list[str]:
        """Say why somebody should call this school, the weightiest first; empty if none does."""
        silent = self.silent_days
        said = [
            (silent is None, "还没有交过数据"),
            (self.major > 0, f"重大{self.major}条没有销账"),
            (self.overdue > 0, f"逾期{self.overdue}条"),
            (self.weekly is Sent.OWED, "上周周报未报"),
            (silent is not None and silent > DAYS_SILENT, f"{silent}天没有交数据"),
            (not self.is_trusted and silent is not None, "签名还没有核对"),
            (self.weekly is Sent.LATE, "周报迟报"),
            (self.receipts is not None and self.receipts < _LEAST_RECEIPTS, "回执收得少"),
        ]
        return [words for is_so, words in said if is_so]

    def weight(self) -> tuple[int, int, int, int, str]:
        """Return what schools are sorted by: who needs a call first, then by name."""
        silent = self.silent_days
        ranks = (
            (5, self.major > 0),
            (4, silent is None),
            (3, self.overdue > 0),
            (2, self.weekly is Sent.OWED or (silent or 0) > DAYS_SILENT),
            (1, bool(self.calls())),
        )
        rank = next((rank for rank, is_so in ranks if is_so), 0)
        return (-rank, -self.major, -self.overdue, -len(self.calls()), self.name)


def last_due_week(now: datetime) -> date:
    """Return the Monday of the newest week whose report is due by now.

    >>> last_due_week(datetime(2026, 10, 16, 14, 0))
    datetime.date(2026, 10, 5)
    >>> last_due_week(datetime(2026, 10, 16, 14, 30))
    datetime.date(2026, 10, 12)
    """
    monday = now.date() - timedelta(days=now.weekday())
    is_due = now >= datetime.combine(monday + timedelta(days=WEEKLY_DAY), WEEKLY_TIME)
    return monday if is_due else monday - timedelta(days=7)


def weeks_back(now: datetime, count: int, is_school: Callable[[date], bool]) -> list[date]:
    """Return the Mondays of the newest weeks whose report is due, the oldest first.

    ``is_school`` says of a Monday whether its week has a school day; in holidays none is asked.
    """
    last = last_due_week(now)
    every = (last - timedelta(days=7 * back) for back in range(_YEAR_WEEKS))
    return [*islice((monday for monday in every if is_school(monday)), count)][::-1] or [last]
