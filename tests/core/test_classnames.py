"""Class names in all the shapes schools write them."""

import pytest

from app.core.calendar import Stage
from app.core.classnames import find_class, read_class, read_grade


@pytest.mark.parametrize(
    ("text", "grade", "number"),
    [
        ("一年级1班", "一年级", 1),
        ("一（1）班", "一年级", 1),
        ("一(1)班", "一年级", 1),
        ("一〔1〕班", "一年级", 1),
        ("1.1班", "一年级", 1),
        ("1-1班", "一年级", 1),
        (1.2, "一年级", 2),
        ("101", "一年级", 1),
        (101, "一年级", 1),
        (312.0, "三年级", 12),
        ("小一1班", "一年级", 1),
        ("小一", "一年级", None),
        ("小学一年级1班", "一年级", 1),
        ("七年级(3)班", "七年级", 3),
        ("初一3班", "七年级", 3),
        ("初一（3）班", "七年级", 3),
        ("初中三年级3班", "九年级", 3),
        ("初三", "九年级", None),
        ("701", "七年级", 1),
        ("九（1）班", "九年级", 1),
        ("学前班", "学前班", None),
        ("学前2班", "学前班", 2),
        ("学前（2）班", "学前班", 2),
        ("大班", "大班", None),
        ("中二班", "中班", 2),
        ("小一班", "小班", 1),
        ("大（2）班", "大班", 2),
        ("大班2班", "大班", 2),
        ("一年级一班", "一年级", 1),
        ("三年级十二班", "三年级", 12),
        ("三二班", "三年级", 2),
        ("三2", "三年级", 2),
        ("一 年 级 １ 班", "一年级", 1),
        ("二年级02班", "二年级", 2),
        ("1年2班", "一年级", 2),
        ("一年级", "一年级", None),
        ("青石镇中心小学三年级2班", "三年级", 2),
        ("育才幼儿园中二班", "中班", 2),
    ],
)
def test_a_class_is_read(text, grade, number):
    found = read_class(text)
    assert (found.grade, found.number, found.grades) == (grade, number, (grade,))
    assert not found.is_combined


@pytest.mark.parametrize(
    ("text", "stage", "year", "number"),
    [
        ("2023级1班", None, 2023, 1),
        ("2023级（1）班", None, 2023, 1),
        ("23级二班", None, 2023, 2),
        ("初2023级1班", Stage.JUNIOR, 2023, 1),
        ("小2023级1班", Stage.PRIMARY, 2023, 1),
        ("2023级", None, 2023, None),
    ],
)
def test_a_class_named_by_its_entry_year(text, stage, year, number):
    found = read_class(text)
    assert (found.stage, found.entry_year, found.number, found.grade) == (stage, year, number, "")


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("一、二年级复式班", "一年级 二年级"),
        ("一二年级", "一年级 二年级"),
        ("1-2年级", "一年级 二年级"),
        ("一二复式班", "一年级 二年级"),
        ("一至三年级复式班", "一年级 二年级 三年级"),
        ("复式班（一、三年级）", "一年级 三年级"),
        ("1、3、5年级复式班", "一年级 三年级 五年级"),
    ],
)
def test_a_combined_class_of_a_teaching_point(text, grades):
    found = read_class(text)
    assert found.grades == tuple(grades.split())
    assert found.is_combined
    assert (found.stage, found.number) == (Stage.PRIMARY, None)


@pytest.mark.parametrize(
    "text",
    [
        "10班", "11班", "2班", "一班", "0班", "一年级0班", "一(0)班", "100", "2026", "",
        "12年级", "高一3班", "一年级99班", "二一年级复式班", "校长", "中心小学",
        "一年级甲班", "2026-1-1", None,
    ],
)  # fmt: skip
def test_what_could_be_several_or_is_none_is_left_to_the_user(text):
    assert read_class(text) is None


@pytest.mark.parametrize(
    ("cell", "grade", "expected"),
    [
        ("2班", "一年级", ("一年级", 2)),
        (2, 3, ("三年级", 2)),
        ("（2）班", "初一", ("七年级", 2)),
        ("十二班", "三", ("三年级", 12)),
        (None, "大班", ("大班", None)),
        ("10班", "一年级", ("一年级", 10)),
        ("一年级2班", "一年级", ("一年级", 2)),
        ("2023级2班", "四年级", ("四年级", 2)),
    ],
)
def test_the_grade_may_stand_in_a_column_of_its_own(cell, grade, expected):
    found = read_class(cell, grade=grade)
    assert (found.grade, found.number) == expected


@pytest.mark.parametrize("cell", ["4班", 4, "（4）班", "四班"])
def test_the_entry_year_may_stand_in_a_column_of_its_own(cell):
    found = read_class(cell, grade="2023级")
    assert (found.entry_year, found.number) == (2023, 4)


def test_a_class_that_contradicts_its_grade_is_left_to_the_user():
    assert read_class("三年级2班", grade="一年级") is None


def test_stages_follow_the_grade():
    shapes = {"大班": Stage.KINDERGARTEN, "学前班": Stage.PRESCHOOL, "六1班": Stage.PRIMARY}
    assert {text: read_class(text).stage for text in shapes} == shapes
    assert read_class("七（1）班").stage is Stage.JUNIOR


@pytest.mark.parametrize(
    ("cell", "grade"),
    [("一年级", "一年级"), (1, "一年级"), ("三", "三年级"), ("初二", "八年级"), ("小班", "小班"),
     ("一年级1班", ""), ("10", ""), ("", ""), ("一二年级", "")],
)  # fmt: skip
def test_a_grade_is_read(cell, grade):
    assert read_grade(cell) == grade


@pytest.mark.parametrize(
    ("title", "grade", "number"),
    [
        ("三（2）班学生花名册", "三年级", 2),
        ("青石镇中心小学2026-2027学年度第一学期三（2）班学生花名册", "三年级", 2),
        ("2026年秋季一年级1班花名册", "一年级", 1),
        ("三年级二班　班主任：王老师", "三年级", 2),
        ("初一3班.xlsx", "七年级", 3),
        ("301班花名册", "三年级", 1),
        ("育才幼儿园中二班", "中班", 2),
        ("一年级学生名册", "一年级", None),
    ],
)
def test_a_title_names_its_class(title, grade, number):
    found = find_class(title)
    assert (found.grade, found.number) == (grade, number)


def test_a_title_names_a_combined_class_or_an_entry_year():
    assert find_class("青石教学点一、二年级复式班名册").grades == ("一年级", "二年级")
    assert find_class("2023级1班名册").entry_year == 2023


@pytest.mark.parametrize(
    "title",
    [
        "班主任花名册",
        "一年级1班、一年级2班名册",
        "一到三年级学生名单",
        "Sheet1",
        "2026年秋季学期",
        "",
    ],
)
def test_a_title_that_names_no_one_class_says_nothing(title):
    assert find_class(title) is None
