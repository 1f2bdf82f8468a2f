from datetime import date
from pathlib import Path

import pytest

from app.core.forms import load_forms
from app.core.paper import Context, load_papers
from app.core.settings import Settings
from app.students import StudentRegister
from app.students.care.page import CarePage
from app.students.care.register import CareRegister
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.students.conftest import THIRD_2

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 10, 12)


@pytest.fixture
def students(store):
    Settings(store).put({"school.year": 2026, "school.kind": "小学", "school.name": "青石镇小学"})
    return StudentRegister(store, today=lambda: TODAY)


@pytest.fixture
def form():
    forms, faults = load_forms(ROOT / "forms/ledgers")
    assert not faults
    return forms["care"]


@pytest.fixture
def register(store, students, form):
    labels = {field.key: field.label for field in form.fields}
    return CareRegister(store, students, today=lambda: TODAY, labels=labels)


@pytest.fixture
def class_uid(students):
    return students.open_class(THIRD_2)


@pytest.fixture
def li_ming(students, class_uid):
    return students.add(
        name="李明",
        class_uid=class_uid,
        sex="男",
        born_on=date(2018, 3, 6),
        seat_no=12,
        guardian1="李建国",
        relation1="祖父",
        phone1="13800001111",
        left_behind="双亲留守",
    )


@pytest.fixture
def zeng_ping(students, class_uid):
    return students.add(name="曾萍", class_uid=class_uid, seat_no=3)


@pytest.fixture
def care(register, li_ming):
    return register.begin(
        li_ming.uid,
        categories=["心理"],
        mind_signs="上课不说话",
        caretaker="孙丽华",
        next_on=date(2026, 10, 16),
        every="每两周",
    )


@pytest.fixture
def page(store, register, form):
    """Make the page as the house does."""
    papers, _ = load_papers(ROOT / "forms/papers")

    def page(guard=None):
        made = CarePage(
            register,
            form=form,
            papers=Papers(
                papers,
                lambda form, words: Context(
                    "青石镇小学", level=form.level, printed_by="张老师", filter_text=words
                ),
            ),
            people=lambda: ["孙丽华", "周海涛"],
            guard=guard,
        )
        let_hear(store, made)
        return made

    return page
