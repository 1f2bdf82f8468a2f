from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.forms import load_forms
from app.core.paper import Context, load_papers
from app.hazards import HazardRegister, Step
from app.hazards.page import HazardPage
from app.ui.papers import Papers
from tests.hearing import let_hear

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 4, 1)


@pytest.fixture
def hazards(store):
    return HazardRegister(store, today=lambda: TODAY, now=lambda: datetime(2026, 4, 1, 9, 0))


@pytest.fixture
def forms():
    found, faults = load_forms(ROOT / "forms/ledgers")
    assert faults == []
    return found


@pytest.fixture
def papers():
    found, faults = load_papers(ROOT / "forms/papers")
    assert faults == []
    return found


@pytest.fixture
def report(hazards):
    """Report a hazard; what a test does not say is the loose handrail of 30 March."""

    def report(**said):
        return hazards.report(
            **{
                "found_on": date(2026, 3, 30),
                "found_by": "张老师",
                "category": "校舍建筑",
                "place": "教学楼二楼东楼梯",
                "what": "扶手松动，两处焊点开裂",
                "grade": "一般",
            }
            | said
        )

    return report


@pytest.fixture
def page(store, hazards, forms, papers):
    """Make the page as the house does, with four people on the staff list."""

    def page():
        made = HazardPage(
            hazards,
            form=forms["hazard"],
            papers=Papers(papers, lambda form, words: Context("青石镇中心小学", filter_text=words)),
            plan=dict,
            people=lambda: ["张老师", "李敏", "王建国", "刘玉兰"],
        )
        let_hear(store, made)
        return made

    return page


@pytest.fixture
def take_to(hazards):
    """Sign a hazard's steps until this one waits; None means it is closed."""

    def take_to(uid, step):
        while (waiting := hazards.get(uid).step) and waiting != step:
            sign(hazards, uid, Step(waiting))
        return hazards.get(uid)

    return take_to


def sign(hazards, uid, step, **said):
    """Sign a step as the school would on 1 April."""
    usual = {"by": "刘玉兰", "on": TODAY, "words": "照办。"}
    if step is Step.TREAT:
        plan = {"measures": "加固焊点", "owner": "王建国", "due_on": date(2026, 4, 10)}
        usual |= {"by": "王建国", "words": "焊点已加固。", **plan}
    if step is Step.ACCEPT:
        usual |= {"verdict": "合格"}
    return hazards.sign(uid, step, **(usual | said))
