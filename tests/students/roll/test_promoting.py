"""The turn of the school year, as the register does it."""

from datetime import date

import pytest
from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.students import ClassKey, Status, StudentRegister
from app.students.records import SchoolClass, StudentTurn
from app.students.roll.promoting import Choices, PromotionDesk, Special
from app.students.roll.rules import Turn
from app.students.roll.seats import SeatOrder
from tests.students.roll.conftest import KINDER, PRESCHOOL, PRIMARY

ON = date(2027, 9, 1)


def where(students):
    """Return who sits where, and who has left how."""
    return {
        p.name: p.class_name if p.status == Status.HERE else str(p.status)
        for p in students.pupils(everybody=True)
    }


def uid_of(students, name):
    return next(p.uid for p in students.pupils() if p.name == name)


def turns(store):
    with store.read() as session:
        return {
            (t.turn, t.from_class, t.to_class, t.words)
            for t in session.scalars(select(StudentTurn))
        }


def test_every_class_moves_up_and_the_sixth_grade_graduates(store, students, promotion, school):
    draft = promotion.draft(ON)
    assert draft.before == 14
    assert dict(draft.counts) == {"跟班升级": 12, "毕业": 2}
    assert ("一年级1班", 0) in draft.after and ("四年级2班", 2) in draft.after
    assert where(students)["甲一"] == "一年级1班", "a draft writes nothing"

    promotion.carry_out(ON)
    assert students.school_year() == 2027
    now = where(students)
    assert (now["甲一"], now["丙三"], now["甲五"]) == ("二年级1班", "四年级2班", "六年级1班")
    assert (now["甲六"], now["乙六"]) == ("毕业", "毕业")
    assert students.count() == 12
    assert students.classes()[0].name == "一年级1班"
    assert "2021级1班" not in [line.name for line in students.classes()]
    assert turns(store) == {("毕业", "六年级1班", None, None)}


def test_one_undo_brings_all_back_the_school_year_too(store, students, promotion, school):
    before = where(students), [line.name for line in students.classes()]
    promotion.carry_out(ON)
    assert store.undo() == "一键升级"
    assert (where(students), [line.name for line in students.classes()]) == before
    assert (students.school_year(), turns(store)) == (2026, set())
    promotion.carry_out(ON)
    assert students.school_year() == 2027
    assert where(students)["甲六"] == "毕业"


def test_an_undo_has_a_year_to_go_back_to_where_nobody_ever_said_one(store):
    with store.change("旧库") as session:
        session.add(SchoolClass(stage=PRIMARY, entry_year=2024, number=1))
    students = StudentRegister(store, today=lambda: date(2027, 6, 30))
    desk = PromotionDesk(students)
    desk.carry_out(date(2027, 6, 30))
    assert students.school_year() == 2027
    store.undo()
    assert students.school_year() == 2026
    desk.carry_out(date(2027, 6, 30))
    assert students.school_year() == 2027


def test_twice_in_a_year_is_refused_and_the_next_summer_is_only_warned_of(promotion, school):
    assert promotion.draft(ON).warnings == []
    promotion.carry_out(ON)
    with pytest.raises(UserError, match="一个学年只升一次"):
        promotion.draft(date(2028, 1, 20))
    (warning,) = promotion.draft(date(2028, 7, 10)).warnings
    assert "还没有到8月" in warning
    promotion.carry_out(date(2028, 7, 10))
    with pytest.raises(UserError, match="一个学年只升一次"):
        promotion.carry_out(date(2028, 8, 31))


def test_a_date_typed_years_ahead_and_a_clock_behind_are_refused(
    store, students, promotion, school, monkeypatch
):
    with pytest.raises(UserError, match="超过一年"):
        promotion.draft(date(2036, 9, 1))
    doubt = UserError("电脑的日期多半不对。", safe="", do="请先把电脑的日期调对。")
    monkeypatch.setattr(store.clock, "warning", lambda: doubt)
    with pytest.raises(UserError, match="电脑的日期"):
        promotion.carry_out(ON)
    assert students.school_year() == 2026


