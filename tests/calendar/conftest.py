from datetime import date
from pathlib import Path

import pytest

from app.calendar import SchoolCalendar, load_holiday_books, load_themes

SHIPPED = Path(__file__).parents[2] / "resources" / "calendar"


@pytest.fixture
def books():
    found, faults = load_holiday_books(SHIPPED)
    assert faults == []
    return found


@pytest.fixture
def themes():
    found, faults = load_themes(SHIPPED)
    assert faults == []
    return found


@pytest.fixture
def calendar(store, books, themes):
    """The calendar of a school that has entered nothing yet, on 2026-10-12."""
    return SchoolCalendar(store, books, themes, today=lambda: date(2026, 10, 12))
