from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.paper import Context, load_papers
from app.core.settings import Settings
from app.students import LeaveRegister, RollRegister, StayRegister, StudentRegister
from app.students.boarding.beds import Place, put_beds
from app.students.boarding.leave_page import LeavePage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.students.conftest import THIRD_2

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 10, 12, 16, 30)


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
    return StudentRegister(store, today=lambda: clock().date())


@pytest.fixture
def class_uid(students):
    return students.open_class(THIRD_2)


@pytest.fixture
def pupils(students, class_uid):
    """Four boarders and one who goes home every day, by name."""
    made = {}
    for seat, (name, sex) in enumerate(
        (("李明", "男"), ("曾萍", "女"), ("赵强", "男"), ("王芳", "女")), start=1
    ):
        made[name] = students.add(
            name=name,
            class_uid=class_uid,
            sex=sex,
            born_on=date(2018, 3, seat),
            seat_no=seat,
            guardian1=f"{name[0]}大山",
            relation1="父亲",
            phone1=f"1380000000{seat}",
            boarder=True,
        ).uid
    made["孙小满"] = students.add(name="孙小满", class_uid=class_uid, seat_no=9, boarder=False).uid
    return made


@pytest.fixture
def leaves(store, students, clock):
    return LeaveRegister(store, students, now=clock)


@pytest.fixture
def rolls(store, students, clock):
    return RollRegister(store, students, now=clock)


@pytest.fixture
def stays(store, students, clock):
    return StayRegister(store, students, now=clock)


@pytest.fixture
def beds(students, pupils):
    put_beds(
        students,
        {
            pupils["李明"]: Place("男生宿舍", "10", "1"),
            pupils["赵强"]: Place("男生宿舍", "2", "3"),
            pupils["曾萍"]: Place("女生宿舍", "1", "2"),
            pupils["王芳"]: Place("女生宿舍", "1", "1"),
        },
    )


@pytest.fixture
def leave(leaves, pupils):
    """李明 goes home at 17:00 and is expected tomorrow at 8."""
    return leaves.ask(
        pupils["李明"],
        kind="病假",
        from_at=datetime(2026, 10, 12, 16, 0),
        back_by=datetime(2026, 10, 13, 8, 0),
        reason="发热，去镇卫生院",
        place="家里",
        fetched_by="李大山",
        relation="父亲",
        phone="13800000001",
        teacher="孙丽华",
        granted_by="周海涛",
    )


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


@pytest.fixture
def leave_page(store, leaves, papers):
    """Make the page as the house does."""

    def page(guard=None):
        made = LeavePage(leaves, papers=papers, people=lambda: ["孙丽华", "周海涛"], guard=guard)
        let_hear(store, made)
        return made

    return page
