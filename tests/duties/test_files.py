"""Rosters in spreadsheets through the register: checked, previewed, taken, undone, written out."""

from datetime import date

import openpyxl
import pytest

from app.core.errors import UserError
from app.core.imports import Fate
from app.core.sheets import read_book
from app.duties import Way
from app.duties.planning import Cell
from tests.duties.conftest import post_uid, uid

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
MONDAY = date(2026, 10, 12)
HEAD = ["日期", "星期", "带班领导", "校门护学早", "午间巡逻"]


def file(folder, *rows, name="十月值班表.xlsx"):
    book = openpyxl.Workbook()
    book.active.append(["2026年10月值班表"])
    for row in rows:
        book.active.append(row)
    book.active.merge_cells(start_row=1, end_row=1, start_column=1, end_column=5)
    book.save(folder / name)
    return read_book(folder / name)


def stands(house, first=FIRST, last=LAST):
    return {(seat.cell, seat.person_uid) for seat in house.duties.seats.between(first, last)}


def seat(house, day, post, name):
    return (Cell(day, post_uid(house, post)), uid(house, name))


@pytest.fixture
def good(school, tmp_path):
    return file(
        tmp_path,
        HEAD,
        ["10月12日", "一", "王建国", "刘玉兰、周海涛", "孙丽华"],
        ["10月13日", "二", "陈国栋", "郑文斌 赵志强", "何春燕"],
    )


def test_a_good_file_is_looked_at_taken_as_one_change_and_undone_as_one(school, good):
    assert school.duty_files.check(good) == {"ok": True, "breaks": [], "seats": 8}
    plan = school.duty_files.plan(good)
    assert stands(school) == set(), "a look writes nothing"
    assert (plan.count(Fate.ADDED), plan.problems, plan.questions) == (6, [], [])
    assert plan.lines[0].title == "10月12日 带班领导：王建国"
    assert plan.columns["校门护学早"] == "校门护学早"
    school.duty_files.take(plan)
    assert seat(school, MONDAY, "午间巡逻", "孙丽华") in stands(school)
    assert len(stands(school)) == 8
    assert {kept.way for kept in school.duties.kept(FIRST, LAST)} == {Way.BROUGHT_IN}
    again = school.duty_files.plan(good)
    assert again.count(Fate.UNCHANGED) == 6 and again.wanted == {}
    school.store.undo()
    assert stands(school) == set()


def test_only_what_the_file_says_is_changed_and_the_preview_says_from_what(school, good, tmp_path):
    school.duty_files.take(school.duty_files.plan(good))
    other = file(tmp_path, HEAD, ["10月12日", "一", "", "刘玉兰、何春燕", ""])
    plan = school.duty_files.plan(other)
    (line,) = plan.lines
    assert (line.fate, line.changes) == (Fate.UPDATED, (("", "刘玉兰、周海涛", "刘玉兰、何春燕"),))
    school.duty_files.take(plan)
    assert seat(school, MONDAY, "校门护学早", "何春燕") in stands(school)
    assert seat(school, MONDAY, "校门护学早", "周海涛") not in stands(school)
    assert len(stands(school)) == 8


def test_a_broken_rule_is_named_with_its_place_and_taken_all_the_same(school, tmp_path):
    book = file(tmp_path, HEAD, ["10月12日", "一", "刘玉兰", "刘玉兰、王五", ""])
    report = school.duty_files.check(book)
    assert not report["ok"]
    told = [(one["row"], one["column"], one["value"], one["rule"]) for one in report["breaks"]]
    assert sorted(told) == sorted(
        [
            (3, "带班领导", "刘玉兰", "不符合岗位要求"),
            (3, "校门护学早", "刘玉兰、王五", "不在名册"),
            (3, "校门护学早", "刘玉兰、王五", "人数不够"),
        ]
    )
    plan = school.duty_files.plan(book)
    assert any("这个人不收，其余照收" in problem.message for problem in plan.problems)
    school.duty_files.take(plan)
    assert len(stands(school)) == 2


def test_a_cell_with_a_name_of_two_waits_for_the_answer(school, tmp_path):
    school.staff.enter(name="孙丽华", sex="男", post="校医", abilities=["巡逻"])
    book = file(tmp_path, HEAD, ["10月12日", "一", "", "", "孙丽华"])
    plan = school.duty_files.plan(book)
    assert [(line.fate, line.title) for line in plan.lines] == [
        (Fate.REFUSED, "10月12日 午间巡逻：孙丽华")
    ]
    (question,) = plan.questions
    doctor = next(option for option in question.options if "校医" in option)
    answered = school.duty_files.plan(book, {question.key: doctor})
    school.duty_files.take(answered)
    (kept,) = school.duties.seats.between(FIRST, LAST)
    assert school.staff.get(kept.person_uid).post == "校医"


def test_a_locked_cell_stays_and_is_named(school, good, tmp_path):
    school.duty_files.take(school.duty_files.plan(good))
    school.duties.lock(Cell(MONDAY, post_uid(school, "午间巡逻")), is_locked=True)
    other = file(tmp_path, HEAD, ["10月12日", "一", "", "", "何春燕"])
    plan = school.duty_files.plan(other)
    assert plan.lines[0].fate is Fate.REFUSED
    assert "锁定" in plan.problems[0].message
    school.duty_files.take(plan)
    assert seat(school, MONDAY, "午间巡逻", "孙丽华") in stands(school)


def test_a_roster_changed_while_the_preview_was_looked_at_is_not_overwritten(school, good):
    plan = school.duty_files.plan(good)
    cell = Cell(MONDAY, post_uid(school, "午间巡逻"))
    school.duties.put(cell, uid(school, "马晓东"))
    with pytest.raises(UserError, match="有人改过了"):
        school.duty_files.take(plan)
    assert stands(school) == {(cell, uid(school, "马晓东"))}, "nothing of it was kept"


def test_a_month_written_out_reads_back_the_same(school, tmp_path):
    school.duties.take(school.duties.plan(FIRST, LAST))
    path = tmp_path / "值班表.xlsx"
    path.write_bytes(school.duty_files.write(FIRST, LAST))
    plan = school.duty_files.plan(read_book(path))
    assert (plan.questions, plan.wanted) == ([], {})
    assert plan.count(Fate.UNCHANGED) == len({cell for cell, _uid in stands(school)})
    before = stands(school)
    school.store.undo()
    assert stands(school) == set()
    school.duty_files.take(school.duty_files.plan(read_book(path)))
    assert stands(school) == before


def test_two_of_one_name_survive_the_way_out_and_in(school, tmp_path):
    school.staff.enter(name="刘玉兰", sex="女", post="校医", abilities=["护学岗", "巡逻"])
    twins = [one.uid for one in school.staff.everybody() if one.name == "刘玉兰"]
    cell = Cell(MONDAY, post_uid(school, "校门护学早"))
    for twin in twins:
        school.duties.put(cell, twin)
    path = tmp_path / "值班表.xlsx"
    path.write_bytes(school.duty_files.write(FIRST, LAST))
    plan = school.duty_files.plan(read_book(path))
    assert (plan.questions, plan.wanted) == ([], {})
    assert [line.fate for line in plan.lines] == [Fate.UNCHANGED]
