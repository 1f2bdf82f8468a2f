from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.forms import load_forms
from app.core.store.store import Store
from app.hazards import HazardRegister
from tests.user import User

KEY = bytes(range(32))
ROOT = Path(__file__).parents[1]


@pytest.fixture
def store(tmp_path):
    """A real database, made by the real migrations."""
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: datetime(2026, 4, 1, 9, 0))
    yield store
    store.close()


@pytest.fixture
def hazards(store):
    return HazardRegister(store, today=lambda: date(2026, 4, 1))


@pytest.fixture
def forms():
    found, faults = load_forms(ROOT / "forms")
    assert faults == []
    return found


@pytest.fixture
def user(qtbot):
    return User(qtbot)
