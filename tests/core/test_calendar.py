from datetime import date

import pytest

from app.core.calendar import (
    entry_of,
    grade_name,
    grade_order,
    term_of,
    year_name,
)


@pytest.mark.parametrize(
    ("day", "code", "name"),
    [
        (date(2026, 9, 1), "2026-2027-1", "2026—2027学年第一学期"),
        (date(2026, 8, 1), "2026-2027-1", "2026—2027学年第一学期"),
        (date(2027, 1, 31), "2026-2027-1", "2026—2027学年第一学期"),
        (date(2027, 2, 1), "2026-2027-2", "2026—2027学年第二学期"),
        (date(2027, 7, 31), "2026-2027-2", "2026—2027学年第二学期"),
    ],
)
def test_a_day_falls_into_its_term(day, code, name):
    assert (term_of(day).code, term_of(day).name) == (code, name)


def test_a_school_year_is_called_by_both_its_years():
    assert year_name(2026) == "2026—2027学年"


@pytest.mark.parametrize(
    ("stage", "entry", "grade"),
    [
        ("小学", 2026, "一年级"),
        ("小学", 2024, "三年级"),
        ("小学", 2021, "六年级"),
        ("小学", 2020, "2020级"),
        ("小学", 2027, "2027级"),
        ("初中", 2026, "七年级"),
        ("初中", 2024, "九年级"),
        ("幼儿园", 2024, "大班"),
        ("幼儿园", 2026, "小班"),
        ("学前", 2026, "学前班"),
    ],
)
def test_a_class_is_called_by_its_entry_year(stage, entry, grade):
    assert grade_name(stage, entry, 2026) == grade


@pytest.mark.parametrize("grade", ["一年级", "六年级", "七年级", "九年级", "小班", "学前班"])
def test_a_grade_and_its_entry_year_are_two_ways_of_saying_one_thing(grade):
    assert grade_name(*entry_of(grade, 2026), 2026) == grade


def test_a_grade_nobody_knows_has_no_entry_year():
    with pytest.raises(ValueError, match="十年级"):
        entry_of("十年级", 2026)


def test_grades_stand_from_the_youngest_to_the_oldest():
    grades = ["七年级", "2019级", "一年级", "大班", "学前班"]
    assert sorted(grades, key=grade_order) == ["大班", "学前班", "一年级", "七年级", "2019级"]
