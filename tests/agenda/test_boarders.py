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
def clock():
    """Where the hands stand: Saturday, before a Sunday on which there is school."""
    return [NOW]


@pytest.fixture
def boarders(store, students, clock):
    return Boarders(
        LeaveRegister(store, students, now=lambda: NOW),
        RollRegister(store, students, now=lambda: clock[0]),
        TravelRegister(store, students, today=NOW.date),
        lambda on: on == date(2026, 9, 27),
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


def test_a_child_nobody_reached_stays_until_it_is_settled(store, items, boarders):
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
    store.sitter = Sitter("赵老师", Role.DUTY)
    assert [(item.uid, item.link) for item in items()] == [(call.uid, "写去向")]
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    assert [(item.uid, item.link) for item in items()] == [(call.uid, "去看")]
    store.sitter = Sitter("张老师")
    found = {first: Absence("家长接回家", told=True)}
    boarders.rolls.correct(call.uid, marks=marks, absences=found, **said)
    assert items() == []


def test_whoever_calls_the_rolls_is_told_in_the_evening_which_are_still_to_be_called(
    store, items, boarders, clock
):
    assert items() == [], "it is morning"
    clock[0] = NOW.replace(hour=17, minute=0)
    for sitter in (Sitter("张老师"), Sitter("赵老师", Role.DUTY)):
        store.sitter = sitter
        (item,) = items()
        assert (item.what, item.link) == ("今晚还没有点名：三年级2班", "去点名")
        assert "王芳" not in item.what + item.why
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    assert items() == [], "who calls no roll is not asked to"
    clock[0] = NOW.replace(day=25, hour=21)
    store.sitter = Sitter("赵老师", Role.DUTY)
    assert items() == [], "before a day without school the boarders are at home"
    clock[0] = NOW.replace(hour=21)
    (unit,) = boarders.rolls.units()
    boarders.rolls.enter(
        unit,
        evening=NOW.date(),
        called_by="赵老师",
        called_at=time(21, 0),
        marks={one.pupil.uid: Mark.HERE for one in unit.sleepers},
        absences={},
    )
    assert items() == []
