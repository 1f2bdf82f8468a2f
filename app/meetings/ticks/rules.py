"""On which days how many minutes of reminder are asked, and how many were given.

The practice is called 1-5-30: a minute before leaving each day, five at the end of a week, thirty
before a holiday. No document of the state fixes the numbers; each school may change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from app.core.errors import UserError

MOST_MINUTES = 120
MISSED = 0
_WEEKEND = (5, 6)


class Minutes(NamedTuple):
    """How many minutes on a common day, at the end of a week, before a holiday; 0 is none."""

    daily: int = 1
    weekly: int = 5
    holiday: int = 30

    @property
    def name(self) -> str:
        """What the practice is called: 1530, 1-10-30."""
        parts = [str(part) for part in self if part]
        return "".join(parts) if all(len(p) == 1 for p in parts[:-1]) else "-".join(parts)


class Share(NamedTuple):
    """How many reminders were given of those asked until now."""

    given: int
    asked: int

    @property
    def said(self) -> str:
        """The share as people say it: 18/20，90%."""
        if not self.asked:
            return "还没有到日子"
        return f"{self.given}/{self.asked}，{round(100 * self.given / self.asked)}%"


def asked_on(school_days: Sequence[date], minutes: Minutes) -> dict[date, int]:
    """Return how many minutes are asked on each school day; the last known is before a holiday.

    A gap of Saturday and Sunday alone ends a week; with a working day in it, or longer, it is a
    holiday.
    """
    days = sorted(school_days)
    found = {}
    for day, following in pairwise([*days, None]):
        if day is None:
            continue
        asked = minutes.holiday if following is None else _asked(day, following, minutes)
        if asked:
            found[day] = asked
    return found


def share_of(asked: Iterable[date], marks: Mapping[date, int], until: date) -> Share:
    """Return how many of the reminders asked up to and with a day were given."""
    due = [day for day in asked if day <= until]
    return Share(sum(bool(marks.get(day)) for day in due), len(due))


def check_minutes(minutes: Minutes) -> None:
    """Raise UserError unless these are minutes one could ask for."""
    if not all(0 <= part <= MOST_MINUTES for part in minutes):
        raise UserError(f"分钟数要在0到{MOST_MINUTES}之间，0就是不做。", do="请改好再保存。")
    if not any(minutes):
        raise UserError("三种提醒都是0，就没有可以勾的了。", do="请至少留一种。")


def month_of(day: date) -> str:
    """Return the month a day lies in, as it is kept: 2026-11."""
    return f"{day.year}-{day.month:02}"


def days_of(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month.

    Raises:
        UserError: it is no month.

    """
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise UserError(f"“{month}”不是月份。", do="请写成 2026-11 这样。") from None
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def _asked(day: date, following: date, minutes: Minutes) -> int:
    off = [day + timedelta(days=n) for n in range(1, (following - day).days)]
    if not off:
        return minutes.daily
    is_weekend = len(off) <= len(_WEEKEND) and all(one.weekday() in _WEEKEND for one in off)
    return minutes.weekly if is_weekend else minutes.holiday
