"""The school's old care list: matched to the roster, its faults named, taken back by one undo."""

from datetime import date

import openpyxl
import pytest

from app.core.errors import UserError
from app.core.imports import Fate
from app.core.roles import Role, Sitter
from app.core.sheets import read_book
from app.students import ClassKey
from app.students.care.importing import carry_out, plan_care
from app.students.care.old_list import category_of, level_of
from tests.students.care.conftest import TODAY
from tests.terminal import found_school
from tests.ui.look import look_at

HEAD = ("序号", "姓名", "班级", "类别", "等级", "帮扶责任人", "具体表现", "发现时间", "SCL-90得分")


@pytest.fixture
def make(tmp_path):
    """Write a list as a school keeps it: a title above the header, one sheet or several."""

    def make(*sheets, name="重点关注学生.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def listed(make):
    return make(
        (
            "总表",
            (
                ("青石镇小学重点关注学生台账",),
                HEAD,
                (1, "李明", "三年级2班", "留守、心理", "橙色", "孙丽华", "不说话", "2026.9.8", 160),
                (2, "曾 萍", "三（2）班", "沉迷手机", "", "周海涛", "上课睡觉", "2027.9.8", ""),
                (3, "无此人", "三年级2班", "留守", "", "", "", "", ""),
                (4, "李明", "三年级2班", "学困", "", "", "数学跟不上", "", ""),
                (5, "曾萍", "三年级2班", "", "", "", "", "", ""),
            ),
        )
    )


def test_pupils_are_matched_and_every_fault_has_its_place(
    store, register, students, li_ming, zeng_ping, listed
):
    plan = plan_care(register, read_book(listed))
    fates = [(str(line.fate), line.title.split("（")[0]) for line in plan.lines]
    assert fates == [
        ("新增", "李明"),
        ("新增", "曾萍"),
        ("不收", "无此人"),
        ("不变", "李明"),
        ("不收", "曾萍"),
    ]
    assert [str(problem) for problem in plan.problems] == [
        "总表·第4行·发现时间·2027.9.8：还没有到；这一格没有用，学生照常收。",
        "总表·第5行·姓名·无此人：名册里没有这名学生，这一行不收；姓名写错了就改好再导入。",
        "总表·第7行·类别：没有写关注类别，这一行不收；请补上类别，如“心理”“留守”。",
    ]
    assert any("SCL-90得分”没有收" in remark for remark in plan.remarks)
    (question,) = plan.questions
    assert "“沉迷手机”（1名）" in question.text and question.silent == "其他"

    plan = plan_care(register, read_book(listed), answers={question.key: "行为"})
    carry_out(register, plan)
    ming, ping = register.of(li_ming.uid), register.of(zeng_ping.uid)
    assert (ming.categories, ming.level, ming.found_on) == (
        ["留守", "心理", "学困"],
        "二级",
        date(2026, 9, 8),
    )
    assert (ping.categories, ping.caretaker, ping.found_on) == (["行为"], "周海涛", None)
    assert ping.grounds == "原名单写的类别：沉迷手机"
    assert "160" not in str(vars(ming)) and "160" not in str(plan.lines)

    again = plan_care(register, read_book(listed), answers={question.key: "行为"})
    assert not again.count(Fate.ADDED) and not again.count(Fate.UPDATED)
    store.undo()
    assert register.lines() == []


def test_a_name_that_may_be_two_is_asked_and_taken_once_it_is_answered(
    register, students, class_uid, zeng_ping, make
):
    other = students.open_class(ClassKey("小学", 2025, 1))
    students.add(name="王浩", class_uid=class_uid, seat_no=5, born_on=date(2018, 5, 2))
    students.add(name="王浩", class_uid=class_uid, seat_no=9, born_on=date(2018, 1, 2))
    students.add(name="赵小雨", class_uid=other, seat_no=1)
    rows = (("姓名", "班级"), ("王浩", "三年级2班"), ("赵小雨", "三年级2班"), ("曾萍", ""))
    path = make(("留守儿童", rows))
    plan = plan_care(register, read_book(path))
    twice, elsewhere = plan.questions
    assert "是哪一名" in twice.text and len(twice.options) == 2
    assert "名册里这个班没有" in elsewhere.text and "赵小雨（二年级1班1号）" in elsewhere.options
    assert [str(line.fate) for line in plan.lines] == ["不收", "不收", "新增"]
    answers = {twice.key: twice.options[1], elsewhere.key: elsewhere.options[0]}
    plan = plan_care(register, read_book(path), answers=answers)
    carry_out(register, plan)
    assert {(line.pupil.name, line.pupil.seat_no) for line in register.lines()} == {
        ("王浩", 9),
        ("赵小雨", 1),
        ("曾萍", 3),
    }
    assert register.of(zeng_ping.uid).categories == ["留守"], "the sheet is called so"


def test_of_a_pupil_who_is_cared_for_only_blanks_are_filled(register, care, li_ming, make):
    rows = (
        ("姓名", "班级", "类别", "包保人", "措施", "建档日期"),
        ("李明", "三年级2班", "留守", "别的老师", "每周家访", "2025-9-1"),
    )
    plan = plan_care(register, read_book(make(("名单", rows))))
    carry_out(register, plan)
    kept = register.of(li_ming.uid)
    assert (kept.caretaker, kept.taken, kept.categories) == (
        "孙丽华",
        "每周家访",
        ["心理", "留守"],
    )
    assert kept.opened_on == TODAY
    register.end(care.uid, on=TODAY, why="好转", by="李校长")
    again = plan_care(register, read_book(make(("名单", rows))))
    assert "已经解除关注，没有收" in again.problems[0].message


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("留守儿童", "留守"),
        ("心理健康", "心理"),
        ("特异体质学生", "特异体质"),
        ("单亲家庭", "家庭"),
        ("不良行为", "行为"),
        ("沉迷手机", None),
        ("学困", "学困"),
        ("其他", "其他"),
    ],
)
def test_a_word_of_the_school_is_read_as_a_category_where_it_is_sure(word, category):
    found = category_of(word)
    assert (str(found) if found else None) == category


