"""The turns of a rule between two days: months, weeks, terms, the days before a holiday (pure)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from app.agenda.rules import DAY, Period, Rhythm, Rule

EXCUSED = "在校日只有{days}天"
_QUARTERS = "一二三四"


class Span(NamedTuple):
    """Days with a name, both ends in it: a term, a holiday."""

    code: str
    name: str
    first: date
    last: date
    provisional: bool = False


@dataclass(frozen=True)
class Almanac:
    """What counting asks of the school calendar, for the days from ``first`` to ``last``.

    ``school_days`` are in their order; ``breaks`` are holidays and vacations, ``unsettled`` the
    days on which nothing is announced yet.
    """

    first: date
    last: date
    school_days: tuple[date, ...]
    terms: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()
    unsettled: frozenset[date] = frozenset()

    def count(self, first: date, last: date) -> int:
        """Return how many school days lie there, both days in it."""
        return bisect_right(self.school_days, last) - bisect_left(self.school_days, first)

    def school_day_before(self, day: date) -> date | None:
        """Return the last school day that is not after this day."""
        at = bisect_right(self.school_days, day)
        return self.school_days[at - 1] if at else None


def periods(rule: Rule, first: date, last: date, almanac: Almanac) -> list[Period]:
    """Return the turns of a rule that touch these days, the earliest first."""
    make = _TURNS.get(rule.rhythm)
    if make is None:
        return []
    return [
        _finish(rule, turn, almanac)
        for turn in make(rule, first, last, almanac)
        if turn.first <= last and turn.last >= first
    ]


def _finish(rule: Rule, turn: Period, almanac: Almanac) -> Period:
    """Add what the school calendar says of a turn."""
    days = almanac.count(turn.first, turn.last)
    is_anchored = rule.rhythm in (Rhythm.TERM_BEGIN, Rhythm.TERM_END, Rhythm.HOLIDAY)
    is_excused = not is_anchored and days < rule.least_days
    before = almanac.school_day_before(turn.due_on)
    return turn._replace(
        excused=EXCUSED.format(days=days) if is_excused else "",
        provisional=turn.provisional or turn.due_on in almanac.unsettled,
        reminded_on=before if before is not None and before >= turn.first else None,
    )


def named_day(rule: Rule, day: date) -> date:
    """Return the last day in time where a rule says “X日前”: the day before, or the day itself."""
    return day if rule.includes_day else day - DAY


def months_on(day: date, months: int) -> date:
    """Return the same day some months later; 31 becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _days(rule: Rule, first: date, last: date, almanac: Almanac) -> Iterator[Period]:
    for day in almanac.school_days:
        if first <= day <= last:
            name = f"{day.month}月{day.day}日"
            yield Period(day.isoformat(), name, day, day, day, _time(rule))


def _weeks(rule: Rule, first: date, last: date, _almanac: Almanac) -> Iterator[Period]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        sunday = monday + 6 * DAY
        due = monday + timedelta(days=(rule.by_weekday or 7) - 1)
        year, week, _ = monday.isocalendar()
        name = f"{monday.month}月{monday.day}日—{sunday.month}月{sunday.day}日这一周"
        yield Period(f"{year}-W{week:02}", name, monday, sunday, due, _time(rule))
        monday += 7 * DAY


def _months(rule: Rule, first: date, last: date, _almanac: Almanac) -> Iterator[Period]:
    begin = first.replace(day=1)
    while begin <= last:
        end = month_end(begin)
        due = end
        if rule.by_day:
            due = named_day(rule, begin.replace(day=min(rule.by_day, end.day)))
        yield Period(f"{begin:%Y-%m}", f"{begin.month}月", begin, end, due, _time(rule))
        begin = end + DAY


