"""The sample school shows the drills alive, whatever the day."""

from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.core.store import Store
from app.drills.rules import State
from app.house import House
from app.sample_drills import run_drills
from tests.conftest import KEY

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "today",
    [date(2026, 9, 1), date(2026, 11, 22), date(2027, 1, 20), date(2027, 2, 15), date(2027, 8, 3)],
)
def test_a_year_was_held_one_month_is_owed_and_the_term_is_planned(tmp_path, today):
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: datetime(2026, 11, 22, 9))
    house = House(store, Paths(ROOT, tmp_path), today=lambda: today)
    facts = {"kind": "小学", "boards": True, "has_bus": True, "has_canteen": True}
    house.settings.put({f"school.{key}": fact for key, fact in facts.items()})
    run_drills(house, today, ["刘玉兰", "张建国"])
    states = [house.drills.state(drill) for drill in house.drills.all()]
    assert states.count(State.DONE) >= 7
    assert states.count(State.PLANNED) >= 3
    assert sum(drill.locked for drill in house.drills.all()) == 1
    assert all(drill.done_on < today for drill in house.drills.all() if drill.done_on)
    store.close()
