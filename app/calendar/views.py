"""The calendar as paper takes it: a term week by week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.calendar.days import Day
from app.calendar.rules import DayKind, TermDays, monday, span
from app.calendar.words import holiday_words, short_day, short_span, term_words
from app.core.calendar import term_of
from app.core.views import Filter, Row, View, keep

if TYPE_CHECKING:
    from app.calendar.register import SchoolCalendar

_SIGNS = {
    DayKind.HOLIDAY: "休",
    DayKind.MAKE_UP: "补",
    DayKind.EXAM: "考",
    DayKind.EVENT: "活",
    DayKind.FARM: "农",
}
_KEYS = ("term", "year")
_COLUMNS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def of(calendar: SchoolCalendar) -> dict[str, View]:
    """Return the views of the calendar."""

    def terms(where: Filter) -> list[Row]:
        year = where.get("year", "")
        is_year = year.isascii() and year.isdigit() and 1950 < int(year) < 2100
        wanted = int(year) if is_year else term_of(calendar.today()).year
        return keep(year_rows(calendar, wanted), where, _KEYS)

    return {"terms": terms}


def year_rows(calendar: SchoolCalendar, year: int) -> list[Row]:
    """Return both terms of a school year, week by week."""
    terms = [calendar.term(f"{year}-{year + 1}-{number}") for number in (1, 2)]
    return [term_row(calendar, days) for days in terms]


def term_row(calendar: SchoolCalendar, term: TermDays) -> Row:
    """Return one term: its weeks, its holidays, its seasons."""
    first, last = monday(term.begins_on), monday(term.ends_on) + timedelta(days=6)
    days = calendar.days(first, last)
    weeks = [days[n : n + 7] for n in range(0, len(days), 7)]
    return {
        "term": term.term.code,
        "year": str(term.term.year),
        "name": term.term.name,
        "span": term_words(term) + ("（学校还没有填，按平常的算）" if term.provisional else ""),
        "school_days": f"{sum(day.is_school_day for day in days if term.holds(day.on))}天",
        "weeks": [_week(calendar, term, week) for week in weeks],
        "holidays": "；".join(_holidays(calendar, term)) or "没有",
        "seasons": "；".join(_seasons(calendar, term)) or "没有",
    }


def _week(calendar: SchoolCalendar, term: TermDays, week: Sequence[Day]) -> Row:
    cells = {key: _cell(term, day) for key, day in zip(_COLUMNS, week, strict=True)}
    number = term.week_of(week[0].on)
    return {"week": str(number) if number > 0 else "", **cells, "what": _what(calendar, week)}


def _cell(term: TermDays, day: Day) -> str:
    if not term.holds(day.on):
        return ""
    is_named = day.on.day == 1 or day.on == term.begins_on
    number = f"{day.on.month}/{day.on.day}" if is_named else str(day.on.day)
    return number + _SIGNS.get(day.kind, "") + ("？" if day.provisional else "")


def _what(calendar: SchoolCalendar, week: Sequence[Day]) -> str:
    """Return what is to be known of a week: holidays, what the school marked, theme days."""
    first, last = week[0].on, week[-1].on
    found: list[tuple[date, str]] = []
    for holiday in (one for y in {first.year, last.year} for one in calendar.notices.blank(y)):
        if first <= holiday.first_on <= last:
            found.append((holiday.first_on, holiday.name))
    for mark in calendar.marks(first, last):
        begins, ends = max(first, mark.first_on), min(last, mark.last_on)
        found.append((begins, f"{short_span(begins, ends)}{mark.note or mark.kind}"))
    for one in calendar.themes(first, last):
        if not one.is_season and one.first_on >= first:
            found.append((one.first_on, f"{short_day(one.first_on)}{one.name}"))
    return "；".join(words for _, words in sorted(found))


def _holidays(calendar: SchoolCalendar, term: TermDays) -> Iterator[str]:
    for year in sorted({term.begins_on.year, term.ends_on.year}):
        wait = "" if year in calendar.notices.all() else "（待定）"
        for holiday in calendar.notices.blank(year):
            if any(term.holds(on) for on in span(holiday.first_on, holiday.last_on)):
                yield f"{holiday.name}{wait} {holiday_words(holiday)}"


def _seasons(calendar: SchoolCalendar, term: TermDays) -> Iterator[str]:
    for one in calendar.themes(term.begins_on, term.ends_on):
        if one.is_season:
            yield f"{one.name} {short_span(one.first_on, one.last_on)}"
