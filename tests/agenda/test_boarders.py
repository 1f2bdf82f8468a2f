"""今日 says who is not back from a leave, and whom nobody has reached."""

from datetime import date, datetime, time

import pytest

from app.agenda import AgendaRegister, Boarders, When
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.hazards import HazardRegister, SurroundingRegister
from app.letters import LetterRegister
from app.students import (
    CareRegister,
    ClassKey,
    LeaveRegister,
    RollRegister,
    StudentRegister,
    TravelRegister,
)
from app.students.boarding.rules import UNKNOWN, Absence, Mark

NOW = datetime(2026, 9, 26, 10, 0)


@pytest.fixture
def students(store):
    Settings(store).put({"school.year": 2026, "school.code": "QS0001"})
    made = StudentRegister(store, today=NOW.date)
    uid = made.open_class(ClassKey("小学", 2024, 2))
    for name in ("王芳", "李明"):
        made.add(name=name, class_uid=uid, boarder=True)
    return made


@pytest.fixture
def boarders(store, students):
    return Boarders(
        LeaveRegister(store, students, now=lambda: NOW),
        RollRegister(store, students, now=lambda: NOW),
        TravelRegister(store, students, today=NOW.date),
    )


@pytest.fixture
def items(store, students, boarders):
    today = NOW.date
    agenda = AgendaRegister(
        store,
        HazardRegister(store, today=today),
        LetterRegister(store, students, {}, today=today),
        SurroundingRegister(store, today=today),
        CareRegister(store, students, today=today),
        boarders=boarders,
        today=today,
    )
    rooms = ("leaves", "rolls")
    return lambda: [item for item in agenda.items() if item.room in rooms]


def test_who_is_not_back_is_named_only_to_those_who_may_know(store, items, boarders, students):
    pupil = students.pupils()[0]
    leave = boarders.leaves.ask(
        pupil.uid, kind="事假", from_at=datetime(2026, 9, 24, 16, 0),
        back_by=datetime(2026, 9, 25, 8, 0), reason="回家", teacher="孙丽华", granted_by="周",
    )  # fmt: skip
    late = next(item for item in items() if item.room == "leaves")
    assert late.when is When.LATE and "王芳" in late.what and "晚1天" in late.what
    assert "回家" not in late.what + late.why
    store.sitter = Sitter("赵老师", Role.DUTY)
    assert items() == []
    store.sitter = Sitter("张老师")
    boarders.leaves.end(leave.uid)
    assert items() == []


def test_a_child_nobody_reached_stays_until_it_is_settled(items, boarders):
    (unit,) = boarders.rolls.units()
    first, second = (one.pupil.uid for one in unit.sleepers)
    said = {"called_by": "孙丽华", "called_at": time(21, 30)}
    marks = {first: Mark.MISSING, second: Mark.HERE}
    unknown = {first: Absence(UNKNOWN, told=True)}
    call = boarders.rolls.enter(
        unit, evening=date(2026, 9, 25), marks=marks, absences=unknown, **said
    )
    waits = next(item for item in items() if item.room == "rolls")
    assert waits.uid == call.uid and "缺1人，1人还没有联系好" in waits.what
    found = {first: Absence("家长接回家", told=True)}
    boarders.rolls.correct(call.uid, marks=marks, absences=found, **said)
    assert items() == []
