from datetime import timedelta

import pytest
from PySide6.QtWidgets import QStackedWidget

from app.core.paper import Context
from app.hazards import Step
from app.hazards.charts.page import ChartPage
from app.hazards.charts.register import ChartRegister
from app.hazards.checks.page import CheckPage
from app.hazards.checks.register import CheckRegister
from app.ui.papers import Papers
from tests.hazards.conftest import TODAY

LEVELS = ("上报", "内部")


@pytest.fixture
def charts(store):
    return ChartRegister(store, today=lambda: TODAY)


@pytest.fixture
def whole(hazards, report, take_to):
    """A ledger over ten months: every grade, state and source, some of it nobody's."""
    plan = {"measures": "紧固", "owner": "王建国"}
    for number in range(36):
        found = TODAY - timedelta(days=9 * number)
        made = report(
            found_on=found,
            grade=("一般", "较大", "重大")[number % 3],
            area=("操场", "食堂", "宿舍", None)[number % 4],
            place=f"部位{number % 11:02}",
            category=("消防安全", "用电用气", "宿舍", "其他")[number % 4],
            source=("节前检查", None)[number % 2],
            due_on=found + timedelta(days=5 + number % 9),
            **(plan | {"owner": ("王建国", "李敏", None, "张老师")[number % 4]}),
        )
        if number % 5:
            take_to(made.uid, (None, Step.ACCEPT, Step.TREAT, None)[number % 4])
    return hazards


@pytest.fixture
def rooms(store, hazards, page, papers):
    """The page of statistics beside the ledger and the checks, one of them in front."""
    register = ChartRegister(store, today=lambda: TODAY)
    checks = CheckRegister(store, hazards, {}, today=lambda: TODAY)
    front = QStackedWidget()

    def context(level):
        return lambda form, words: Context("青石镇中心小学", level, filter_text=words)

    outer, inner = (Papers(papers, context(level)) for level in LEVELS)
    pages = {
        "hazards": page(),
        "checks": CheckPage(checks, papers=outer, go=lambda uid: None),
    }

    def go(room, pick):
        front.setCurrentWidget(pages[room])
        pages[room].filters.pick(pick)

    front.charts = ChartPage(register, papers=outer, inner=inner, go=go, memory=store)
    front.ledger, front.checks = pages.values()
    front.addWidget(front.charts)
    for one in pages.values():
        front.addWidget(one)
    return front