def test_a_school_left_behind_is_told_to_promote_again(promotion, school):
    (warning,) = promotion.draft(date(2028, 9, 1)).warnings
    assert "还要再升一次" in warning


def test_a_pupil_repeats_in_the_class_that_comes_after_of_the_same_number(
    store, students, promotion, school
):
    repeats = uid_of(students, "甲二")
    draft = promotion.draft(ON)
    first = ClassKey(PRIMARY, 2026, 1)
    assert first in draft.keys
    choices = Choices(specials={repeats: Special(repeats, Turn.REPEATS, first)})
    promotion.carry_out(ON, choices)
    assert where(students)["甲二"] == "二年级1班"
    assert where(students)["乙二"] == "三年级1班"
    assert ("留级", "二年级1班", "二年级1班", None) in turns(store)
    (pupil,) = [p for p in students.pupils() if p.name == "甲二"]
    assert pupil.seat_no is None


def test_a_sixth_grader_may_repeat_and_a_pupil_may_leave_or_skip_with_a_reason(
    store, students, promotion, school
):
    six, gone, skips = (uid_of(students, name) for name in ("甲六", "乙三", "甲一"))
    choices = Choices(
        specials={
            six: Special(six, Turn.REPEATS, ClassKey(PRIMARY, 2022, 1)),
            gone: Special(gone, Turn.MOVED_OUT, words="随父母去遵义"),
            skips: Special(skips, Turn.SKIPS, ClassKey(PRIMARY, 2025, 1)),
        }
    )
    with pytest.raises(UserError, match="跳级要写一句理由"):
        promotion.carry_out(ON, choices)
    assert students.school_year() == 2026
    choices.specials[skips] = Special(skips, Turn.SKIPS, ClassKey(PRIMARY, 2025, 1), "成绩优异")
    draft = promotion.carry_out(ON, choices)
    assert dict(draft.counts) == {"跟班升级": 10, "毕业": 1, "留级": 1, "转出": 1, "跳级": 1}
    now = where(students)
    assert (now["甲六"], now["乙三"], now["甲一"]) == ("六年级1班", "转出", "三年级1班")
    assert ("转出", "三年级1班", None, "随父母去遵义") in turns(store)
    assert ("跳级", "一年级1班", "三年级1班", "成绩优异") in turns(store)


def test_preschool_and_kindergarten_enter_the_first_grade_or_leave(students, room, promotion):
    room(PRIMARY, 2026, 1, "小学")
    room(PRESCHOOL, 2026, 1, "学前")
    room(KINDER, 2024, 1, "大班")
    room(KINDER, 2026, 1, "小班")
    draft = promotion.draft(ON)
    ways = {line.title: [way.word for way in line.ways] for line in draft.proposal.lines}
    assert ways["学前1班"] == ["升入一年级1班", "毕业离校"]
    assert ways["大1班"] == ["升入学前1班", "升入一年级1班", "毕业离校"]
    assert ways["小1班"] == ["升为中1班"]
    line = next(line for line in draft.proposal.lines if line.title == "大1班")
    promotion.carry_out(ON, Choices(answers={line.id: "毕业离校"}))
    assert where(students) == {
        "学前": "一年级1班",
        "小学": "二年级1班",
        "小班": "中1班",
        "大班": "毕业",
    }


def test_a_combined_room_keeps_its_grades_and_passes_the_older_on(students, room, promotion):
    young = room(PRIMARY, 2026, 1, "一", others=(2025,), own=2026)
    students.add(name="二", class_uid=young, entry_year=2025)
    old = room(PRIMARY, 2024, 1, "三", others=(2023,), own=2024)
    students.add(name="四", class_uid=old, entry_year=2023)
    draft = promotion.draft(ON)
    ways = {line.title: [way.word for way in line.ways] for line in draft.proposal.lines}
    assert ways["一、二年级复式班"] == [
        "还是一、二年级复式班",
        "全班一起升为二、三年级复式班",
    ]
    assert ways["其中二年级"] == ["编入三、四年级复式班", "单独编成三年级1班"]
    assert ways["其中四年级"] == ["单独编成五年级1班"]
    promotion.carry_out(ON)
    assert where(students) == {
        "一": "一、二年级复式班",
        "二": "三、四年级复式班",
        "三": "三、四年级复式班",
        "四": "五年级1班",
    }
    assert {p.name: p.grade for p in students.pupils()} == {
        "一": "二年级",
        "二": "三年级",
        "三": "四年级",
        "四": "五年级",
    }
    assert {c.uid for c in students.classes()} >= {young, old}, "the rooms stay whose they were"


