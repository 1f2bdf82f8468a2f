"""Single pupils come and go; classes are opened, renamed and closed."""

from datetime import date

import pytest

from app.core.errors import UserError
from app.students import ClassKey
from app.students.roll.register import LOOK, TurnRegister
from app.students.roll.rules import Turn
from tests.students.roll.conftest import PRIMARY
from tests.students.roll.test_promoting import turns, uid_of, where

ON = date(2027, 8, 30)


@pytest.fixture
def roll(students):
    return TurnRegister(students)


def class_of(students, name):
    return next(line.uid for line in students.classes(also_over=True) if line.name == name)


def test_several_leave_at_once_and_one_undo_brings_them_back(store, students, roll, school):
    uids = [uid_of(students, "甲三"), uid_of(students, "乙三")]
    roll.leave(uids, Turn.MOVED_OUT, on=ON, words="随父母去遵义")
    assert where(students)["甲三"] == where(students)["乙三"] == "转出"
    (first, second) = roll.leavers()
    assert {first.name, second.name} == {"甲三", "乙三"}
    assert (first.class_name, first.left_on, first.words) == ("三年级1班", ON, "随父母去遵义")
    assert students.count() == 12
    store.undo()
    assert (students.count(), roll.leavers()) == (14, [])


def test_who_rests_comes_back_into_the_class_one_says(students, roll, school):
    pupil = uid_of(students, "甲四")
    roll.leave([pupil], Turn.RESTS, on=ON, words="骨折休养")
    assert roll.leavers() == [], "who rests has not left"
    with pytest.raises(UserError, match="正在读"):
        roll.come_back([uid_of(students, "乙四")], class_of(students, "三年级1班"), on=ON)
    roll.come_back([pupil], class_of(students, "三年级1班"), on=ON)
    assert where(students)["甲四"] == "三年级1班"
    assert [str(turn) for turn in roll.turns(pupil)] == [
        "休学　四年级1班",
        "复学　三年级1班",
    ]


def test_why_one_rested_is_opened_by_a_look_that_is_written_down(store, students, roll, school):
    pupil = uid_of(students, "甲四")
    roll.leave([pupil], Turn.RESTS, on=ON, words="骨折休养")
    assert "骨折" not in str(roll.entries()) + str(roll.turns(pupil)) + str(roll.views["list"]({}))
    store.settle()
    assert not [one for one in store.actions(9) if one.label == LOOK]
    assert [row["words"] for row in roll.views["sheet"]({"turn": "休学"})] == ["骨折休养"]
    store.settle()
    assert len([one for one in store.actions(9) if one.label == LOOK]) == 1


def test_who_comes_back_into_a_combined_class_is_asked_for_the_grade(students, roll, room):
    plain = room(PRIMARY, 2024, 1, "甲三")
    both = room(PRIMARY, 2025, 9, others=(2024,))
    pupil = uid_of(students, "甲三")
    roll.leave([pupil], Turn.RESTS, on=ON)
    with pytest.raises(UserError, match="里面有二年级、三年级，没有说回到哪个年级"):
        roll.come_back([pupil], both, on=ON)
    with pytest.raises(UserError, match="没有说回到哪个年级"):
        roll.come_back([pupil], both, on=ON, grade="五年级")
    roll.come_back([pupil], both, on=ON, grade="二年级")
    (line,) = students.pupils()
    assert (line.class_name, line.grade) == ("二、三年级复式9班", "二年级")
    roll.leave([pupil], Turn.RESTS, on=ON)
    roll.come_back([pupil], both, on=ON)
    assert students.pupils()[0].grade == "二年级", "the own room knows the grade"
    roll.leave([pupil], Turn.RESTS, on=ON)
    roll.come_back([pupil], plain, on=ON)
    assert students.pupils()[0].own_year is None


def test_who_comes_from_another_school_has_come_on_a_day(store, students, roll, school):
    room = class_of(students, "三年级1班")
    roll.take_in(on=ON, words="石桥小学", name="陆小帆", class_uid=room)
    assert turns(store) == {("转入", None, "三年级1班", "石桥小学")}
    assert students.count() == 15
    with pytest.raises(UserError, match="还没有到"):
        roll.take_in(on=date(2027, 9, 2), name="陆小帆", class_uid=room)
    store.undo()
    assert (students.count(), turns(store)) == (14, set())


@pytest.mark.parametrize(
    ("target", "turn"), [("三年级2班", "调班"), ("二年级1班", "留级"), ("四年级1班", "跳级")]
)
def test_the_grade_of_the_new_class_says_what_a_move_is(
    store, students, roll, school, target, turn
):
    roll.move([uid_of(students, "甲三")], class_of(students, target), on=ON, words="教师会同意")
    assert where(students)["甲三"] == target
    assert turns(store) == {(turn, "三年级1班", target, "教师会同意")}


