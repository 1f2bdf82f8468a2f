"""Turns, seats and classes as a person does them, a few clicks each."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel

from app.core.forms import load_forms
from app.students.page import StudentPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.students.roll.conftest import PRIMARY
from tests.students.roll.test_promoting import turns, uid_of, where
from tests.ui.look import look_at

ROOT = Path(__file__).parents[3]


@pytest.fixture
def page(store, students):
    forms, _ = load_forms(ROOT / "forms/ledgers")
    made = StudentPage(students, form=forms["student"], papers=Papers({}, lambda *_: None))
    return let_hear(store, made)


def picks_rows(user, *names):
    """Select several rows, as with Ctrl held."""
    table = user.table()
    rows = [n for n, row in enumerate(user.reads_table()) if row[2] in names]
    how = QItemSelectionModel.SelectionFlag
    for n, row in enumerate(rows):
        index = table.model().index(row, 0)
        flags = how.ClearAndSelect | how.Rows if n == 0 else how.Select | how.Rows
        table.selectionModel().setCurrentIndex(index, flags)
    user.settles()


def test_several_pupils_move_away_in_four_clicks(user, store, students, page, school):
    user.opens(page)
    picks_rows(user, "甲三", "乙三")
    user.picks("学籍和班级", "转出…")
    assert user.sees("甲三（三年级1班1号）、乙三（三年级1班2号）")
    user.fills("转到哪所学校", "红军街小学")
    user.clicks("保存")
    assert where(students)["甲三"] == where(students)["乙三"] == "转出"
    assert user.sees("在读 12 人")
    assert turns(store) == {("转出", "三年级1班", None, "红军街小学")}


def test_who_rests_is_taken_back_into_a_class(user, students, page, school):
    user.opens(page)
    picks_rows(user, "甲四")
    user.picks("学籍和班级", "休学…")
    user.fills("休学的原因", "骨折休养")
    user.clicks("保存")
    user.picks("学籍和班级", "复学、转回…")
    assert user.sees("请先在名册里选好学生") and user.sees("休学和离校的学生在“不在校”里")
    user.clicks("知道了")
    user.clicks("不在校")
    picks_rows(user, "甲四")
    user.picks("学籍和班级", "复学、转回…")
    user.fills("回到哪个班", "三年级1班")
    user.clicks("保存")
    assert where(students)["甲四"] == "三年级1班"


def test_a_combined_class_is_offered_once_for_each_of_its_grades(user, students, page, room):
    room(PRIMARY, 2025, 1, "二", others=(2024,), own=2025)
    user.opens(page)
    picks_rows(user, "二")
    user.picks("学籍和班级", "休学…")
    user.clicks("保存")
    user.clicks("不在校")
    picks_rows(user, "二")
    user.picks("学籍和班级", "复学、转回…")
    assert user.reads_blank("回到哪个班") == "二、三年级复式班，二年级"
    user.fills("回到哪个班", "二、三年级复式班，三年级")
    user.clicks("保存")
    (pupil,) = students.pupils()
    assert (pupil.class_name, pupil.grade) == ("二、三年级复式班", "三年级")


def test_a_pupil_from_another_school_is_entered_with_the_day_and_the_school(
    user, store, students, page, school
):
    user.opens(page)
    user.picks("学籍和班级", "转入…")
    user.fills("从哪所学校转来", "石桥小学")
    user.fills("班级", "三年级1班")
    user.fills("姓名", "陆小帆")
    user.clicks("保存")
    assert where(students)["陆小帆"] == "三年级1班"
    assert turns(store) == {("转入", None, "三年级1班", "石桥小学")}


def test_a_class_of_a_lower_grade_is_repeating_and_a_higher_wants_a_reason(
    user, store, students, page, school
):
    user.opens(page)
    picks_rows(user, "甲三")
    user.picks("学籍和班级", "调班、留级…")
    user.fills("调到哪个班", "四年级1班")
    user.clicks("保存")
    assert user.sees("跳级要在“说明”里写一句理由")
    user.fills("调到哪个班", "二年级1班")
    user.clicks("保存")
    assert turns(store) == {("留级", "三年级1班", "二年级1班", None)}


def test_seats_go_by_pinyin_by_height_and_as_typed(user, students, page, room):
    uid = room(PRIMARY, 2024, 1, "王五", "安一", "马三")

    def seats():
        return [p.name for p in students.pupils(class_uid=uid)]

    user.opens(page)
    user.picks("学籍和班级", "座号重排…")
    user.clicks("保存座号")
    assert seats() == ["安一", "马三", "王五"]

    user.picks("学籍和班级", "座号重排…")
    user.fills("怎样排", "按身高，从矮到高（填厘米）")
    user.clicks("保存座号")
    assert user.sees("还有3人没有填身高")
    for name, height in (("王五", "121"), ("安一", "140"), ("马三", "133")):
        user.fills(f"{name}的身高", height)
    user.clicks("保存座号")
    assert seats() == ["王五", "马三", "安一"]

    user.picks("学籍和班级", "座号重排…")
    user.fills("怎样排", "自己填座号")
    user.fills("安一的新座号", "1")
    user.clicks("保存座号")
    assert user.sees("1号有两个人")
    user.fills("王五的新座号", "9")
    user.clicks("保存座号")
    assert seats() == ["安一", "马三", "王五"]


def test_a_class_is_opened_renamed_and_closed(user, students, page, school):
    def names():
        return [line.name for line in students.classes()]

    user.opens(page)
    user.picks("学籍和班级", "班级…")
    user.fills("年级", "一年级")
    user.fills("班号", "8")
    user.clicks("开班")
    assert "一年级8班" in names()
    user.clicks("停用")
    assert "一年级8班" not in names()
    user.blank("改三年级2班").click()
    user.fills("班号", "1")
    user.clicks("保存")
    assert user.sees("已经有三年级1班了")
    user.fills("班号", "4")
    user.clicks("保存")
    assert where(students)["丙三"] == "三年级4班"
    user.fills("年级", "一年级")
    user.fills("和哪个年级复式", "二年级")
    user.fills("班号", "1")
    user.clicks("开班")
    assert "一、二年级复式班" in names()


def test_nothing_is_cut_in_any_size(user, students, page, school):
    students.correct(uid_of(students, "甲三"), born_on=date(2018, 3, 6), sex="男")
    user.opens(page)
    assert look_at(page, "roll_page", ("中", "特大")) == []
    picks_rows(user, "甲三", "乙三", "丙三")
    user.picks("学籍和班级", "调班、留级…")
    assert look_at(user.front(), "roll_move", ("中", "特大"), width=0) == []
    user.front().reject()
    user.picks("学籍和班级", "座号重排…")
    user.fills("怎样排", "按身高，从矮到高（填厘米）")
    assert look_at(user.front(), "roll_seats", ("中", "特大"), width=0) == []
    user.front().reject()
    user.picks("学籍和班级", "班级…")
    assert look_at(user.front(), "roll_rooms", ("中", "特大"), width=0) == []
