"""All that is known of the school's days at one moment, and what it makes of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.calendar.holidays import announced, awaited
from app.calendar.lunar import lunar_day, solar_term
from app.calendar.occasions import Occasions
from app.calendar.rules import (
    AT_SCHOOL,
    DayKind,
    Holiday,
    Mark,
    Off,
    TermDays,
    marked,
    plain_kind,
    span,
    terms_near,
    usual_days,
)
from app.core.calendar import Term


class Day(NamedTuple):
    """One day of the school; ``lunar`` as a month grid shows it, ``week`` None in a vacation.

    ``provisional`` says that no notice has said yet whether it stays what it is.
    """

    on: date
    kind: DayKind
    note: str
    provisional: bool
    themes: tuple[str, ...]
    lunar: str
    solar_term: str
    week: int | None

    @property
    def is_school_day(self) -> bool:
        """Whether pupils are at school."""
        return self.kind in AT_SCHOOL


class Notice(NamedTuple):
    """The holidays of one year; ``uid`` is "" where the notice came with the program."""

    year: int
    number: str
    title: str
    holidays: Sequence[Holiday]
    uid: str = ""


class SchoolDays:
    """Terms, marks and notices put together; asked again and again, and never changed."""

    def __init__(
        self,
        terms: Iterable[TermDays],
        marks: Iterable[Mark],
        notices: Iterable[Notice],
        occasions: Occasions,
    ) -> None:
        self.entered = {days.term: days for days in terms}
        self.marks = list(marks)
        self.occasions = occasions
        self.notices = {notice.year: notice for notice in notices}
        self._marked: dict[date, Mark] = {on: mark for mark in self.marks for on in mark.days()}
        self._terms = dict(self.entered)  # and the usual days of the others, once asked for
        self._off: dict[int, Mapping[date, Off]] = {}
        self._days: dict[date, Day] = {}

    def with_notices(self, notices: Iterable[Notice]) -> SchoolDays:
        """Return the same days under other notices."""
        return SchoolDays(self.entered.values(), self.marks, notices, self.occasions)

    def between(self, first: date, last: date) -> list[Day]:
        """Return every day from the first to the last, both included."""
        return [self.day(on) for on in span(first, last)]

    def term(self, term: Term) -> TermDays:
        """Return the days of a term, as entered or as usual."""
        if term not in self._terms:
            self._terms[term] = usual_days(term)
        return self._terms[term]

    def term_on(self, on: date) -> TermDays | None:
        """Return the term a day lies in; what was entered goes before what is only usual."""
        near = [days for term in terms_near(on) if (days := self.term(term)).holds(on)]
        return min(near, key=lambda days: days.provisional, default=None)

    def day(self, on: date) -> Day:
        """Return what is known of a day."""
        if on not in self._days:
            self._days[on] = self._make(on)
        return self._days[on]

    def _make(self, on: date) -> Day:
        term = self.term_on(on)
        kind = plain_kind(on, term, self._off_on(on))
        if mark := self._marked.get(on):
            kind = marked(kind, mark)
        lunar = lunar_day(on)
        week = term.week_of(on) if term else 0
        return Day(
            on,
            kind.kind,
            kind.note,
            kind.provisional,
            self.occasions.names_on(on),
            lunar.short if lunar else "",
            solar_term(on),
            week if week > 0 else None,
        )

    def _off_on(self, on: date) -> Off | None:
        """Return what a notice says of a day: its year's, or where it looks across, a neighbour's.

        An announced year waits for nothing, whatever the year beside it may yet bring.
        """
        own = self._offs(on.year, on)
        others = [off for year in (on.year - 1, on.year + 1) if (off := self._offs(year, on))]
        if on.year in self.notices:
            others = [off for off in others if not off.provisional]
        return own or next(iter(others), None)

    def _offs(self, year: int, on: date) -> Off | None:
        if year not in self._off:
            notice = self.notices.get(year)
            self._off[year] = announced(notice.holidays) if notice else awaited(year)
        return self._off[year].get(on)
