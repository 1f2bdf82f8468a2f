from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.paper import Context, load_papers
from app.core.settings import Settings
from app.hazards import HazardRegister
from app.meetings import EducationRegister, MeetingRegister
from app.students import StudentRegister
from app.ui.papers import Papers
from tests.students.conftest import THIRD_2

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 10, 30, 16, 30)
STAFF = ("周海涛", "孙丽华", "陈建国", "吴敏")


class Clock:
    at = NOW

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def students(store, clock):
    Settings(store).put({"school.year": 2026, "school.kind": "小学", "school.name": "青石镇小学"})
    made = StudentRegister(store, today=lambda: clock().date())
    room = made.open_class(THIRD_2)
    for seat, name in enumerate(("李明", "曾萍", "赵强", "王芳"), start=1):
        made.add(name=name, class_uid=room, seat_no=seat)
    return made


@pytest.fixture
def class_uid(students):
    return students.classes()[0].uid


@pytest.fixture
def hazards(store, clock):
    return HazardRegister(store, today=lambda: clock().date())


@pytest.fixture
def meetings(store, hazards, clock):
    return MeetingRegister(store, hazards, now=clock)


@pytest.fixture
def education(store, students, clock):
    return EducationRegister(store, students, now=clock, staff=lambda: STAFF)


@pytest.fixture
def minutes():
    """What every meeting must say, to be changed by a test."""
    return {
        "kind": "月研判会",
        "held_at": datetime(2026, 10, 30, 15, 0),
        "place": "小会议室",
        "chair": "周海涛",
        "recorder": "孙丽华",
        "due": list(STAFF),
        "topics": "国庆假期后的交通和消防风险",
    }


@pytest.fixture
def decided():
    return [{"matter": "更换食堂燃气软管", "person": "陈建国", "due_on": date(2026, 11, 6)}]


@pytest.fixture
def lesson(class_uid):
    """What every piece of education must say."""
    return {
        "kind": "班会",
        "held_on": date(2026, 10, 28),
        "themes": ["防溺水", "交通"],
        "audiences": ["学生"],
        "classes": [class_uid],
        "heads": 4,
        "hours": Decimal("0.5"),
        "speaker": "孙丽华",
    }


@pytest.fixture
def training():
    return {
        "kind": "培训",
        "held_on": date(2026, 10, 29),
        "themes": ["消防"],
        "audiences": ["教职工"],
        "heads": 3,
        "hours": Decimal("2"),
        "level": "县级",
        "speaker": "王警官",
        "unit": "县消防救援大队",
        "staff": ["周海涛", "孙丽华", "陈建国"],
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
