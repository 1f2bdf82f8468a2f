import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.core.sheets import read_book
from app.people import StaffRegister
from app.people.importing import MEANINGS, plan_staff
from app.ui.importing import open_import
from tests.ui.look import look_through

HEADER = ["姓名", "职务", "联系电话", "工号"]
ROWS = [
    ["李建国", "总务主任", "19900000001", "7"],
    ["王芳", "教师", "1990000", "8"],
    ["", "教师", "19900000003", "9"],
    ["赵敏", "教师", "", "10"],
]


@pytest.fixture
def staff(store):
    register = StaffRegister(store)
    register.enter(name="李建国", post="教师", phone="19900000001")
    register.enter(name="孙丽华", post="教师")
    return register


@pytest.fixture
def begins(user, staff, tmp_path):
    """Open the import of a file with these lines, as the staff page does."""

    def begins(rows=ROWS, header=HEADER):
        window = user.opens(QWidget())
        path = tmp_path / "教职工.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        open_import(
            window,
            title="导入教职工名单",
            plan=lambda path, mapping, answers: plan_staff(
                staff, read_book(path), mapping=mapping, answers=answers
            ),
            carry_out=staff.carry_out,
            meanings=MEANINGS,
        )
        user.chooses_file(path)
        return window

    return begins


def fates(user):
    return [row[0] for row in user.reads_table()]


def test_nothing_is_written_before_import_is_pressed(user, staff, begins):
    begins()
    assert fates(user) == ["更新", "新增", "不收", "新增"]
    assert user.sees("职务：教师 → 总务主任")
    user.clicks("取消")
    assert sorted(staff.names()) == ["孙丽华", "李建国"]


def test_the_import_says_what_it_did_and_one_undo_takes_it_back(user, store, staff, begins):
    begins()
    user.clicks("导入")
    assert user.sees("导入完成：新增2条，更新1条，不收1条。")
    assert user.sees("按 Ctrl+Z 就能把这一次整个撤回。")
    user.clicks("知道了")
    assert sorted(staff.names()) == ["孙丽华", "李建国", "王芳", "赵敏"]
    store.undo()
    assert sorted(staff.names()) == ["孙丽华", "李建国"]


def test_the_numbers_narrow_the_lines(user, begins):
    begins()
    user.clicks("新增")
    assert fates(user) == ["新增", "新增"]
    user.clicks("新增")
    assert len(fates(user)) == 4


def test_every_fault_is_named_with_its_place_and_what_stands_there(user, begins):
    begins()
    user.clicks("问题 2")
    assert user.reads_table() == [
        ["第3行 教职工", "联系电话：1990000 应是电话号码；这一格先不收，人照常收。"],
        ["第4行 教职工", "姓名：（空） 没有姓名，这一行不收。"],
    ]


def test_who_the_file_does_not_mention_is_named_and_stays(user, staff, begins):
    begins()
    user.clicks("说明")
    assert user.sees("孙丽华") and user.sees("都保留，不会删除")


def test_a_column_taken_for_the_wrong_field_is_put_right(user, staff, begins):
    begins(rows=[["李建国", "组长", "教师", "7"]], header=["姓名", "职务", "说明", "备用"])
    user.clicks("栏目")
    assert user.reads_blank("职务") == "职务"
    assert user.reads_blank("联系电话") == "不导入"
    user.fills("备注", "不导入")
    user.fills("职务", "说明")
    assert not user.sees_button("导入")
    user.clicks("重新核对")
    assert fates(user) == ["不变"]
    user.clicks("栏目")
    user.fills("备注", "备用")
    user.clicks("重新核对")
    user.clicks("栏目")
    assert (user.reads_blank("职务"), user.reads_blank("备注")) == ("说明", "备用")
    user.clicks("导入")
    user.clicks("知道了")
    (li,) = staff.named("李建国")
    assert (li.post, li.notes) == ("教师", "7")


def test_a_column_the_user_does_not_want_is_left_alone(user, staff, begins):
    begins()
    user.clicks("栏目")
    user.fills("职务", "不导入")
    user.clicks("重新核对")
    user.clicks("导入")
    user.clicks("知道了")
    assert [person.post for person in staff.named("李建国")] == ["教师"]
    assert [person.post for person in staff.named("王芳")] == [None]


def kind(user, text):
    found = [b for b in user.front().findChildren(QPushButton) if b.text() == text]
    return found[0].property("kind")


def test_the_button_to_press_next_is_the_green_one(user, begins):
    begins()
    assert (kind(user, "导入"), kind(user, "重新核对")) == ("primary", "plain")
    user.clicks("栏目")
    user.fills("职务", "不导入")
    assert (kind(user, "导入"), kind(user, "重新核对")) == ("plain", "primary")
    user.clicks("重新核对")
    assert (kind(user, "导入"), kind(user, "重新核对")) == ("primary", "plain")


@pytest.mark.parametrize("is_checked", [False, True])
def test_closing_asks_before_a_correction_is_lost(user, begins, is_checked):
    begins()
    user.clicks("栏目")
    user.fills("职务", "不导入")
    if is_checked:
        user.clicks("重新核对")
    user.presses(Qt.Key.Key_Escape)
    assert user.sees("改过的栏目和回答会丢掉")
    user.clicks("继续核对")
    assert user.sees("“教职工.csv”")
    user.clicks("取消")
    user.clicks("放弃")
    assert user.sees_dialogs() == []


def test_closing_a_preview_nobody_corrected_asks_nothing(user, begins):
    begins()
    user.presses(Qt.Key.Key_Escape)
    assert user.sees_dialogs() == []


def test_what_only_the_user_can_say_is_asked_and_an_answer_counts(user, staff, begins):
    staff.enter(name="李建国", post="门卫", phone="19900000009")
    begins(rows=[["李建国", "值班员", "", ""]])
    assert not user.sees_button("导入")
    said = [one.text() for one in user.front().findChildren(QLabel) if one.buddy() is not None]
    question = next(text for text in said if "是哪一位" in text)
    options = [user.blank(question).itemText(n) for n in range(user.blank(question).count())]
    assert options[0] == "先不回答"
    user.fills(question, options[-1])
    user.clicks("重新核对")
    assert fates(user) == ["新增"]
    user.clicks("导入")
    assert user.sees("导入完成：新增1条。")


def test_a_file_that_is_none_is_refused_in_a_sentence(user, staff, tmp_path):
    window = user.opens(QWidget())
    open_import(
        window,
        title="导入",
        plan=lambda path, mapping, answers: plan_staff(staff, read_book(path)),
        carry_out=staff.carry_out,
    )
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    user.chooses_file(path)
    assert user.sees_button("知道了")
    assert user.sees("照片.xlsx")


def test_the_preview_looks_right_in_every_size(user, begins):
    begins()

    def tabs():
        for tab in ("逐条看", "问题 2", "栏目", "说明"):
            user.clicks(tab)
            yield f"import_{tab.split()[0]}"

    assert look_through(user.front(), tabs, width=0) == []
