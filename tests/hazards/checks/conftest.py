from datetime import date
from pathlib import Path

import pytest

from app.core.paper import Context
from app.hazards.checks import CheckRegister, load_checklists
from app.hazards.checks.page import CheckPage
from app.ui.papers import Papers
from tests.hazards.conftest import TODAY
from tests.hearing import let_hear

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


@pytest.fixture
def page(store, checks, papers):
    """Open the page as the house does, with what it would lead to in ``page.gone``."""

    def page():
        gone = []
        made = CheckPage(
            checks,
            papers=Papers(papers, lambda form, words: Context("青石镇中心小学", filter_text=words)),
            go=gone.append,
            people=lambda: ["张老师", "李敏", "王建国", "刘玉兰"],
            memory=store,
        )
        made.gone = gone
        let_hear(store, made)
        return made

    return page
