"""Who is away now and was put to a duty on an announced roster is named at once."""

from datetime import date, time

import pytest

from app.calendar import SchoolCalendar
from app.duties import PostFacts, PostRegister, clashes, open_duties
from app.duties.planning import Cell
from app.people import AbsenceRegister, Spell, StaffRegister

TODAY = date(2026, 3, 16)  # a Monday


def day(number):
    return date(2026, 3, number)


@pytest.fixture
def school(store):
    staff = StaffRegister(store)
    absences = AbsenceRegister(store, staff)
    posts = PostRegister(store, today=lambda: TODAY)
    calendar = SchoolCalendar(store, {}, today=lambda: TODAY)
    duties = open_duties(store, staff, absences, posts, calendar, today=lambda: TODAY)
    wang = staff.enter(name="王芳").uid
    gate = posts.enter(PostFacts("校门上学", time(7), time(8))).uid
    night = posts.enter(PostFacts("夜值", time(20), time(6))).uid
    duties.put(Cell(day(18), gate), wang)
    duties.put(Cell(day(19), night), wang)
    duties.put(Cell(day(26), gate), wang)
    duties.announcing.announce(day(16), day(22))

    def goes_away(first, first_half, last, last_half):
        spell = Spell(day(first), first_half, day(last), last_half)
        absences.enter([wang], "培训", spell)
        return clashes(duties, [wang], spell.first_on, spell.last_on)

    goes_away.named = lambda uid: clashes(duties, [uid], TODAY, day(31))
    return goes_away


def test_the_announced_turns_are_named_and_those_not_yet_announced_are_not(school):
    said = school(18, "上午", 27, "下午")
    assert said == [
        "王芳请假或外出，3月18日校门上学来不了。",
        "王芳请假或外出，3月19日夜值来不了。",
    ]


def test_the_afternoon_is_no_clash_with_the_morning(school):
    assert school(18, "下午", 19, "上午") == []


def test_a_night_that_began_the_day_before_is_named(school):
    assert school(20, "上午", 20, "上午") == ["王芳请假或外出，3月19日夜值来不了。"]


def test_the_announced_turns_of_who_has_left_are_named(school, store):
    staff = StaffRegister(store)
    (wang,) = staff.named("王芳")
    staff.leave(wang.uid, "调离")
    assert school.named(wang.uid) == [
        "3月18日校门上学：名册上没有这个人。",
        "3月19日夜值：名册上没有这个人。",
    ]


def test_days_that_are_over_are_left_alone(school):
    assert school(9, "上午", 13, "下午") == []
