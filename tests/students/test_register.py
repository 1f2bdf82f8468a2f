from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.errors import UserError
from app.core.forms import load_forms
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.core.store import Action
from app.students import ClassKey
from app.students.records import SEALED
from tests.students.conftest import THIRD_2

LIST_KEYS = [
    "uid",
    "name",
    "sex",
    "born_on",
    "grade",
    "class_no",
    "seat_no",
    "guardian",
    "relation",
    "phone",
    "boarder",
    "left_behind",
    "travel",
    "health",
]
LI_MING = {
    "name": "李明",
    "sex": "男",
    "born_on": date(2018, 3, 6),
    "seat_no": 12,
    "guardian1": "李建国",
    "relation1": "父亲",
    "phone1": "13800001111",
    "boarder": True,
    "left_behind": "双亲留守",
    "travel": "步行",
    "family": "离异",
    "health": "哮喘",
}


@pytest.fixture
def class_uid(students):
    return students.open_class(THIRD_2)


@pytest.fixture
def li_ming(students, class_uid):
    return students.add(class_uid=class_uid, **LI_MING)


def labels(store):
    store.settle()
    with store.read() as session:
        return list(session.scalars(select(Action.label).order_by(Action.id)))


def test_the_list_says_what_the_school_says(students, li_ming):
    (row,) = students.views["list"]({})
    assert list(row) == LIST_KEYS
    assert row == {
        "uid": li_ming.uid,
        "name": "李明",
        "sex": "男",
        "born_on": date(2018, 3, 6),
        "grade": "三年级",
        "class_no": 2,
        "seat_no": 12,
        "guardian": "李建国",
        "relation": "父亲",
        "phone": "13800001111",
        "boarder": True,
        "left_behind": True,
        "travel": "步行",
        "health": None,
    }


def test_the_illness_shows_only_to_who_asks_and_the_look_is_written_down(store, students, li_ming):
    assert "查看保密栏" not in labels(store)
    (row,) = students.views["list_sealed"]({})
    assert row["health"] == "哮喘"
    assert labels(store)[-1] == "查看保密栏"
    assert students.sealed(li_ming.uid)[li_ming.uid]["family"] == "离异"
    store.settle()
    with store.read() as session:
        last = session.scalars(select(Action).order_by(Action.id.desc())).first()
    assert last.about == li_ming.uid


def test_a_class_teacher_sees_the_own_class_and_nobody_else(store, students, li_ming, class_uid):
    other = students.add(name="王芳", class_uid=students.open_class(ClassKey("小学", 2024, 1)))
    store.sitter = Sitter("孙老师", Role.TEACHER, class_uid)
    assert [p.name for p in students.pupils()] == ["李明"]
    assert [line.name for line in students.classes()] == ["三年级2班"]
    assert list(students.sealed()) == [li_ming.uid]
    with pytest.raises(UserError, match="不在您的班里"):
        students.get(other.uid)
    with pytest.raises(UserError, match="不能修改学生资料"):
        students.correct(li_ming.uid, name="李鸣")


def test_a_class_teacher_without_a_class_sees_nobody(store, students, li_ming):
    store.sitter = Sitter("孙老师", Role.TEACHER)
    assert students.views["list"]({}) == []


def test_the_duty_officer_sees_no_pupils(store, students, li_ming):
    store.sitter = Sitter("周师傅", Role.DUTY)
    for look in (students.pupils, students.classes, students.sealed):
        with pytest.raises(UserError, match="您的身份是值班员"):
            look()


def test_the_grade_follows_the_school_year_and_the_class_stays(store, students, li_ming):
    Settings(store).put({"school.year": 2027})
    (row,) = students.views["list"]({"name": "李明"})
    assert (row["grade"], row["class_no"]) == ("四年级", 2)


def test_a_combined_class_knows_the_grade_of_each_pupil(students):
    room = students.open_class(ClassKey("小学", 2026, 1, (2025,)))
    students.add(name="周一", class_uid=room, entry_year=2026)
    students.add(name="郑二", class_uid=room, entry_year=2025)
    students.add(name="吴未", class_uid=room)
    rows = students.views["list"]({})
    assert [row["grade"] for row in rows] == ["一年级", "二年级", "一、二年级"]
    assert [line.name for line in students.classes()] == ["一、二年级复式班"]


def test_opening_a_class_twice_opens_one(students, class_uid):
    assert students.open_class(THIRD_2) == class_uid
    assert len(students.classes()) == 1


def test_two_of_one_name_are_entered_only_when_their_birth_dates_tell_them_apart(
    students, li_ming, class_uid
):
    with pytest.raises(UserError, match="同名"):
        students.add(name="李明", class_uid=class_uid)
    students.add(name="李明", class_uid=class_uid, born_on=date(2018, 9, 9))
    assert len(students.pupils()) == 2


def test_nobody_is_born_tomorrow(students, class_uid):
    with pytest.raises(UserError, match="还没有到"):
        students.add(name="赵明天", class_uid=class_uid, born_on=date(2026, 9, 4))


def test_a_pupil_is_corrected_moved_and_taken_back(store, students, li_ming):
    students.correct(li_ming.uid, phone1="13900002222")
    first = students.open_class(ClassKey("小学", 2024, 1))
    students.move(li_ming.uid, first)
    (pupil,) = students.pupils()
    assert (pupil.phone1, pupil.class_name, pupil.seat_no) == ("13900002222", "三年级1班", None)
    assert store.undo() == "学生调班"
    (pupil,) = students.pupils()
    assert (pupil.class_name, pupil.seat_no) == ("三年级2班", 12)


def test_who_has_left_is_kept_and_no_longer_counted(students, li_ming):
    students.correct(li_ming.uid, status="转出")
    assert students.pupils() == []
    assert students.count() == 0
    assert [p.status for p in students.pupils(everybody=True)] == ["转出"]
    assert students.views["classes"]({}) == []


def test_a_pupil_entered_by_mistake_is_voided(students, li_ming):
    students.void(li_ming.uid, "重复登记")
    assert students.pupils(everybody=True) == []


def test_the_number_of_pupils_by_class_goes_to_the_town_without_a_name(students, li_ming):
    assert students.views["classes"]({}) == [{"grade": "三年级", "class_no": 2, "students": 1}]


def test_the_roster_stands_by_class_and_seat_and_holds_no_illness(students, li_ming, class_uid):
    students.add(name="无座", class_uid=class_uid)
    students.add(name="首座", class_uid=class_uid, seat_no=1)
    rows = students.views["roster"]({"class_name": "三年级2班"})
    assert [row["name"] for row in rows] == ["首座", "李明", "无座"]
    assert "health" not in rows[0]
    assert "family" not in rows[0]


def test_the_form_says_sealed_of_exactly_what_the_register_seals():
    forms, faults = load_forms(Path(__file__).parents[2] / "forms/ledgers")
    assert not faults
    levels = {field.key: field.sensitive for field in forms["student"].fields}
    assert {key for key, level in levels.items() if level == 3} == set(SEALED)
    assert all(levels[key] == 2 for key in ("name", "phone1", "address", "born_on"))
