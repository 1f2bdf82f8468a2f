"""The school calendar: a month grid, a year, and what a change costs: ``tests.bench.calendar``."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

SHIPPED = Path(__file__).parents[2] / "resources" / "calendar"
SPANS, TURNS = 40, 15


def days_ms():
    """Return the time in ms of a six-week grid not yet looked at, and of a year after a change."""
    from app.calendar import SchoolCalendar, load_holiday_books, load_themes
    from app.core.store import Store

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "xiaoan.db", bytes(range(32)), now=datetime.now)
        books, themes = load_holiday_books(SHIPPED)[0], load_themes(SHIPPED)[0]
        calendar = SchoolCalendar(store, books, themes, today=lambda: date(2026, 10, 12))
        for n in range(SPANS):
            first = date(2020, 9, 1) + timedelta(days=61 * n)
            calendar.mark("考试", first_on=first, last_on=first + timedelta(days=2))
        calendar.day(date(2026, 1, 1))
        grid = [
            _took(calendar, date(2024, 6, 1) + timedelta(days=42 * n), 42) for n in range(TURNS)
        ]
        year = []
        for _ in range(TURNS):
            calendar._forget(frozenset({"day_mark"}))
            year.append(_took(calendar, date(2026, 1, 1), 365))
        store.close()
    return median(grid), median(year)


def _took(calendar, first, count):
    began = process_time()
    calendar.days(first, first + timedelta(days=count - 1))
    return (process_time() - began) * 1000


if __name__ == "__main__":
    print("grid {:.2f} ms, year {:.2f} ms".format(*days_ms()))
