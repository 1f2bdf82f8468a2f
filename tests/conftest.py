import os
from datetime import datetime
from pathlib import Path

import pytest

from app.core.store import Store
from tests.strays import watch_for_strays
from tests.user import User

# The screen of an office PC without its task bar; Qt's own offscreen one is 800 × 800, on which
# no dialog is as wide as on a real one. A path with a drive's colon is none Qt can read.
SCREEN = Path(__file__).parent / "ui" / "screen.json"
if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={os.path.relpath(SCREEN)}"
KEY = bytes(range(32))
NOW = datetime(2026, 4, 1, 9, 0)


@pytest.fixture
def store(tmp_path):
    """A real database, made by the real migrations."""
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: NOW)
    yield store
    store.close()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """The folder of the sample school, made once; whoever changes it takes a copy first."""
    from app.core.desk import create
    from app.core.paths import Paths, find_paths
    from app.sample import FACTS, PASSWORD, USER, furnish

    folder = tmp_path_factory.mktemp("样例") / "校安台数据"
    paths = Paths(find_paths().program, folder, folder.parent / "本机.json")
    desk, _ = create(paths, FACTS, USER, PASSWORD, sample=True, after=furnish)
    desk.close()
    return folder


@pytest.fixture
def user(qtbot):
    with watch_for_strays() as strays:
        yield User(qtbot)
    assert not strays, f"parts that flashed up as windows of their own: {strays}"
