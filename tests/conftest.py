from datetime import datetime

import pytest

from app.core.store import Store
from tests.user import User

KEY = bytes(range(32))
NOW = datetime(2026, 4, 1, 9, 0)


@pytest.fixture
def store(tmp_path):
    """A real database, made by the real migrations."""
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: NOW)
    yield store
    store.close()


@pytest.fixture
def user(qtbot):
    return User(qtbot)
