from datetime import date
from decimal import Decimal

import pytest

from app.core.paper import Context, print_paper
from app.core.roles import Role, Sitter
from app.meetings import TickRegister
from app.meetings.education.page import EducationPage
from tests.core.paper.reading import texts
from tests.hearing import let_hear
from tests.meetings.conftest import STAFF
from tests.ui.look import look_at


@pytest.fixture
def page(store, students, education, papers, clock):
    def made():
        ticks = TickRegister(store, students, now=clock)
        found = EducationPage(education, papers=papers, ticks=ticks, people=lambda: STAFF)
        return let_hear(store, found)

    return made


def test_a_lesson_is_entered_and_the_heads_follow_the_class(user, education, page):
    user.opens(page())
    user.clicks("登记教育培训")
    user.fills("类型", "班会")
    user.clicks("防溺水")
    user.clicks("学生")
    user.clicks("三年级2班")
    assert user.reads_blank("人数") == "4"
    user.fills("主讲", "slh")
    user.clicks("保存")
    (kept,) = education.all()
    assert (kept.heads, kept.speaker, kept.themes) == (4, "孙丽华", ["防溺水"])
    assert kept.held_on == date(2026, 10, 30)


def test_the_whole_school_and_the_whole_staff_are_one_press_each(user, education, page):
    user.opens(page())
    user.clicks("登记教育培训")
    user.fills("类型", "培训")
    user.clicks("消防")
    user.clicks("全体教职工")
    assert user.reads_blank("参加的教职工") == "、".join(STAFF)
    assert user.reads_blank("人数") == "4"
    user.clicks("学生")
    user.fills("范围", "全校")
    assert user.reads_blank("人数") == "8", "the staff, and the four pupils of the school"
    user.fills("人数", "7")
    user.fills("范围", "各班")
    assert user.reads_blank("人数") == "7", "what somebody typed stays"


def test_the_same_again_takes_two_presses(user, education, lesson, page):
    education.enter(**lesson)
    user.opens(page())
    user.clicks("照上次再记一笔")
    assert user.reads_blank("人数") == "4" and user.reads_blank("主讲") == "孙丽华"
    user.clicks("保存")
    newest, _ = education.all()
    assert newest.held_on == date(2026, 10, 30) and newest.classes == lesson["classes"]


def test_a_training_asks_for_level_lessons_and_names(user, education, page):
    user.opens(page())
    user.clicks("登记教育培训")
    assert not user.sees("级别")
    user.fills("类型", "培训")
    user.clicks("消防")
    user.clicks("教职工")
    user.fills("参加的教职工", "周海涛、吴敏")
    assert user.reads_blank("人数") == "2"
    user.fills("主讲", "王警官")
    user.clicks("保存")
    assert user.sees("培训要填“学时”") and user.sees("培训要填“级别”")
    user.fills("学时", "2.5")
    user.fills("级别", "县级")
    user.clicks("保存")
    (kept,) = education.all()
    assert (kept.hours, kept.level, kept.staff) == (Decimal("2.5"), "县级", ["周海涛", "吴敏"])


def test_totals_are_shown_and_print(user, education, lesson, training, page, papers):
    education.enter(**lesson)
    education.enter(**training)
    user.opens(page())
    user.clicks("统计")
    assert user.sees("1次，3人次，人均1.5学时（按4人算）")
    assert user.sees("周海涛 2、孙丽华 2、陈建国 2")
    form = papers.forms["education_totals"]
    context = Context("青石镇小学", level=form.level, printed_by="张老师")
    (words,) = texts(print_paper(form, education.views["totals"]({}), context))
    for said in ("2026—2027学年第一学期", "教职工", "1.5", "周海涛", "防溺水"):
        assert said in words, said


def test_the_record_prints_the_four_that_are_to_be_in_place(education, training, papers):
    four = {"material": "消防手册", "means": "视频", "way": "集中", "effect": "人人会用"}
    education.enter(**training, **four, assessment="现场考核")
    form = papers.forms["education_record"]
    context = Context("青石镇小学", level=form.level, printed_by="张老师")
    (words,) = texts(print_paper(form, education.views["list"]({}), context))
    for said in (*four.values(), "现场考核", "县消防救援大队", "县级", "JY-2026-0001"):
        assert said in words, said


def test_a_class_teacher_finds_the_own_class_chosen_and_no_button_for_the_rest(
    user, store, education, lesson, page, class_uid
):
    whole = education.enter(**lesson | {"classes": None, "scope": "全校"})
    store.sitter = Sitter("孙丽华", Role.TEACHER, class_uid)
    user.opens(page())
    assert not user.sees_button("更正"), "that one is the whole school's"
    assert education.get(whole.uid)
    user.clicks("登记教育培训")
    user.fills("类型", "班会")
    user.clicks("交通")
    user.clicks("学生")
    assert user.reads_blank("人数") == "4"
    user.fills("主讲", "孙丽华")
    user.clicks("保存")
    assert education.all()[0].classes == [class_uid]


def test_the_page_is_drawn_whole_in_every_size(user, education, lesson, training, page):
    education.enter(**lesson)
    education.enter(**training)
    shown = user.opens(page())
    assert look_at(shown, "education") == []
    user.clicks("登记教育培训")
    assert look_at(user.front(), "education_dialog", sizes=("中",)) == []
