from datetime import date

import pytest

from app.core.settings import Settings
from app.students import ClassKey, StudentRegister

THIRD_2 = ClassKey("小学", 2024, 2)


@pytest.fixture
def students(store):
    Settings(store).put({"school.year": 2026, "school.kind": "小学"})
    return StudentRegister(store, today=lambda: date(2026, 9, 3))
