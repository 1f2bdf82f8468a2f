"""September's list: of a school that has moved up, and of pupils who jump grades in it."""

from datetime import date
from pathlib import Path

import pytest

from app.core.forms import load_forms
from app.core.imports import Fate
from app.core.sheets import Book, Sheet
from app.students import plan_students
from app.students.page import StudentPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.students.roll.test_promoting import where

ROOT = Path(__file__).parents[3]
HEAD = ("班级", "姓名", "出生日期")
NAMES = ("王浩", "李明", "赵敏", "孙悦")
AS_LISTED, KEEP = "照表上的班级改", "班级不改，别的照收"


def book(*rows, title=None, grade="三年级"):
    lines = [(f"{grade}1班", name, f"2018-3-{day}") for day, name in enumerate(NAMES, start=1)]
    head = [(title, "", "")] if title else []
    return Book("名册.xlsx", "xlsx", (Sheet("花名册", [*head, HEAD, *(rows or lines)]),))


def fates(plan):
    return [line.fate for line in plan.lines]


@pytest.fixture
def known(students):
    students.carry_out(plan_students(students, book()))


def test_a_list_in_which_all_have_moved_up_proposes_to_promote_first(students, known, promotion):
    rows = [("四年级1班", name, f"2018-3-{d}") for d, name in enumerate(NAMES, start=1)]
    rows.append(("一年级1班", "新来", "2020-5-5"))
    plan = plan_students(students, book(*rows))
    assert "有4名学生比校安台里高一个年级" in plan.ahead
    assert set(fates(plan)) == {Fate.REFUSED}, "also the newcomers: their grade is a year off"
    assert "先一键升级" in plan.problems[0].message
    promotion.carry_out(date(2027, 9, 1))
    after = plan_students(students, book(*rows))
    assert (fates(after), after.ahead) == ([Fate.UNCHANGED] * 4 + [Fate.ADDED], "")


def test_a_list_without_birth_dates_is_known_as_ahead_as_well(students, known):
    rows = [("四年级1班", name, "") for name in NAMES]
    plan = plan_students(students, book(*rows))
    assert plan.ahead and len(plan.questions) == 1
    assert set(fates(plan)) == {Fate.REFUSED}


def test_who_insists_gets_the_classes_as_listed(students, known):
    rows = [("四年级1班", name, f"2018-3-{d}") for d, name in enumerate(NAMES, start=1)]
    (question,) = plan_students(students, book(*rows)).questions
    plan = plan_students(students, book(*rows), answers={question.key: AS_LISTED})
    assert set(fates(plan)) == {Fate.UPDATED}
    students.carry_out(plan)
    assert set(where(students).values()) == {"四年级1班"}


def test_a_title_of_the_next_year_is_enough(students, known):
    rows = [("四年级1班", name, f"2018-3-{d}") for d, name in enumerate(NAMES, start=1)]
    plan = plan_students(students, book(*rows, title="2027年秋季学期学生名册"))
    assert plan.ahead.startswith("这份名册是2027—2028学年的")
    assert set(fates(plan)) == {Fate.UNCHANGED}


@pytest.mark.parametrize(
    ("listed", "said"),
    [("五年级1班", "高了两个年级"), ("四年级1班", "高了一个年级"), ("一年级1班", "低了两个年级")],
)
def test_one_who_jumps_grades_is_asked_about_and_not_written(students, known, listed, said):
    rows = [("三年级1班", name, f"2018-3-{d}") for d, name in enumerate(NAMES, start=1)]
    rows[0] = (listed, *rows[0][1:])
    plan = plan_students(students, book(*rows))
    (question,) = plan.questions
    assert "王浩" in question.text and said in question.text
    assert fates(plan) == [Fate.REFUSED] + [Fate.UNCHANGED] * 3
    students.carry_out(plan)
    assert where(students)["王浩"] == "三年级1班"

    kept = plan_students(students, book(*rows), answers={question.key: KEEP})
    assert fates(kept) == [Fate.UNCHANGED] * 4
    plan = plan_students(students, book(*rows), answers={question.key: AS_LISTED})
    students.carry_out(plan)
    assert where(students)["王浩"] == listed


def test_one_who_is_a_grade_lower_repeats_and_the_preview_says_so(students, known):
    rows = [("三年级1班", name, f"2018-3-{d}") for d, name in enumerate(NAMES, start=1)]
    rows[0] = ("二年级1班", *rows[0][1:])
    plan = plan_students(students, book(*rows))
    assert plan.questions == []
    assert plan.lines[0].changes == (("班级", "三年级1班", "二年级1班"),)


def test_the_import_offers_to_promote_first_and_goes_on_with_the_list(
    user, store, students, known, tmp_path
):
    forms, _ = load_forms(ROOT / "forms/ledgers")
    page = StudentPage(students, form=forms["student"], papers=Papers({}, lambda *_: None))
    let_hear(store, page)
    text = "班级,姓名,出生日期\n" + "".join(
        f"四年级1班,{name},2018-3-{d}\n" for d, name in enumerate(NAMES, start=1)
    )
    (tmp_path / "名册.csv").write_text(f"{text}一年级1班,新来,2020-5-5\n", "utf-8")
    user.opens(page)
    user.clicks("导入")
    user.chooses_file(tmp_path / "名册.csv")
    user.waits_for("多半是升级以后的")
    user.clicks("先一键升级")
    for _ in range(2):
        user.clicks("下一步")
    user.clicks("升级")
    user.waits_for("升级好了")
    user.clicks("知道了")
    user.waits_for("按“导入”以前，什么都不会写入。")
    user.clicks("导入")
    user.waits_for("导入完成")
    user.clicks("知道了")
    assert where(students) == dict.fromkeys(NAMES, "四年级1班") | {"新来": "一年级1班"}
