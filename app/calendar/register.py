"""The school's calendar: what every other room asks about days, and how the school changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from app.calendar import views
from app.calendar.books import HolidayBook
from app.calendar.days import Day, Notice, SchoolDays
from app.calendar.hours import Hours, HoursBook, hours_on
from app.calendar.notices import NoticeBook
from app.calendar.occasions import Occasion, Occasions, Theme
from app.calendar.records import DayMark, HolidayNotice, SchoolHours, SchoolTerm, ThemeDay
from app.calendar.rules import (
    OWN_KINDS,
    DayKind,
    Mark,
    TermDays,
    said,
)
from app.calendar.terms import entered_terms, set_term, term_of_code
from app.calendar.themes import ThemeBook
from app.core.calendar import Term, term_of
from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View

_KINDS = (SchoolTerm, DayMark, HolidayNotice, ThemeDay, SchoolHours)
TABLES = frozenset(kind.__tablename__ for kind in _KINDS)
_LONGEST_MARK = 92
_LABELS = {"kind": "是什么日子", "note": "说明", "first_on": "从哪天", "last_on": "到哪天"}


class SchoolCalendar:
    """Terms, holidays and the school's own marks, asked by day.

    ``books`` are the notices and ``themes`` the theme days that came with the program. What is
    known is read once and kept until a change touches it.
    """

    def __init__(
        self,
        store: Store,
        books: Mapping[str, HolidayBook],
        themes: Sequence[Theme] = (),
        today: Callable[[], date] = date.today,
    ) -> None:
        self.store, self.today = store, today
        self.notices = NoticeBook(store, books, self._days_with)
        self.theme_book = ThemeBook(store, themes)
        self.hours_book = HoursBook(store)
        self.views: dict[str, View] = views.of(self)
        self._known: SchoolDays | None = None
        self._hours: list[Hours] | None = None
        store.on_change(self._forget)

    def day(self, on: date) -> Day:
        """Return what is known of a day."""
        return self._days().day(on)

    def days(self, first: date, last: date) -> list[Day]:
        """Return what is known of every day from the first to the last, both included."""
        return self._days().between(first, last)

    def is_school_day(self, on: date) -> bool:
        """Say whether pupils are at school: 上课, 补课, 考试, 活动."""
        return self.day(on).is_school_day

    def school_days(self, first: date, last: date) -> list[date]:
        """Return the days from the first to the last on which pupils are at school."""
        return [day.on for day in self.days(first, last) if day.is_school_day]

    def terms(self) -> list[TermDays]:
        """Return every term entered, and those of this school year and the next, by time."""
        this = term_of(self.today())
        known = self._days()
        wanted = {*known.entered, *(Term(this.year + n, k) for n in (0, 1) for k in (1, 2))}
        return [known.term(term) for term in sorted(wanted)]

    def terms_between(self, first: date, last: date) -> list[TermDays]:
        """Return the terms that touch these days, by time, entered or usual."""
        known = self._days()
        years = range(first.year - 1, last.year + 1)
        found = [known.term(Term(year, number)) for year in years for number in (1, 2)]
        return [days for days in found if days.begins_on <= last and first <= days.ends_on]

    def term_on(self, on: date) -> TermDays | None:
        """Return the term a day lies in, None in a vacation."""
        return self._days().term_on(on)

    def term(self, code: str) -> TermDays:
        """Return the days of a term such as 2026-2027-1, the usual ones if none were entered.

        Raises:
            UserError: no term is called that.

        """
        return self._days().term(term_of_code(code))

    def term_now(self) -> TermDays:
        """Return the term that runs, in a vacation the one the school counts the day to."""
        return self.term_on(self.today()) or self._days().term(term_of(self.today()))

    def week_of(self, on: date) -> int | None:
        """Return which week of its term a day lies in, None in a vacation."""
        return self.day(on).week

    def marks(self, first: date, last: date) -> list[Mark]:
        """Return the spans the school marked that touch these days, by time."""
        found = [m for m in self._days().marks if m.first_on <= last and first <= m.last_on]
        return sorted(found, key=lambda mark: (mark.first_on, mark.last_on))

    def themes(self, first: date, last: date) -> list[Occasion]:
        """Return the theme days and seasons that touch these days, by time."""
        return self._days().occasions.between(first, last)

    def seasons(self, on: date) -> list[Occasion]:
        """Return the seasons a day lies in: 防溺水重点期, 汛期, 森林防火期."""
        return [one for one in self.themes(on, on) if one.is_season]

    def hours_on(self, on: date) -> list[Hours]:
        """Return the hours kept on a day, one for each group of pupils; 全校 comes first."""
        if self._hours is None:
            self._hours = self.hours_book.all()
        return hours_on(on, self._hours)

    # The school's own word

    def set_term(
        self, code: str, *, begins_on: date, ends_on: date, weeks_from: date | None = None
    ) -> TermDays:
        """Say when a term begins and ends, both days included.

        Raises:
            UserError: the role may not, or the days cannot be, such as overlapping terms.

        """
        return set_term(
            self.store, code, begins_on=begins_on, ends_on=ends_on, weeks_from=weeks_from
        )

    def mark(self, kind: str, *, first_on: date, last_on: date, note: str = "") -> DayMark:
        """Mark a span of days, both ends included, as 补课, 考试, 活动, 农忙 or 休息.

        Raises:
            UserError: the role may not, or the days cannot be.

        """
        self.store.sitter.demand(Right.CALENDAR)
        with self.store.change("记一段日子") as session:
            made = DayMark()
            _put(made, kind, first_on, last_on, note)
            session.add(made)
        return made

    def correct_mark(
        self,
        uid: str,
        kind: str,
        *,
        first_on: date,
        last_on: date,
        note: str = "",
        seen: int | None = None,
    ) -> None:
        """Put a span of days right.

        Raises:
            UserError: the role may not, somebody changed it meanwhile, or the days cannot be.

        """
        self.store.sitter.demand(Right.CALENDAR)
        with self.store.change("修改一段日子"):
            one = self.store.get(DayMark, uid)
            check_unchanged(self.store, one, seen, name="这段日子", labels=_LABELS)
            _put(one, kind, first_on, last_on, note)

    def void_mark(self, uid: str, reason: str) -> None:
        """Mark a span of days 作废: its days are again what week and notice make of them.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        self.store.sitter.demand(Right.CALENDAR)
        self.store.void(self.store.get(DayMark, uid).uid, reason, "作废一段日子")

    # What is known

    def _days(self) -> SchoolDays:
        if self._known is None:
            self._known = self._read()
        return self._known

    def _forget(self, touched: frozenset[str]) -> None:
        if touched & TABLES:
            self._known = self._hours = None

    def _days_with(self, notices: Sequence[Notice]) -> Callable[[date, date], list[Day]]:
        return self._days().with_notices(notices).between

    def _read(self) -> SchoolDays:
        with self.store.read() as session:
            terms = entered_terms(session).values()
            marks = [
                Mark(one.uid, DayKind(one.kind), one.first_on, one.last_on, one.note or "", one.rev)
                for one in session.scalars(select(DayMark).order_by(DayMark.id))
            ]
        themes = [line.theme for line in self.theme_book.lines() if not line.is_off]
        return SchoolDays(terms, marks, self.notices.all().values(), Occasions(themes))


def _put(mark: DayMark, kind: str, first_on: date, last_on: date, note: str) -> None:
    if faults := _mark_faults(kind, first_on, last_on):
        raise UserError(f"{'；'.join(faults)}。", safe="没有保存。", do="请核对日期再保存。")
    mark.kind, mark.first_on, mark.last_on = kind, first_on, last_on
    mark.note = note.strip() or None


def _mark_faults(kind: str, first_on: date, last_on: date) -> list[str]:
    if kind not in OWN_KINDS:
        return [f"没有“{kind}”这一类，能用的是：{'、'.join(OWN_KINDS)}"]
    if last_on < first_on:
        return ["“到哪天”早于“从哪天”"]
    if (last_on - first_on).days >= _LONGEST_MARK:
        return [f"{said(first_on, last_on)}太长，一段日子最多{_LONGEST_MARK}天"]
    return []
