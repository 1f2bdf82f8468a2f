import shutil

import pytest

from app.core.store import migrate
from tests.core.store.toy import STEP, Toys

CORE_STEP = migrate.STEPS / "0001_core.sql"


@pytest.fixture(autouse=True)
def steps(tmp_path_factory, monkeypatch):
    """Core's own step and the toys' instead of the rooms'; a test may add its own."""
    folder = tmp_path_factory.mktemp("steps")
    shutil.copy(CORE_STEP, folder)
    (folder / "0002_toy.sql").write_text(STEP, encoding="utf-8")
    monkeypatch.setattr(migrate, "STEPS", folder)
    return folder


@pytest.fixture
def toys(store):
    return Toys(store)
