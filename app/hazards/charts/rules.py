"""What the statistics count, on plain values: the span of time, the age, which hazards a bar is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    return f"{day:%Y-%m}"


def choose(facts: Iterable[Fact], wanted: Filter, today: date) -> list[Fact]:
    """Return the hazards that fit every part of a filter.

    A key with a leading ``-`` leaves that value out.
    """
    tests = [(_READS[key.removeprefix("-")], value, key[0] != "-") for key, value in wanted]
    return [
        fact
        for fact in facts
        if all((reads(fact, today, value)) is is_wanted for reads, value, is_wanted in tests)
    ]


def say(wanted: Filter, chosen: Period) -> str:
    """Say a filter in words, as a list narrowed by it is headed: 2026年查出的，食堂，未销账."""
    parts, left_out = [], []
    for key, value in wanted:
        if key in ("found_from", "found_to"):
            parts.append(chosen.found)
        elif key == "-state":
            parts.append(f"没有{_STATE_WORDS[value]}")
        elif key.startswith("-"):
            left_out.append(value)
        else:
            parts.append(_SAID.get(key, "{}").format(_words_of(key, value)))
    if left_out:
        parts.append(f"除{'、'.join(left_out)}以外")
    return "，".join(dict.fromkeys(parts)) or chosen.found


def _words_of(key: str, value: str) -> str:
    if key in ("found", "ended"):
        year, month = value.split("-")
        return f"{year}年{int(month)}月"
    return _STATE_WORDS[value] if key == "state" else value


def _word(key: str) -> Callable[[Fact, date, str], bool]:
    return lambda fact, _today, value: getattr(fact, key) == value


_STATES: Mapping[str, Callable[[Fact, date], bool]] = {
    "open": lambda fact, _: fact.is_open,
    "closed": lambda fact, _: not fact.is_open,
    "late": lambda fact, today: fact.is_late(today),
    "major": lambda fact, _: fact.is_major,
    "shelved": lambda fact, _: fact.is_shelved,
    "rebound": lambda fact, _: fact.is_rebound,
    "timed": lambda fact, _: fact.days_to_close is not None,
    "fixed": lambda fact, _: fact.days_to_fix is not None,
}
_STATE_WORDS = {
    "open": "未销账",
    "closed": "已销账",
    "late": "逾期",
    "major": "重大",
    "shelved": "挂账",
    "rebound": "反弹",
    "timed": "知道用了几天",
    "fixed": "已整改",
}
_SAID = {
    "owner": "由{}负责",
    "age": "查出{}还没有销账",
    "found": "{}查出的",
    "ended": "{}销账的",
    "took": "用了{}天",
}
_READS: Mapping[str, Callable[[Fact, date, str], bool]] = {
    **{key: _word(key) for key in ("category", "area", "place", "source", "grade", "owner")},
    "state": lambda fact, today, value: _STATES[value](fact, today),
    "age": lambda fact, today, value: fact.is_open and age_of(fact.found_on, today) == value,
    "found": lambda fact, _, value: month_of(fact.found_on) == value,
    "ended": lambda fact, _, value: fact.ended_on is not None and month_of(fact.ended_on) == value,
    "found_from": lambda fact, _, value: fact.found_on >= date.fromisoformat(value),
    "found_to": lambda fact, _, value: fact.found_on <= date.fromisoformat(value),
    "took": lambda fact, _, value: str(fact.days_to_close) == value,
}


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _said(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
