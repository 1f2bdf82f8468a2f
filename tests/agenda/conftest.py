"""A real school with a clock one can set, as the rules see it."""

from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.core.store import Store
from app.house import House
from tests.conftest import KEY

ROOT = Path(__file__).parents[2]


class Clock:
    at = datetime(2026, 9, 1, 8, 0)

    def now(self):
        return self.at

    def today(self):
        return self.at.date()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def house(tmp_path, clock):
    store = Store(tmp_path / "xiaoan.db", KEY, now=clock.now)
    made = House(store, Paths(ROOT, tmp_path), today=clock.today, now=clock.now)
    made.settings.put(
        {
            "school.kind": "小学",
            "school.has_kindergarten": True,
            "school.year": 2026,
            "school.code": "QS0001",
            "school.name": "青石镇中心小学",
            "store.created": "2026-09-01T07:30:00",
        }
    )
    made.calendar.set_term("2026-2027-1", begins_on=date(2026, 9, 1), ends_on=date(2027, 1, 20))
    yield made
    store.close()
