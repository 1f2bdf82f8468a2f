from datetime import date, datetime, time
from pathlib import Path

import pytest

from app.core.paper import Context, load_papers
from app.duties import (
    DutyLogRegister,
    GateRegister,
    PatrolRegister,
    SafetyLogRegister,
    Shift,
)
from app.ui.papers import Papers

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 5, 16, 30)  # a Thursday
WEDNESDAY, THURSDAY = date(2026, 11, 4), date(2026, 11, 5)
PEOPLE = ("周海涛", "孙丽华", "陈建国", "吴敏", "赵保安", "钱妈妈")
POINTS = ("配电室", "食堂操作间", "学生宿舍一楼")


class Clock:
    at = NOW

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


class Roster:
    """What the roster says; a test may change it."""

    def __init__(self):
        self.days = [date(2026, 11, n) for n in (2, 3, 4, 5, 6)]
        self.asked = 0

    def __call__(self, first, last):
        self.asked += 1
        return [shift for day in self.days if first <= day <= last for shift in self.shifts_of(day)]

    def shifts_of(self, day):
        gate = {"family": "护学岗", "heads": 4, "people": (*PEOPLE[1:4], "赵保安")}
        gate["kinds"] = ("教职工", "教职工", "教职工", "保安")
        return [
            Shift(day, "带班领导", "p-lead", "带班", time(7), time(18), 1, ("周海涛",)),
            Shift(day, "校门上学", "p-gate", starts=time(7, 20), ends=time(8, 10), **gate),
            Shift(day, "大课间巡逻", "p-walk", "巡逻", time(9, 50), time(10, 20), 2, PEOPLE[2:4]),
            Shift(day, "夜间值班", "p-night", "值班", time(18), time(7), 1, ("孙丽华", "吴敏")),
        ]


@pytest.fixture
def roster():
    return Roster()


@pytest.fixture
def log(store, clock, roster):
    return DutyLogRegister(store, now=clock, shifts=roster)


@pytest.fixture
def patrols(store, clock, roster):
    return PatrolRegister(store, now=clock, shifts=roster, places=lambda: POINTS)


@pytest.fixture
def gates(store, clock, roster):
    return GateRegister(store, now=clock, shifts=roster)


@pytest.fixture
def diary(store, clock, roster):
    return SafetyLogRegister(
        store,
        now=clock,
        school_days=lambda first, last: [d for d in roster.days if first <= d <= last],
    )


@pytest.fixture
def watch():
    """What every record of a shift must say, to be changed by a test."""
    return {
        "duty_on": WEDNESDAY,
        "post": "夜间值班",
        "leader": "周海涛",
        "people": ["孙丽华", "吴敏"],
        "came_at": time(18, 0),
        "left_at": time(7, 0),
    }


@pytest.fixture
def walk():
    """A round on which everything was fine."""
    return {
        "walked_on": THURSDAY,
        "began_at": time(9, 50),
        "people": ["陈建国", "吴敏"],
        "results": dict.fromkeys(POINTS, "√"),
    }


@pytest.fixture
def gate():
    """A morning at the gate to which everybody came."""
    names = ("孙丽华", "陈建国", "吴敏", "赵保安")
    return {
        "duty_on": WEDNESDAY,
        "post": "校门上学",
        "heads": 4,
        "lines": [{"name": name, "kind": "教职工", "mark": "到岗"} for name in names],
        "checked_by": "周海涛",
    }


@pytest.fixture
def papers():
    forms, faults = load_papers(ROOT / "forms/papers")
    assert not faults
    return Papers(
        forms,
        lambda form, words: Context(
            "青石镇小学", level=form.level, printed_by="张老师", filter_text=words
        ),
    )
