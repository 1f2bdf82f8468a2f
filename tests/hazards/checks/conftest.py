from datetime import date
from pathlib import Path

import pytest

from app.hazards.checks import CheckRegister, load_checklists
from tests.hazards.conftest import TODAY

ROOT = Path(__file__).parents[3]


@pytest.fixture
def checks(store, hazards):
    found, faults = load_checklists(ROOT / "forms/checklists")
    assert faults == []
    return CheckRegister(store, hazards, found, today=lambda: TODAY)


@pytest.fixture
def walked(checks):
    """Enter the daily round of fire safety; the points named in ``faults`` are not in order."""

    def walked(faults=None, *, checklist="check_fire", **said):
        keys = checks.checklist(checklist).keys
        faults = faults or {}
        usual = {
            "checked_on": date(2026, 3, 31),
            "kind": "日",
            "leader": "刘玉兰",
            "inspectors": "张老师、李敏",
            "results": {key: "×" if key in faults else "√" for key in keys},
            "faults": faults,
        }
        return checks.enter(checklist, **(usual | said))

    return walked
