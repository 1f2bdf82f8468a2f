"""A staff list comes in as it was meant, and nothing is guessed where two people share a name."""

import json
from pathlib import Path

import pytest

from app.core.files import put
from app.core.imports import Fate
from app.core.sheets import read_book, write_xlsx
from app.people import plan_staff

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
COLUMNS = [(label, 12) for label in ("姓名", "性别", "职务", "手机号码")]


@pytest.fixture
def reads(staff, tmp_path):
    def reads(*rows, columns=COLUMNS, **options):
        path = tmp_path / "名单.xlsx"
        put(path, write_xlsx("教职工名单", columns, [list(row) for row in rows]))
        return plan_staff(staff, read_book(path), **options)

    return reads


def fates(plan):
    return [(line.title, line.fate) for line in plan.lines]


def test_the_schools_own_list_comes_in_as_it_was_meant(staff):
    truth = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))["staff"]
    book = read_book(DATA / "教职工名单_青石镇中心小学.xlsx")
    plan = plan_staff(staff, book)
    assert (plan.count(Fate.ADDED), plan.problems) == (62, [])
    assert staff.all() == [], "nothing is written before it is carried out"
    staff.carry_out(plan)
    keys = ("name", "sex", "post", "leader", "phone")
    told = sorted(tuple(person[key] for key in keys) for person in truth)
    assert sorted(tuple(r[key] for key in keys) for r in staff.views["list"]({})) == told
    again = plan_staff(staff, book)
    assert again.count(Fate.UNCHANGED) == 62 and again.missing == []


def test_one_undo_takes_the_whole_import_back(store, staff, reads):
    staff.carry_out(reads(("王芳", "女", "教师", "13800000001"), ("李明", "男", "校长", "")))
    assert len(staff.all()) == 2
    assert store.undo() == "导入教职工名单"
    assert staff.all() == []


def test_a_blank_never_erases_and_who_is_not_named_stays(staff, reads):
    staff.carry_out(reads(("王芳", "女", "教师", "13800000001"), ("李明", "男", "校长", "")))
    plan = reads(("王　芳", "", "班主任", ""))
    assert fates(plan) == [("王芳", Fate.UPDATED)]
    assert plan.lines[0].changes == (("职务", "教师", "班主任"),)
    assert plan.missing == ["李明"]
    staff.carry_out(plan)
    (wang,) = staff.named("王芳")
    assert (wang.sex, wang.post, wang.phone) == ("女", "班主任", "13800000001")
    assert staff.named("李明")


def test_two_of_a_name_are_told_apart_by_telephone_or_asked_about(staff, reads):
    staff.carry_out(
        reads(("王芳", "女", "教师", "13800000001"), ("王芳", "女", "教师", "13800000002"))
    )
    assert len(staff.named("王芳")) == 2
    known = reads(("王芳", "女", "教务员", "13800000002"))
    assert fates(known) == [("王芳", Fate.UPDATED)] and known.questions == []
    asked = reads(("王芳", "女", "教务员", "13800000003"))
    (question,) = asked.questions
    assert "哪一位" in question.text and len(question.options) == 3
    assert fates(asked) == [("王芳", Fate.REFUSED)], "nothing is done before it is answered"
    answered = reads(
        ("王芳", "女", "教务员", "13800000003"), answers={question.key: question.options[0]}
    )
    assert fates(answered) == [("王芳", Fate.UPDATED)] and answered.questions == []
    new = reads(("王芳", "女", "教务员", "13800000003"), answers={question.key: "新增一人"})
    assert fates(new) == [("王芳", Fate.ADDED)]


def test_a_newcomer_of_the_same_name_does_not_take_the_place_of_who_is_named_below(staff, reads):
    staff.carry_out(reads(("王芳", "女", "教师", "13800000001")))
    plan = reads(("王芳", "女", "教师", "13800000009"), ("王芳", "女", "教师", "13800000001"))
    assert fates(plan) == [("王芳", Fate.ADDED), ("王芳", Fate.UNCHANGED)]
    moved = reads(("王芳", "女", "教师", "13800000009"))
    assert fates(moved) == [("王芳", Fate.UPDATED)], "alone it is a new telephone"


def test_a_row_without_a_name_is_refused_by_its_place_and_the_rest_comes_in(reads):
    plan = reads(("王芳", "女", "教师", "无"), ("", "男", "教师", "13800000009"))
    assert [line.fate for line in plan.lines] == [Fate.ADDED, Fate.REFUSED]
    (problem,) = plan.problems
    assert (problem.row, problem.column) == (4, "姓名") and "没有姓名" in problem.message


def test_a_telephone_that_is_none_is_left_out_by_name_and_place(reads):
    plan = reads(("王芳", "女", "教师", "见名片"))
    (problem,) = plan.problems
    assert (problem.row, problem.column, problem.value) == (3, "手机号码", "见名片")
    assert plan.count(Fate.ADDED) == 1 and "phone" not in plan.lines[0].values


SHARES = ("姓名", "岗位", "人员类别", "岗位能力", "值班系数", "减量原因", "是否不值夜")


def test_what_rosters_ask_for_comes_in_with_the_list(staff, reads):
    columns = [(label, 12) for label in SHARES]
    plan = reads(
        ("王芳", "教师", "", "护学岗，女寝", "50%", "临近退休", "是"),
        ("赵大勇", "", "门卫", "护学岗 巡逻", 1, "", ""),
        ("孙大山", "主任", "家长", "", "", "", ""),
        columns=columns,
    )
    assert plan.problems == []
    staff.carry_out(plan)
    (wang,) = staff.all()
    assert (wang.post, wang.abilities, wang.weight) == ("教师", ["护学岗", "女寝"], 50)
    assert (wang.weight_reason, wang.no_nights) == ("临近退休", True)
    zhao, sun = staff.outside()
    assert (zhao.kind, zhao.weight, zhao.abilities) == ("保安", 100, ["护学岗", "巡逻"])
    assert sun.kind == "家长志愿者" and not sun.is_leader
    again = reads(("王芳", "教师", "", "", "", "", ""), columns=columns)
    assert fates(again) == [("王芳", Fate.UNCHANGED)] and again.missing == []


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        (("外星人", "", "", "", ""), "人员类别", "应是：教职工"),
        (("", "", "百分之五十", "兼职", ""), "值班系数", "如 50%"),
        (("", "", "150", "兼职", ""), "值班系数", "如 50%"),
        (("", "什么都能做" * 20, "", "", ""), "岗位能力", "应是几个短词"),
        (("", "", "50", "", ""), "值班系数", "要写“减量或不值夜的原因”"),
    ],
)
def test_a_share_that_cannot_be_is_left_out_by_name_and_place(reads, cells, column, said):
    plan = reads(("王芳", "教师", *cells), columns=[(label, 12) for label in SHARES])
    (problem,) = plan.problems
    assert (problem.row, problem.column) == (3, column) and said in problem.message
    assert plan.count(Fate.ADDED) == 1 and "weight" not in plan.lines[0].values
