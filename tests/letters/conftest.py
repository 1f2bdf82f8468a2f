from datetime import date
from pathlib import Path

import pytest

from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.letters import LetterRegister, load_letter_forms
from app.students import ClassKey, StudentRegister

ROOT = Path(__file__).parents[2]
SURNAMES = "陈李王张刘赵黄周吴徐孙胡"
GIVEN = (
    "思雨",
    "浩",
    "梓萱",
    "宇航",
    "子涵",
    "欣怡",
    "俊豪",
    "雨桐",
    "佳琪",
    "志远",
    "晨曦",
    "可欣",
)


class Clock:
    """A day that a test may let go by."""

    def __init__(self):
        self.day = date(2026, 10, 12)

    def __call__(self):
        return self.day


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def students(store, clock):
    """Thirty-three pupils in three classes: 一年级1班 10, 三年级1班 11, 三年级2班 12."""
    store.sitter = Sitter("张老师", Role.OFFICER)
    Settings(store).put({"school.code": "QS01", "school.name": "青石镇中心小学"})
    Settings(store).put({"school.year": 2026})
    register = StudentRegister(store, today=clock)
    with store.change("名册"):
        for entry, number, count in ((2026, 1, 10), (2024, 1, 11), (2024, 2, 12)):
            uid = register.open_class(ClassKey("小学", entry, number))
            for seat in range(1, count + 1):
                name = SURNAMES[(seat + number + entry % 7) % 12] + GIVEN[seat - 1]
                register.add(
                    name=name,
                    class_uid=uid,
                    seat_no=seat,
                    guardian1=name[0] + "建国",
                    relation1="父亲",
                    phone1=f"1380000{entry % 100:02}{seat:02}",
                )
    return register


@pytest.fixture
def letter_forms():
    letters, faults = load_letter_forms(ROOT / "forms" / "letters")
    assert faults == []
    return letters


@pytest.fixture
def letters(store, students, letter_forms, clock):
    return LetterRegister(store, students, letter_forms, today=clock)


@pytest.fixture
def class_uid(students):
    """The uids of the classes by their names."""
    return {line.name: line.uid for line in students.classes()}


@pytest.fixture
def sits(store):
    """Let somebody else sit down at the desk."""

    def sit(name, role, class_uid=None):
        store.sitter = Sitter(name, role, class_uid)

    return sit
