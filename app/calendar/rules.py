"""What kind of day a day is: from the terms, the holiday notice and the school's own marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.core.calendar import Term, term_of

SATURDAY = 5


class DayKind(StrEnum):
    """What a day is at this school."""

    SCHOOL = "上课"
    REST = "休息"
    HOLIDAY = "节假日"
    MAKE_UP = "补课"
    EXAM = "考试"
    EVENT = "活动"
    FARM = "农忙"
    VACATION = "寒暑假"


AT_SCHOOL = frozenset({DayKind.SCHOOL, DayKind.MAKE_UP, DayKind.EXAM, DayKind.EVENT})
OWN_KINDS = (DayKind.MAKE_UP, DayKind.EXAM, DayKind.EVENT, DayKind.FARM, DayKind.REST)
# Over several days these mean the days on which there is school anyway.
_WITHIN_SCHOOL = (DayKind.EXAM, DayKind.EVENT)


class TermDays(NamedTuple):
    """The days of a term, both ends included; ``provisional`` where nobody has entered them.

    ``weeks_from`` is a day of the first week, None where that is the week of the first day.
    """

    term: Term
    begins_on: date
    ends_on: date
    provisional: bool
    weeks_from: date | None = None

    def holds(self, on: date) -> bool:
        """Say whether a day lies in the term."""
        return self.begins_on <= on <= self.ends_on

    def week_of(self, on: date) -> int:
        """Return which week of the term a day lies in; weeks begin on Monday, the first is 1."""
        return (monday(on) - monday(self.weeks_from or self.begins_on)).days // 7 + 1

    @property
    def weeks(self) -> int:
        """How many weeks the term has."""
        return self.week_of(self.ends_on)


class Mark(NamedTuple):
    """A span of days the school itself marked, both ends included, at revision ``rev``."""

    uid: str
    kind: DayKind
    first_on: date
    last_on: date
    note: str = ""
    rev: int = 0

    def days(self) -> list[date]:
        """Return every day of the span."""
        return span(self.first_on, self.last_on)


class Holiday(NamedTuple):
    """One holiday of a notice, both ends included, and the days on which work is made up."""

    name: str
    first_on: date
    last_on: date
    work: tuple[date, ...] = ()

    def days(self) -> list[date]:
        """Return every day of the holiday."""
        return span(self.first_on, self.last_on)


class Off(NamedTuple):
    """What the notice, or the law alone, makes of one day.

    ``is_work`` is None for a day that may yet become either.
    """

    name: str
    is_work: bool | None
    provisional: bool


def span(first: date, last: date) -> list[date]:
    """Return every day from the first to the last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def monday(on: date) -> date:
    """Return the Monday of a day's week."""
    return on - timedelta(days=on.weekday())


# --- terms ----------------------------------------------------------------------------------------
# When a term begins and ends unless the school says so: defaults of ours, month and day.
_USUAL = {1: ((9, 1), (1, 20)), 2: ((3, 1), (7, 5))}
_LONGEST_TERM = 200
_MOST_SHIFT = 21
_FIRST_YEAR, _LAST_YEAR = 1950, 2100  # what the lunar table holds


def usual_days(term: Term) -> TermDays:
    """Return when a term begins and ends as long as nobody has said it."""
    begins, ends = _USUAL[term.number]
    spring = term.year + 1
    first = date(term.year if term.number == 1 else spring, *begins)
    return TermDays(term, first, date(spring, *ends), True)


def read_term(code: str) -> Term | None:
    """Return the term of a code such as 2026-2027-1, None if it is none."""
    parts = code.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, following, number = map(int, parts)
    is_term = following == year + 1 and number in (1, 2)
    return Term(year, number) if is_term and _FIRST_YEAR <= year <= _LAST_YEAR else None


def before(term: Term) -> Term:
    """Return the term before."""
    return Term(term.year, 1) if term.number == 2 else Term(term.year - 1, 2)


def after(term: Term) -> Term:
    """Return the term after."""
    return Term(term.year, 2) if term.number == 1 else Term(term.year + 1, 1)


def terms_near(on: date) -> tuple[Term, Term, Term]:
    """Return the terms a day may lie in, the likeliest first."""
    likely = term_of(on)
    return likely, before(likely), after(likely)


def counted_to(on: date, entered: Mapping[Term, TermDays]) -> Term:
    """Return the term the school counts a day to; in a vacation the months decide."""
    for term in terms_near(on):
        if (entered.get(term) or usual_days(term)).holds(on):
            return term
    return term_of(on)


def term_faults(days: TermDays, neighbours: Iterable[TermDays]) -> list[str]:
    """Say what cannot be about the days of a term."""
    if days.ends_on <= days.begins_on:
        return ["学期结束的日子要晚于开学的日子"]
    found = []
    middle = days.begins_on + (days.ends_on - days.begins_on) / 2
    if term_of(middle) != days.term:
        found.append(f"这段日子不在{days.term.name}里")
    if (days.ends_on - days.begins_on).days > _LONGEST_TERM:
        found.append(f"一个学期最长{_LONGEST_TERM}天")
    for other in neighbours:
        if days.begins_on <= other.ends_on and other.begins_on <= days.ends_on:
            found.append(f"和{other.term.name}（{said(other.begins_on, other.ends_on)}）重叠")
    if days.weeks_from and abs((days.weeks_from - days.begins_on).days) > _MOST_SHIFT:
        found.append("第一周离开学太远")
    return found


def said(first: date, last: date) -> str:
    """Name a span of days as people do: 2026年9月1日到2027年1月20日."""
    if first == last:
        return _day(first)
    return f"{_day(first)}到{_day(last)}"


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


# --- one day --------------------------------------------------------------------------------------
class Kind(NamedTuple):
    """What a day is, in the word for it and a note."""

    kind: DayKind
    note: str
    provisional: bool = False


def plain_kind(on: date, term: TermDays | None, off: Off | None) -> Kind:
    """Return what the term, the notice and the week make of a day."""
    waits = off is not None and off.provisional
    if off is not None and off.is_work is False:
        return Kind(DayKind.HOLIDAY, off.name, waits)
    if term is None:
        return Kind(DayKind.VACATION, "", waits)
    if off is not None and off.is_work:
        return Kind(DayKind.MAKE_UP, f"补{off.name}", waits)
    note = f"{off.name}怎样放假还没有通知" if off else ""
    if on.weekday() >= SATURDAY:
        return Kind(DayKind.REST, note, waits)
    return Kind(DayKind.SCHOOL, note, waits)


def marked(plain: Kind, mark: Mark) -> Kind:
    """Return what a mark of the school makes of a day.

    A holiday stays one within days of 农忙 or 休息; an exam or event of several days means those
    with school.
    """
    is_long = mark.first_on != mark.last_on
    if mark.kind in _WITHIN_SCHOOL and is_long and plain.kind not in AT_SCHOOL:
        return plain
    if mark.kind not in AT_SCHOOL and plain.kind in (DayKind.HOLIDAY, DayKind.VACATION):
        return plain
    return Kind(mark.kind, mark.note, plain.provisional)
