from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from app.core.paths import Paths
from app.core.store import Store
from app.handover.binder.register import Wanted
from app.handover.binder.rules import Days
from app.house import House
from app.sample import fill
from tests.conftest import KEY

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 20)
YEAR = Days(date(2026, 8, 1), date(2027, 7, 31))


def open_house(folder):
    """Open a school's register on a Friday in November."""

    def now():
        return datetime(2026, 11, 20, 10, 0)

    store = Store(folder / "xiaoan.db", KEY, now=now)
    made = House(store, Paths(ROOT, folder), today=lambda: TODAY, now=now)
    if not made.settings.get("school.name"):
        facts = {"school.kind": "小学", "school.year": 2026, "school.code": "YQ2026"}
        made.settings.put(facts | {"school.name": "云栖镇中心小学", "school.has_canteen": True})
    return made


@pytest.fixture(scope="session")
def full(tmp_path_factory):
    """The sample school."""
    made = open_house(tmp_path_factory.mktemp("full"))
    fill(made, TODAY)
    yield made
    made.store.close()


@pytest.fixture
def empty(tmp_path):
    """A school that has entered nothing yet."""
    made = open_house(tmp_path)
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def bound(full):
    """The binder of the sample school's year."""
    return full.binder.make(Wanted(YEAR))


@pytest.fixture(scope="session")
def sheets(bound):
    """The text of each of its sheets."""
    return texts(bound.data)


def texts(data):
    """The text of each sheet of a PDF."""
    with pypdfium2.PdfDocument(BytesIO(data)) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def outline(data):
    """The bookmarks of a PDF: title, depth, sheet from 1."""
    with pypdfium2.PdfDocument(BytesIO(data)) as pdf:
        return [(b.get_title(), b.level, b.get_dest().get_index() + 1) for b in pdf.get_toc()]
