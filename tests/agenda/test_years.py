"""今日 says when the school is to move up, and when leavers are to be cleaned up after."""

from datetime import date

import pytest

from app.agenda.items import When
from app.agenda.years import Years
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.students import ClassKey, StudentRegister, TurnRegister
from app.students.roll.rules import Turn


@pytest.fixture
def turns(store):
    Settings(store).put({"school.year": 2026})
    students = StudentRegister(store, today=lambda: date(2033, 1, 1))
    room = students.open_class(ClassKey("小学", 2022, 1))
    students.add(name="孙小满", class_uid=room)
    students.add(name="钱多多", class_uid=room, phone1="13800000001")
    return TurnRegister(students)


@pytest.mark.parametrize(
    ("today", "when"),
    [
        (date(2027, 8, 24), None),
        (date(2027, 8, 25), When.SOON),
        (date(2027, 9, 1), When.SOON),
        (date(2027, 9, 2), When.LATE),
        (date(2028, 3, 1), When.LATE),
        (date(2026, 11, 1), None),
    ],
)
def test_a_school_that_has_not_moved_up_is_told_from_late_august_on(turns, today, when):
    found = list(Years(turns).items(Sitter("张老师"), today))
    assert [item.when for item in found] == ([when] if when else [])
    assert all("还没有升级" in item.what and item.link == "去升级" for item in found)


def test_what_is_to_be_cleaned_up_is_counted_and_nobody_named(store, turns):
    gone = next(p.uid for p in turns.students.pupils() if p.name == "钱多多")
    turns.leave([gone], Turn.MOVED_OUT, on=date(2028, 7, 1))
    Settings(store).put({"school.year": 2032})
    (item,) = Years(turns).items(Sitter("张老师"), date(2033, 1, 1))
    assert (item.what, item.room) == ("1名离校学生的资料到了清理的时候", "leavers")
    assert "钱多多" not in str(item)


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.TEACHER, Role.DUTY])
def test_who_may_do_neither_is_told_of_neither(turns, role):
    assert list(Years(turns).items(Sitter("某", role), date(2033, 1, 1))) == []
