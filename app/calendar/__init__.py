"""The door of the calendar: what other rooms may use."""

from app.calendar.books import HolidayBook, load_holiday_books
from app.calendar.days import Day
from app.calendar.hours import Hours
from app.calendar.lunar import lunar_day
from app.calendar.occasions import Occasion, load_themes
from app.calendar.register import SchoolCalendar
from app.calendar.rules import DayKind, TermDays
from app.calendar.terms import set_term, term_counter, term_days

__all__ = [
    "Day",
    "DayKind",
    "HolidayBook",
    "Hours",
    "Occasion",
    "SchoolCalendar",
    "TermDays",
    "load_holiday_books",
    "load_themes",
    "lunar_day",
    "set_term",
    "term_counter",
    "term_days",
]
