"""The page of those who have left, and the clean-up on the screen."""

from datetime import date
from pathlib import Path

import pytest

from app.core.forms import load_forms
from app.core.roles import Role, Sitter
from app.students import ThinningDesk
from app.students.page import StudentPage
from app.students.roll.page import LeaverPage
from app.students.roll.register import TurnRegister
from app.students.roll.rules import Turn
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.students.roll.test_promoting import uid_of, where
from tests.ui.look import look_at

ROOT = Path(__file__).parents[3]


@pytest.fixture
def page(store, students, school):
    students.correct(uid_of(students, "甲三"), guardian1="甲大山", phone1="13800000001")
    roll = TurnRegister(students)
    days = (("甲三", 2024, "随父母去遵义"), ("乙五", 2027, ""), ("甲六", 2020, ""))
    for name, year, words in days:
        turn = Turn.GRADUATED if name == "甲六" else Turn.MOVED_OUT
        roll.leave([uid_of(students, name)], turn, on=date(year, 7, 1), words=words)
    return let_hear(store, LeaverPage(roll))


def test_who_has_left_is_found_by_name_year_and_way(user, page):
    user.opens(page)
    assert [row[0] for row in user.reads_table()] == ["乙五", "甲三", "甲六"]
    assert user.reads_table()[1] == ["甲三", "转出", "三年级1班", "2024-07-01", "随父母去遵义"]
    assert user.sees("离校 3 人") and user.sees("2 人的资料到了清理的时候")
    user.clicks("毕业")
    assert [row[0] for row in user.reads_table()] == ["甲六"]
    user.clicks("毕业")
    user.fills("搜索", "遵义")
    assert [row[0] for row in user.reads_table()] == ["甲三"]


def test_one_who_comes_back_is_in_the_roster_again(user, students, page):
    user.opens(page)
    user.picks_row("乙五")
    user.clicks("复学、转回")
    user.fills("回到哪个班", "五年级1班")
    user.clicks("保存")
    assert where(students)["乙五"] == "五年级1班"
    assert [row[0] for row in user.reads_table()] == ["甲三", "甲六"]


def test_a_clean_up_says_what_goes_asks_once_and_leaves_name_and_class(user, students, page):
    user.opens(page)
    user.clicks("清理资料…")
    assert user.sees("到期：1 人只留姓名和回执，1 人全部清掉。")
    user.fills("清理的原因", "")
    user.clicks("清理")
    assert user.sees("没有写清理的原因")
    user.fills("清理的原因", "保存期满")
    user.clicks("清理")
    assert user.sees("不能恢复，也不能撤销")
    user.clicks("清理")
    user.waits_for("清理好了：2名学生")
    user.clicks("知道了")
    assert [row[0] for row in user.reads_table()] == ["乙五", "甲三"]
    pupil = next(p for p in students.pupils(everybody=True) if p.name == "甲三")
    assert (pupil.guardian1, pupil.phone1, pupil.class_name) == (None, None, "三年级1班")


def test_the_years_are_the_schools(user, page):
    user.opens(page)
    user.clicks("清理资料…")
    user.fills("离校满几年清理资料", "9")
    user.clicks("保存年数")
    assert user.sees("回执证明的年数不能比其他资料的少")
    user.fills("离校满几年连回执也清掉", "9")
    user.clicks("保存年数")
    assert user.sees("现在没有到期的资料") and not user.sees_button("清理")
    user.clicks("关闭")
    user.clicks("清理资料…")
    assert user.sees("现在没有到期的资料")


def test_nothing_is_cut_in_any_size(user, page):
    user.opens(page)
    page.choose(next(uid for uid, line in page._lines.items() if line.name == "甲三"))
    assert look_at(page, "leavers", ("中", "特大")) == []
    user.clicks("清理资料…")
    assert look_at(user.front(), "thin", ("中", "特大"), width=0) == []


def test_the_roster_still_shows_one_of_whom_only_the_name_is_left(user, store, students, page):
    ThinningDesk(TurnRegister(students)).clean("保存期满")
    forms, _ = load_forms(ROOT / "forms/ledgers")
    roster = StudentPage(students, form=forms["student"], papers=Papers({}, lambda *_: None))
    user.opens(roster)
    user.clicks("不在校")
    user.picks_row("甲三")
    user.waits_for("清理离校学生资料")
    assert not user.sees("13800000001") and not user.sees("甲大山")
    user.clicks("更正资料")
    assert user.reads_blank("姓名") == "甲三"


def test_the_letters_of_one_who_has_left_are_proved_from_here(user, store, students, page):
    asked = []
    made = LeaverPage(page._roll, prove=lambda _page, uid: asked.append(uid))
    user.opens(let_hear(store, made))
    user.picks_row("甲六")
    user.clicks("回执证明")
    assert asked == [p.uid for p in students.pupils(everybody=True) if p.name == "甲六"]
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    made.refresh()
    user.picks_row("甲三")
    assert not user.sees_button("回执证明"), "who takes back no receipts is not shown them"
