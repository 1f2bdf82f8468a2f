import pytest

from app.core.paper import Context
from app.core.paths import Paths
from app.hazards.places.page import PlacePage
from app.hazards.places.register import PlaceRegister
from app.hazards.risks.page import RiskPage
from app.hazards.risks.register import RiskRegister
from app.hazards.surroundings.page import SurroundingPage
from app.hazards.surroundings.register import SurroundingRegister
from app.house import House
from app.ui.papers import Papers
from tests.hazards.conftest import ROOT, TODAY
from tests.hearing import let_hear

PEOPLE = ("张老师", "李敏", "王建国", "刘玉兰")


@pytest.fixture
def places(store):
    return PlaceRegister(store)


@pytest.fixture
def risks(store):
    return RiskRegister(store, today=lambda: TODAY)


@pytest.fixture
def around(store):
    return SurroundingRegister(store, today=lambda: TODAY)


@pytest.fixture
def enter(risks):
    """Enter a risk point; what a test does not say is the gas stove of the canteen."""

    def enter(**said):
        stove = {
            "name": "食堂燃气灶",
            "area": "食堂",
            "place": "食堂操作间",
            "kind": "物",
            "what": "软管老化漏气，遇明火燃爆",
            "accidents": "火灾、爆炸",
            "grade": "红",
            "measures": "每日开灶前检查软管和报警器",
            "level": "校级",
            "department": "总务处",
            "owner": "王建国",
            "frequency": "每日",
        }
        return risks.enter(**(stove | said))

    return enter


@pytest.fixture
def see(around):
    """Enter something around the school; what a test does not say is the net bar at 150 metres."""

    def see(**said):
        bar = {"nature": "问题", "kind": "网吧", "name": "飞宇网吧", "distance": 150}
        bar |= {"found_on": TODAY, "what": "晚上有学生进出"}
        return around.enter(**(bar | said))

    return see


@pytest.fixture
def paper_of(papers):
    """Return what pages print with: the shipped forms and a school."""
    return Papers(papers, lambda form, words: Context("青石镇中心小学", filter_text=words))


@pytest.fixture
def opened(user, store):
    """Open a page as the house does; it hears of what is written."""

    def opened(page):
        let_hear(store, page)
        return user.opens(page)

    return opened


@pytest.fixture
def risk_page(opened, risks, places, forms, paper_of, store, tmp_path):
    house = House(store, Paths(ROOT, tmp_path), today=lambda: TODAY)
    return lambda: opened(
        RiskPage(
            risks,
            form=forms["risk"],
            papers=paper_of,
            places=places,
            plan=house.plan.row,
            people=lambda: PEOPLE,
        )
    )


@pytest.fixture
def around_page(opened, around, forms, paper_of):
    return lambda: opened(SurroundingPage(around, form=forms["surrounding"], papers=paper_of))


@pytest.fixture
def place_page(opened, places, forms):
    return lambda: opened(PlacePage(places, form=forms["place"], people=lambda: PEOPLE))
