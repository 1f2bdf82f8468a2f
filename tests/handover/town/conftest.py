"""A town and its twelve schools: their files are written once, through their own books."""

from datetime import date, datetime

import pytest

from app.core.founding import TownFacts
from app.core.paths import Paths, find_paths
from app.core.roles import Sitter
from app.core.store import Store
from app.house import House
from app.sample_town import (
    TOWN,
    TOWN_CODE,
    SampleSchool,
    furnish_school,
    sample_schools,
    write_files,
)
from tests.conftest import KEY

TODAY = date(2026, 4, 22)
NOW = datetime(2026, 4, 22, 10)


def open_town(folder):
    """Return the open house of a fresh town in this folder."""
    paths = Paths(find_paths().program, folder)
    paths.data.mkdir(parents=True, exist_ok=True)
    store = Store(paths.database, KEY, now=lambda: NOW)
    store.sitter = Sitter("李主任")
    house = House(store, paths, lambda: TODAY, lambda: NOW)
    if not house.town.is_town:
        house.settings.put(TownFacts(TOWN, TOWN_CODE).checked().settings(NOW, sample=False))
        house.make_town_keys()
    return house


@pytest.fixture(scope="session")
def stick(tmp_path_factory):
    """The files of the twelve schools on a stick; nobody writes to it."""
    folder = tmp_path_factory.mktemp("U盘")
    write_files(folder, TODAY)
    return folder


@pytest.fixture(scope="session")
def three(tmp_path_factory):
    """The files of three schools."""
    folder = tmp_path_factory.mktemp("三校")
    write_files(folder, TODAY, sample_schools()[:3])
    return folder


@pytest.fixture
def town(tmp_path):
    house = open_town(tmp_path / "town")
    yield house
    house.store.close()


@pytest.fixture
def school(tmp_path):
    """The second sample school, with its books open."""
    paths = Paths(find_paths().program, tmp_path / "school")
    paths.data.mkdir()
    store = Store(paths.database, KEY, now=lambda: NOW)
    sample = SampleSchool(2, "云栖镇石桥小学", "小学")
    house = furnish_school(store, paths, sample, TODAY)
    yield house
    store.close()
