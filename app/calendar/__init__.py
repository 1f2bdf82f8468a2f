"""The door of the calendar: what other rooms may use."""

from app.calendar.books import HolidayBook, load_holiday_books
from app.calendar.days import Day
from app.calendar.lunar import lunar_day
from app.calendar.register import SchoolCalendar
from app.calendar.rules import DayKind, TermDays

__all__ = [
    "Day",
    "DayKind",
    "HolidayBook",
    "SchoolCalendar",
    "TermDays",
    "load_holiday_books",
    "lunar_day",
]
