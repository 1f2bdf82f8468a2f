from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.core.settings import Settings
from app.core.store import Store
from app.house import House
from tests.conftest import KEY

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: datetime(2026, 11, 22, 9, 0))
    yield store
    store.close()


@pytest.fixture
def house(store, tmp_path):
    """A school of two pupils in one class."""
    house = House(store, Paths(ROOT, tmp_path), today=lambda: TODAY)
    Settings(store).put({"school.name": "云栖镇中心小学", "school.code": "YQ2026"})
    room = house.students.class_named("三年级1班")
    facts = {"guardian1": "孙大山", "phone1": "13800000001", "health": "哮喘", "family": "离异"}
    house.students.add(name="孙小满", class_uid=room, seat_no=1, **facts)
    house.students.add(name="钱多多", class_uid=room, seat_no=2, guardian1="钱大海")
    return house


@pytest.fixture
def pupil(house):
    return house.students.pupils()[0].uid
