from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.core.store import Store
from app.house import House
from app.students import ClassKey
from tests.conftest import KEY

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 10, 14)
CLASSES = {("小学", 2026, 1): 3, ("小学", 2025, 1): 4, ("幼儿园", 2026, 1): 2}


class Clock:
    """A clock a test moves."""

    def __init__(self):
        self.at = datetime(2026, 10, 14, 10, 5)

    def __call__(self):
        return self.at

    def goes(self, **by):
        self.at += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def house(tmp_path, clock):
    """A small school: three classes, nine pupils, four of the staff, today being 14 October."""
    store = Store(tmp_path / "xiaoan.db", KEY, now=clock)
    house = House(store, Paths(ROOT, tmp_path), today=lambda: clock.at.date(), now=clock)
    house.settings.put({"school.name": "青石镇中心小学", "school.year": 2026})
    for name, post in (
        ("刘玉兰", "校长"),
        ("张明", "安全员"),
        ("李敏", "班主任"),
        ("赵刚", "保安"),
    ):
        house.staff.enter(name=name, post=post)
    for key, count in CLASSES.items():
        uid = house.students.open_class(ClassKey(*key))
        for number in range(count):
            house.students.add(name=f"{'甲乙丙丁'[number]}{key[0][0]}{key[1]}", class_uid=uid)
    yield house
    store.close()


@pytest.fixture
def drill(house):
    return house.drills.enter(
        kind="地震", planned_on=TODAY, place="操场", commander="刘玉兰", target_seconds=120
    )


@pytest.fixture
def units(house):
    return [unit.name for unit in house.doing.roll.units("全校")]