def test_who_skips_without_a_reason_stays_and_nobody_else_moves(students, roll, school):
    both = [uid_of(students, "丙三"), uid_of(students, "甲三")]
    before = where(students)
    with pytest.raises(UserError, match="跳级要在“说明”里写一句理由"):
        roll.move(both, class_of(students, "四年级1班"), on=ON)
    assert where(students) == before
    with pytest.raises(UserError, match="这是高2个年级的班：跳级要在“说明”里写一句理由"):
        roll.move([uid_of(students, "甲三")], class_of(students, "五年级1班"), on=ON)
    assert where(students) == before


def test_who_moves_into_a_combined_room_keeps_the_grade(students, roll, school, room):
    both = room(PRIMARY, 2025, 9, others=(2024,))
    roll.move([uid_of(students, "甲三")], both, on=ON)
    (pupil,) = [p for p in students.pupils() if p.name == "甲三"]
    assert (pupil.class_name, pupil.grade) == ("二、三年级复式9班", "三年级")


def test_nobody_leaves_tomorrow_or_twice(students, roll, school):
    pupil = uid_of(students, "甲三")
    with pytest.raises(UserError, match="还没有到"):
        roll.leave([pupil], Turn.MOVED_OUT, on=date(2027, 9, 2))
    roll.leave([pupil], Turn.MOVED_OUT, on=ON)
    with pytest.raises(UserError, match="已经转出"):
        roll.leave([pupil], Turn.MOVED_OUT, on=ON)


def test_a_correction_of_the_status_is_a_turn_as_well(students, roll, school):
    students.correct(uid_of(students, "甲六"), status="毕业")
    (line,) = roll.leavers()
    assert (line.left_on, line.class_name) == (date(2027, 9, 1), "六年级1班")


def test_seats_are_given_and_two_on_one_are_refused(students, roll, school):
    room = class_of(students, "三年级1班")
    one, other = uid_of(students, "甲三"), uid_of(students, "乙三")
    roll.seat(room, {one: 2, other: 1})
    assert [p.name for p in students.pupils(class_uid=room)] == ["乙三", "甲三"]
    with pytest.raises(UserError, match="2号有两个人：甲三和乙三"):
        roll.seat(room, {other: 2})
    with pytest.raises(UserError, match="1到99"):
        roll.seat(room, {other: 100})


def test_a_class_is_renamed_with_its_pupils_and_not_into_one_there_is(students, roll, school):
    room = class_of(students, "三年级2班")
    with pytest.raises(UserError, match="已经有三年级1班了"):
        roll.rename(room, ["三年级"], 1)
    roll.rename(room, ["三年级"], 5)
    assert where(students)["丙三"] == "三年级5班"
    roll.rename(room, ["二年级", "三年级"], 5)
    (pupil,) = [p for p in students.pupils() if p.name == "丙三"]
    assert (pupil.class_name, pupil.grade) == ("二、三年级复式5班", "三年级")


def test_a_combined_class_is_not_narrowed_while_the_other_grade_sits_in_it(students, roll, room):
    both = room(PRIMARY, 2025, 1, "二年级生", others=(2024,), own=2025)
    students.add(name="三年级生", class_uid=both, entry_year=2024)
    with pytest.raises(UserError, match="还有别的年级的学生"):
        roll.rename(both, ["二年级"], 1)
    third = roll.open_class(["三年级"], 1)
    roll.move([uid_of(students, "三年级生")], third, on=ON)
    roll.rename(both, ["二年级"], 1)
    (pupil,) = [p for p in students.pupils() if p.name == "二年级生"]
    assert (pupil.class_name, pupil.grade, pupil.own_year) == ("二年级1班", "二年级", None)


def test_an_empty_class_is_closed_and_opened_again(students, roll, school):
    room = roll.open_class(["三年级"], 7)
    roll.close(room)
    assert "三年级7班" not in [line.name for line in students.classes()]
    assert roll.open_class(["三年级"], 7) == room
    assert "三年级7班" in [line.name for line in students.classes()]
    with pytest.raises(UserError, match="还有2名学生"):
        roll.close(class_of(students, "三年级1班"))


def test_a_combined_class_is_of_one_stage(roll, school):
    with pytest.raises(UserError, match="同一个学段"):
        roll.open_class(["大班", "一年级"], 1)


def test_the_class_of_the_sixth_grade_is_not_offered_once_all_have_left(
    students, promotion, school
):
    promotion.carry_out(date(2027, 9, 1))
    assert ClassKey(PRIMARY, 2021, 1) not in [line.key for line in students.classes()]
    assert class_of(students, "2021级1班")


def test_two_of_one_name_in_a_class_are_told_by_seat_or_birth_date(students, room):
    uid = room(PRIMARY, 2024, 1)
    students.add(name="王浩", class_uid=uid, born_on=date(2018, 3, 6), seat_no=5)
    students.add(name="王浩", class_uid=uid, born_on=date(2018, 9, 9))
    assert [pupil.told for pupil in students.pupils()] == [
        "王浩（三年级1班5号）",
        "王浩（三年级1班，2018年9月9日生）",
    ]
