import json
from datetime import datetime
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.core.store import Store
from app.house import House
from tests.conftest import KEY

ROOT = Path(__file__).parents[2]
KNOWN = datetime(2026, 11, 20, 15, 58)
HAPPENED = datetime(2026, 11, 20, 15, 40)
SAID = {
    "happened_at": HAPPENED,
    "kind": "溺水",
    "place": "村东水库",
    "site": "校外",
    "what": "两名学生放学后在水库边玩水，一人落水，村民救起",
    "measures": "拨打120，校长和班主任到场，通知家长",
    "recipient": "青石镇教育办公室",
    "contact": "张老师",
    "phone": "13900000001",
}
PUPIL = "孙小满（二年级1班1号）"


def everything(store):
    """Return all that the file says, row by row, the journal too."""
    with store.read() as session:
        raw = session.connection().connection.cursor()
        tables = [r[0] for r in raw.execute("select name from sqlite_master where type='table'")]
        rows = [raw.execute(f'select * from "{name}"').fetchall() for name in tables]
    return json.dumps(rows, ensure_ascii=False, default=str)


class Clock:
    at = datetime(2026, 11, 20, 16, 0)

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def house(tmp_path, clock):
    store = Store(tmp_path / "xiaoan.db", KEY, now=clock)
    store.sitter = Sitter("张老师", Role.OFFICER)
    made = House(store, Paths(ROOT, tmp_path), today=lambda: clock.at.date(), now=clock)
    Settings(store).put({"school.name": "青石镇中心小学"})
    yield made
    store.close()


@pytest.fixture
def incidents(house):
    return house.incidents


@pytest.fixture
def running(incidents):
    """An incident that began two minutes ago, with all that was said of it."""
    return incidents.begin(known_at=KNOWN, said=SAID)
