"""The turn of the school year by command, and what the window is called then."""

from datetime import date

import pytest

from app.core.desk import unlock
from app.house import House
from tests.terminal import PASSWORD, found_school

PUPILS = """2026—2027学年学生名册
姓名,班级
孙小满,二年级1班
钱多多,六年级1班
周明明,六年级1班
"""


@pytest.fixture
def desk(tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    (tmp_path / "名册.csv").write_text(PUPILS, "utf-8")
    desk.says_beside("import", "students", tmp_path / "名册.csv")
    return desk


def test_a_trial_says_what_would_become_of_each_class_and_writes_nothing(desk):
    before = desk.content()
    said = desk.says("students", "promote", "--on", "2027-09-01", "--dry-run")
    assert desk.content() == before
    assert (said["from"], said["to"], said["done"]) == ("2026—2027学年", "2027—2028学年", False)
    assert (said["before"], said["after"], said["graduated"], said["left"]) == (3, 1, 2, 0)
    assert {line["from"]: line["to"] for line in said["classes"]} == {
        "二年级1班": "升为三年级1班",
        "六年级1班": "毕业离校",
    }


def test_the_school_moves_on_once_a_year_and_the_title_follows(desk):
    assert desk.says("students", "promote", "--on", "2027-09-01")["done"]
    (pupil,) = desk.says("list", "students")
    assert (pupil["name"], pupil["grade"]) == ("孙小满", "三年级")
    refused = desk.is_refused("students", "promote", "--on", "2027-10-08")
    assert "一个学年只升一次" in refused["what"]
    assert desk.is_refused("students", "promote", "--on", "明年")["do"].startswith("日期写成")

    opened = unlock(desk.paths, desk.user, PASSWORD)
    titles = [
        House(opened.store, opened.paths, today=lambda day=day: day).title().split(" · ")[-1]
        for day in (date(2027, 7, 20), date(2028, 3, 1), date(2028, 9, 1))
    ]
    opened.close()
    assert titles == [
        "2027—2028学年第一学期",
        "2027—2028学年第二学期 第1周",
        "2027—2028学年第二学期",
    ]
