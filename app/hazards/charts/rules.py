"""What the statistics count, on plain values: the span of time, the hazards, how old they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.core.calendar import term_of, year_name
from app.hazards.grades import is_major
from app.hazards.standing import is_overdue
from app.hazards.words import Step

Filter = tuple[tuple[str, str], ...]

NO_AREA, NO_SOURCE, NO_OWNER, NO_GRADE = "没有写区域", "没有写来源", "还没有定责任人", "没有写等级"
NO_PLACE, NO_CATEGORY = "没有写部位", "没有写类别"
# Of how many days a hazard that is still open is: the last day of each group, None without end.
# Our own groups; 15 days are the default time for 一般.
AGES: Mapping[str, int | None] = {
    "0–7天": 7,
    "8–15天": 15,
    "16–30天": 30,
    "31–90天": 90,
    "90天以上": None,
}
_YEAR_BEGINS = 8  # August, see app.core.calendar


class Span(StrEnum):
    """The spans of time one may choose by a word."""

    MONTH = "本月"
    TERM = "本学期"
    YEAR = "本学年"
    EVER = "全部"


class Period(NamedTuple):
    """A span of days, both ends counting; None is open. ``words`` name it in a heading."""

    words: str
    first: date | None = None
    last: date | None = None

    def has(self, day: date) -> bool:
        """Say whether a day falls into it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def filter(self) -> Filter:
        """Return the filter for what was found in it."""
        ends = (("found_from", self.first), ("found_to", self.last))
        return tuple((key, day.isoformat()) for key, day in ends if day)

    @property
    def found(self) -> str:
        """Say what was found in it: 2026年11月查出的."""
        return f"{self.words}查出的" if self.first or self.last else "历年查出的"


class Fact(NamedTuple):
    """One hazard as the statistics need it; ``owner`` is its keeper while it is 挂账."""

    uid: str
    found_on: date
    category: str
    area: str
    place: str
    source: str
    grade: str
    owner: str
    next_on: date | None
    fixed_on: date | None
    closed_on: date | None
    step: str | None
    is_shelved: bool
    is_rebound: bool

    @property
    def is_open(self) -> bool:
        """Say whether it is not closed yet."""
        return self.step is not None

    @property
    def is_major(self) -> bool:
        """Say whether its grade is 重大 in whichever scheme it was given."""
        return is_major(self.grade)

    def is_late(self, today: date) -> bool:
        """Say whether the work is still to be done and past its last day, as the ledger says."""
        is_unfixed = self.step not in (None, Step.ACCEPT, Step.CLOSE)
        return is_unfixed and is_overdue(self.next_on, today)

    @property
    def ended_on(self) -> date | None:
        """The day it counts as closed, None while it is open.

        Where an old ledger closed it without a day, the day it was put right counts, else the day
        it was found, as in the weekly sheet (周滚动表).
        """
        if self.is_open:
            return None
        return max(self.closed_on or self.fixed_on or self.found_on, self.found_on)

    @property
    def days_to_close(self) -> int | None:
        """How many days it took to be closed; None where that is not known."""
        day = self.closed_on or self.fixed_on
        if self.is_open or day is None or day < self.found_on:
            return None
        return (day - self.found_on).days

    @property
    def days_to_fix(self) -> int | None:
        """How many days the work took from the day it was found; None where that is not known."""
        if self.fixed_on is None or self.fixed_on < self.found_on:
            return None
        return (self.fixed_on - self.found_on).days


def period(span: str, today: date) -> Period:
    """Return the span of time one of ``Span`` or a year (2026) names, as of today.

    Raises:
        ValueError: it names neither.

    """
    if span == Span.EVER:
        return Period("全部")
    if span == Span.MONTH:
        first = today.replace(day=1)
        return Period(f"{today.year}年{today.month}月", first, _month_end(first))
    term = term_of(today)
    if span == Span.YEAR:
        return school_year(term.year)
    if span == Span.TERM:
        first = date(term.year, 8, 1) if term.number == 1 else date(term.year + 1, 2, 1)
        last = date(term.year + 1, 1, 31) if term.number == 1 else date(term.year + 1, 7, 31)
        return Period(term.name, first, last)
    if not (span.isdecimal() and date.min.year <= int(span) <= date.max.year):
        raise ValueError(span)
    return Period(f"{int(span)}年", date(int(span), 1, 1), date(int(span), 12, 31))


def between(first: date | None, last: date | None) -> Period:
    """Return the days from one to another; either may be left out."""
    if first is None and last is None:
        return Period("全部")
    start = f"{_said(first)}起" if first and not last else f"{_said(first)}至" if first else ""
    if first and last:
        return Period(f"{start}{_said(last)}", first, last)
    return Period(start or f"{_said(last)}以前", first, last)


def school_year(year: int) -> Period:
    """Return a school year by the autumn it begins: from August to July."""
    return Period(year_name(year), date(year, 8, 1), date(year + 1, 7, 31))


def twelve_months(chosen: Period, today: date) -> tuple[str, list[date]]:
    """Return the year that is shown by months, in words, and the first day of each month.

    That is the year itself where a year is chosen, else the school year the period ends in.
    """
    first, last = chosen.first, chosen.last
    if first and last and (first.month, first.day) == (1, 1) and last == date(first.year, 12, 31):
        return chosen.words, [date(first.year, month, 1) for month in range(1, 13)]
    end = min(last, today) if last else today
    year = term_of(max(end, first) if first else end).year
    months = [_YEAR_BEGINS + n for n in range(12)]
    days = [date(year + (month > 12), (month - 1) % 12 + 1, 1) for month in months]
    return year_name(year), days


def age_of(found_on: date, today: date) -> str:
    """Return the group of days a hazard found on this day belongs to.

    >>> age_of(date(2026, 3, 1), date(2026, 3, 9))
    '8–15天'
    """
    days = (today - found_on).days
    return next(word for word, most in AGES.items() if most is None or days <= most)


def month_of(day: date) -> str:
    """Return the month of a day: 2026-03."""
    return day.isoformat()[:7]


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _said(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