@pytest.mark.parametrize(
    ("word", "level"), [("红色", "一级"), ("Ⅱ级", "二级"), ("三级预警", "三级"), ("很严重", None)]
)
def test_a_level_is_read_as_schools_write_it(word, level):
    found = level_of(word)
    assert (str(found) if found else None) == level


def test_only_who_may_import_does(store, register, li_ming, listed):
    store.sitter = Sitter("王老师", Role.TEACHER, li_ming.class_uid)
    with pytest.raises(UserError, match="不能导入"):
        plan_care(register, read_book(listed))


def test_a_person_imports_the_old_list_and_takes_it_back(
    user, store, register, page, li_ming, zeng_ping, listed
):
    made = user.opens(page())
    user.clicks("导入")
    user.chooses_file(listed)
    user.waits_for("按“导入”以前，什么都不会写入。")
    assert user.sees("沉迷手机”（1名）") and "李明" not in user.front().windowTitle()
    assert look_at(user.front(), "关注_导入", ("中", "特大"), width=0) == []
    user.clicks("导入")
    user.waits_for("导入完成：新增2条")
    user.clicks("知道了")
    assert {row[1] for row in user.reads_table()} == {"李明", "曾萍"}
    assert made.count_text(2, 2) == "关注中 2 人，逾期在前"
    store.undo()
    user.settles()
    assert user.sees("还没有登记关注的学生。")


def test_the_old_list_comes_in_by_command(tmp_path, make):
    desk = found_school(tmp_path / "校安台数据")
    (tmp_path / "名册.csv").write_text("姓名,班级\n孙小满,二年级1班\n", "utf-8")
    desk.says("import", "students", tmp_path / "名册.csv")
    rows = (("姓名", "班级", "类别"), ("孙小满", "二年级1班", "留守"), ("某某", "", "留守"))
    path = make(("名单", rows))
    tried = desk.says_beside("import", "care", path, "--dry-run")
    assert (tried["added"], tried["refused"]) == (1, 1)
    assert desk.says("list", "students", "--care") == []
    (problem,) = desk.says_beside("import", "care", path)["problems"]
    assert (problem["sheet"], problem["row"], problem["value"]) == ("名单", 3, "某某")
    (row,) = desk.says("list", "students", "--care")
    assert (row["name"], row["categories"]) == ("孙小满", ["留守"])
