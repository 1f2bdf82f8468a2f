"""Every dialog of doing a drill, drawn in the smallest and the largest usual size."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.drills.doing.count_dialog import open_count
from app.drills.doing.figures_page import DrillFiguresPage
from app.drills.doing.plan_dialog import open_plan
from app.drills.doing.record_dialog import open_record
from app.drills.doing.stopwatch_dialog import open_stopwatch
from app.ui import theme
from app.ui.papers import Papers
from tests.ui.look import look_at

PEOPLE = ["刘玉兰", "张明", "李敏", "赵刚"]
OPENS = {
    "plan": lambda desk, doing, uid: open_plan(desk, doing, uid, PEOPLE),
    "count": lambda desk, doing, uid: open_count(desk, doing, uid, PEOPLE, lambda: None),
    "record": lambda desk, doing, uid: open_record(desk, doing, uid, PEOPLE),
    "stopwatch": lambda desk, doing, uid: open_stopwatch(desk, doing, uid, lambda run: None),
}


@pytest.mark.parametrize("size", ["中", "特大"])
@pytest.mark.parametrize("name", OPENS)
def test_a_dialog_cuts_nothing(user, house, drill, name, size):
    theme.apply(QApplication.instance(), size)
    desk = user.opens(QWidget())
    dialog = OPENS[name](desk, house.doing, drill.uid)
    assert look_at(dialog, f"drill_{name}", (size,), width=0) == []


def test_the_figures_cut_nothing(user, house):
    page = user.opens(DrillFiguresPage(house.doing, papers=Papers(house.papers, house.context)))
    assert look_at(page, "drill_figures", ("中", "特大")) == []