def _quarters(_rule: Rule, first: date, last: date, _almanac: Almanac) -> Iterator[Period]:
    for year in range(first.year, last.year + 1):
        for n in range(4):
            begin = date(year, 3 * n + 1, 1)
            end = month_end(date(year, 3 * n + 3, 1))
            yield Period(f"{year}-Q{n + 1}", f"第{_QUARTERS[n]}季度", begin, end, end)


def _halves(_rule: Rule, first: date, last: date, _almanac: Almanac) -> Iterator[Period]:
    for year in range(first.year, last.year + 1):
        yield _half(year, 1, "上半年")
        yield _half(year, 7, "下半年")


def _half(year: int, month: int, name: str) -> Period:
    end = month_end(date(year, month + 5, 1))
    return Period(f"{year}-H{1 if month == 1 else 2}", name, date(year, month, 1), end, end)


def _years(rule: Rule, first: date, last: date, _almanac: Almanac) -> Iterator[Period]:
    for year in range(first.year, last.year + 1):
        end = date(year, 12, 31)
        yield Period(str(year), f"{year}年", date(year, 1, 1), end, _by_date(rule, year, end))


def _by_date(rule: Rule, year: int, otherwise: date) -> date:
    if not rule.by_month:
        return otherwise
    end = month_end(date(year, rule.by_month, 1))
    if not rule.by_day:
        return end
    return named_day(rule, end.replace(day=min(rule.by_day, end.day)))


def _school_years(_rule: Rule, first: date, last: date, _almanac: Almanac) -> Iterator[Period]:
    for year in range(first.year - 1, last.year + 1):
        end = date(year + 1, 8, 31)
        yield Period(f"{year}-{year + 1}", f"{year}—{year + 1}学年", date(year, 9, 1), end, end)


def _terms(_rule: Rule, _first: date, _last: date, almanac: Almanac) -> Iterator[Period]:
    for term in almanac.terms:
        yield _of(term, term.first, term.last, term.last)


def _term_begins(rule: Rule, _first: date, _last: date, almanac: Almanac) -> Iterator[Period]:
    """Yield the days around the opening of a term, or the months after it."""
    for term in almanac.terms:
        begin = term.first + timedelta(days=rule.from_days)
        if rule.within_months:
            due = named_day(rule, months_on(term.first, rule.within_months))
            yield _of(term, begin, max(term.last, due), due)
        else:
            due = term.first + timedelta(days=rule.to_days)
            yield _of(term, begin, due, due)


def _term_ends(rule: Rule, _first: date, _last: date, almanac: Almanac) -> Iterator[Period]:
    for term in almanac.terms:
        due = term.last + timedelta(days=rule.to_days)
        yield _of(term, term.last + timedelta(days=rule.from_days), due, due)


def _holidays(rule: Rule, _first: date, _last: date, almanac: Almanac) -> Iterator[Period]:
    """Yield the days before each holiday and vacation that is long enough."""
    for rest in almanac.breaks:
        if (rest.last - rest.first).days + 1 >= rule.least_break:
            begin = rest.first + timedelta(days=rule.from_days)
            yield _of(rest, begin, rest.first - DAY, rest.first - DAY)


def _of(span: Span, first: date, last: date, due: date) -> Period:
    return Period(span.code, span.name, first, last, due, provisional=span.provisional)


def _time(rule: Rule) -> time | None:
    return time.fromisoformat(rule.by_time) if rule.by_time else None


_Turns = Callable[[Rule, date, date, Almanac], Iterator[Period]]
_TURNS: Mapping[Rhythm, _Turns] = {
    Rhythm.DAY: _days,
    Rhythm.WEEK: _weeks,
    Rhythm.MONTH: _months,
    Rhythm.QUARTER: _quarters,
    Rhythm.HALF: _halves,
    Rhythm.YEAR: _years,
    Rhythm.SCHOOL_YEAR: _school_years,
    Rhythm.TERM: _terms,
    Rhythm.TERM_BEGIN: _term_begins,
    Rhythm.TERM_END: _term_ends,
    Rhythm.HOLIDAY: _holidays,
}
