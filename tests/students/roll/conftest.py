from datetime import date, datetime

import pytest

from app.core.settings import Settings
from app.core.store import Store
from app.students import ClassKey, StudentRegister
from app.students.roll.promoting import PromotionDesk

KEY = bytes(range(32))
PRIMARY, PRESCHOOL, KINDER = "小学", "学前", "幼儿园"


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: datetime(2027, 9, 1, 8, 0))
    yield store
    store.close()


@pytest.fixture
def students(store):
    Settings(store).put({"school.year": 2026, "school.kind": PRIMARY})
    return StudentRegister(store, today=lambda: date(2027, 9, 1))


@pytest.fixture
def promotion(students):
    return PromotionDesk(students)


@pytest.fixture
def room(students):
    """Open a class with pupils of these names; return its uid."""

    def room(stage, entry_year, number, *names, others=(), own=None):
        uid = students.open_class(ClassKey(stage, entry_year, number, others))
        for seat, name in enumerate(names, start=1):
            students.add(name=name, class_uid=uid, seat_no=seat, entry_year=own)
        return uid

    return room


@pytest.fixture
def school(room):
    """A school of six grades, one class each, two in the third; names say where they sit."""
    for grade in range(1, 7):
        room(
            PRIMARY,
            2027 - grade,
            1,
            f"甲{'一二三四五六'[grade - 1]}",
            f"乙{'一二三四五六'[grade - 1]}",
        )
    room(PRIMARY, 2024, 2, "丙三", "丁三")
