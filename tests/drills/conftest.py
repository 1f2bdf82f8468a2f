from datetime import date
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.drills import DrillRegister
from app.house import House

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 10, 14)


@pytest.fixture
def drills(store):
    return DrillRegister(store, today=lambda: TODAY)


@pytest.fixture
def house(store, tmp_path):
    return House(store, Paths(ROOT, tmp_path), today=lambda: TODAY)
