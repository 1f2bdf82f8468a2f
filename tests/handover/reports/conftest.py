from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.core.store import Store
from app.house import House
from tests.conftest import KEY

ROOT = Path(__file__).parents[3]


class Clock:
    """Friday of the 42nd week of 2026, ten past two in the afternoon."""

    def __init__(self):
        self.at = datetime(2026, 10, 16, 14, 10)

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
            "school.year": 2026,
            "school.code": "QS0001",
            "school.name": "青石镇中心小学",
            "store.created": "2026-09-01T07:30:00",
        }
    )
    made.calendar.set_term("2026-2027-1", begins_on=date(2026, 9, 1), ends_on=date(2027, 1, 20))
    yield made
    store.close()


@pytest.fixture
def reports(house):
    return house.reports


@pytest.fixture
def found(house):
    """Report a hazard found on a day."""

    def report(on, what="篮板松动", grade="一般"):
        return house.hazards.report(
            found_on=on,
            found_by="张老师",
            category="校舍建筑",
            place="操场",
            what=what,
            grade=grade,
        )

    return report
