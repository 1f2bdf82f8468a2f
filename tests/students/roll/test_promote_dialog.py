"""一键升级 as a person does it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.core.forms import load_forms
from app.students.page import StudentPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.students.roll.conftest import KINDER, PRIMARY
from tests.students.roll.test_promoting import where
from tests.ui.look import look_at

ROOT = Path(__file__).parents[3]


@pytest.fixture
def page(store, students):
    forms, _ = load_forms(ROOT / "forms/ledgers")
    made = StudentPage(students, form=forms["student"], papers=Papers({}, lambda *_: None))
    let_hear(store, made)
    return made


def test_a_school_moves_on_in_three_pages(user, students, page, school):
    user.opens(page)
    user.picks("学籍和班级", "一键升级…")
    assert user.sees("2026—2027学年 → 2027—2028学年")
    assert user.sees("升为四年级2班") and user.sees("毕业离校")
    user.fills("新一年级开几个班", 2)
    user.clicks("下一步")
    user.fills("哪一名学生", "甲三")
    user.clicks("加进来")
    assert user.reads_blank("甲三到哪个班") == "三年级1班"
    user.fills("哪一名学生", "乙三")
    user.clicks("加进来")
    user.fills("乙三怎么办", "转出")
    user.fills("乙三的说明", "随父母去遵义")
    user.clicks("下一步")
    assert user.sees("现在在读 14 人 ＝ 升级后在读 11 人 ＋ 毕业 2 人 ＋ 转出 1 人")
    assert user.sees("留级 1 人") and user.sees("一年级2班　新开")
    assert students.school_year() == 2026
    user.clicks("升级")
    user.waits_for("升级好了，现在是2027—2028学年。")
    user.clicks("知道了")
    now = where(students)
    assert (now["甲三"], now["乙三"], now["丙三"]) == ("三年级1班", "转出", "四年级2班")
    assert user.sees("在读 11 人")


def test_a_pupil_who_skips_wants_a_reason_and_one_without_a_class_is_asked(
    user, students, page, school
):
    user.opens(page)
    user.picks("学籍和班级", "一键升级…")
    user.clicks("下一步")
    user.fills("哪一名学生", "甲一")
    user.clicks("加进来")
    user.fills("甲一怎么办", "跳级")
    user.fills("甲一到哪个班", "请选班级")
    user.clicks("下一步")
    user.clicks("升级")
    user.waits_for("跳级要写一句理由")
    assert user.sees("还没有选去哪个班")
    assert students.school_year() == 2026
    user.clicks("上一步")
    user.fills("甲一到哪个班", "三年级1班")
    user.fills("甲一的说明", "成绩优异，学校和家长都同意")
    user.clicks("下一步")
    user.clicks("升级")
    user.waits_for("升级好了")
    assert where(students)["甲一"] == "三年级1班"


def test_who_finishes_the_kindergarten_goes_where_one_says(user, students, page, room):
    room(PRIMARY, 2026, 1, "小学")
    room(KINDER, 2024, 1, "大班")
    user.opens(page)
    user.picks("学籍和班级", "一键升级…")
    assert user.reads_blank("大1班去哪里") == "升入一年级1班"
    user.fills("大1班去哪里", "毕业离校")
    user.clicks("下一步")
    user.clicks("下一步")
    user.clicks("升级")
    user.waits_for("升级好了")
    user.clicks("知道了")
    assert where(students) == {"小学": "二年级1班", "大班": "毕业"}


def test_a_second_time_in_the_year_is_refused_in_words(user, students, page, school, promotion):
    promotion.carry_out(students.today())
    user.opens(page)
    user.picks("学籍和班级", "一键升级…")
    assert user.sees("一个学年只升一次")


def test_it_goes_by_keys_alone(user, students, page, school):
    user.opens(page)
    user.picks("学籍和班级", "一键升级…")
    for _ in range(2):
        user._button("下一步").setFocus()
        user.presses(Qt.Key.Key_Return)
    user.presses(Qt.Key.Key_Return)
    user.waits_for("升级好了")
    assert students.school_year() == 2027


def test_nothing_is_cut_in_any_size(user, students, page, school, room):
    room(PRIMARY, 2027, 5, "早来")
    room(KINDER, 2024, 1, "大班")
    both = room(PRIMARY, 2025, 3, "复二", others=(2024,), own=2025)
    students.add(name="复三", class_uid=both, entry_year=2024)
    user.opens(page)
    user.picks("学籍和班级", "一键升级…")
    assert look_at(user.front(), "promote_1", ("中", "特大"), width=0) == []
    user.clicks("下一步")
    for name in ("甲三", "乙五", "复三"):
        user.fills("哪一名学生", name)
        user.clicks("加进来")
    assert look_at(user.front(), "promote_2", ("中", "特大"), width=0) == []
    user.clicks("下一步")
    assert look_at(user.front(), "promote_3", ("中", "特大"), width=0) == []