def test_a_combined_room_may_move_up_together(students, room, promotion):
    room(PRIMARY, 2026, 1, "一", others=(2025,), own=2026)
    (line,) = promotion.draft(ON).proposal.lines
    promotion.carry_out(ON, Choices(answers={line.id: line.ways[1].word}))
    assert where(students) == {"一": "二、三年级复式班"}


def test_whose_grade_nobody_has_said_is_asked_first(students, room, promotion):
    room(PRIMARY, 2026, 1, "未写", others=(2025,))
    draft = promotion.draft(ON)
    assert "没有写是哪个年级" in draft.asks[0]
    with pytest.raises(UserError, match="没有写是哪个年级"):
        promotion.carry_out(ON)
    line = draft.proposal.lines[-1]
    answer = next(way.word for way in line.ways if way.word.startswith("都是二年级"))
    promotion.carry_out(ON, Choices(answers={line.id: answer}))
    assert where(students) == {"未写": "三年级1班"}


def test_who_rests_stays_behind_and_is_not_counted(students, promotion, school):
    students.correct(uid_of(students, "甲四"), status="休学")
    draft = promotion.carry_out(ON)
    assert (draft.before, "休学的1人不动" in draft.warnings[0]) == (13, True)
    assert where(students)["甲四"] == "休学"


def test_who_rests_in_a_combined_room_keeps_the_grade_as_the_room_does(students, room, promotion):
    young = room(PRIMARY, 2026, 1, "一", others=(2025,), own=2026)
    students.add(name="二", class_uid=young, entry_year=2025)
    for name in ("一", "二"):
        students.correct(uid_of(students, name), status="休学")
    promotion.carry_out(ON)
    grades = {p.name: (p.class_name, p.grade) for p in students.pupils(everybody=True)}
    assert grades == {
        "一": ("一、二年级复式班", "一年级"),
        "二": ("一、二年级复式班", "二年级"),
    }


@pytest.mark.parametrize(
    ("order", "seats"),
    [
        (SeatOrder.KEEP, {"王五": 1, "安一": 2, "马三": 3}),
        (SeatOrder.PINYIN, {"安一": 1, "马三": 2, "王五": 3}),
    ],
)
def test_seats_are_kept_or_given_anew(students, room, promotion, order, seats):
    room(PRIMARY, 2024, 1, "王五", "安一", "马三")
    promotion.carry_out(ON, Choices(seats=order))
    assert {p.name: p.seat_no for p in students.pupils()} == seats


def test_the_classes_of_the_new_first_grade_are_as_many_as_one_says(students, promotion, school):
    promotion.carry_out(ON, Choices(openings={PRIMARY: 3}))
    first = [line.name for line in students.classes() if line.grade == "一年级"]
    assert first == ["一年级1班", "一年级2班", "一年级3班"]


def test_only_who_may_edit_pupils_may_promote(store, students, promotion, school):
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    for act in (promotion.draft, promotion.carry_out):
        with pytest.raises(UserError, match="不能修改学生资料"):
            act(ON)
    assert Settings(store).get("school.year") == 2026


def test_who_may_not_promote_settles_no_school_year_either(store, promotion, students):
    Settings(store).put({"school.year": None})
    store.sitter = Sitter("丁老师", Role.TEACHER, "1")
    with pytest.raises(UserError, match="不能修改学生资料"):
        promotion.carry_out(ON)
    assert Settings(store).get("school.year") is None
