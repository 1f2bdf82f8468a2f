"""The four sample lists of one school, imported one after the other, against the truth."""

import json
from pathlib import Path

import pytest

from app.core.imports import Fate
from app.core.sheets import read_book
from app.students import plan_students

DATA = Path(__file__).parents[1] / "data"
FILES = (
    "学籍导出_青石镇中心小学.xlsx",
    "班主任花名册.xlsx",
    "花名册_GBK.csv",
    "花名册_旧版.xls",
)
TRUTH = {
    (pupil["name"], pupil["birth"]): pupil
    for pupil in json.loads((DATA / "truth.json").read_text(encoding="utf-8"))["students"]
}
SAID = ("grade", "class_no", "sex", "guardian", "relation", "phone", "boarder", "left_behind")


def comes_in(students, file):
    plan = plan_students(students, read_book(DATA / file))
    students.carry_out(plan)
    return plan


def counts(plan):
    return tuple(plan.count(fate) for fate in Fate)


def known_rows(students):
    rows = students.views["list_sealed"]({})
    return {(row["name"], row["born_on"].isoformat()): row for row in rows}


def test_all_four_lists_together_are_the_truth(students):
    plans = [comes_in(students, file) for file in FILES]
    assert [counts(plan) for plan in plans] == [
        (1055, 0, 0, 0),
        (0, 50, 0, 0),
        (0, 0, 261, 0),
        (0, 0, 246, 0),
    ]
    for plan in plans:
        assert (plan.problems, plan.questions, plan.missing) == ([], [], [])

    rows = known_rows(students)
    assert (len(students.pupils()), rows.keys()) == (1055, TRUTH.keys())
    for who, pupil in TRUTH.items():
        row = rows[who]
        said = {key: pupil[key] for key in (*SAID, "travel", "health")}
        assert {key: row[key] for key in said} == said

    again = [counts(comes_in(students, file)) for file in FILES]
    assert again == [(0, 0, 1055, 0), (0, 0, 50, 0), (0, 0, 261, 0), (0, 0, 246, 0)]


@pytest.mark.parametrize("file", FILES)
def test_each_list_alone_agrees_with_the_truth(students, file):
    plan = comes_in(students, file)
    assert (plan.problems, plan.questions) == ([], [])
    for who, row in known_rows(students).items():
        pupil = TRUTH[who]
        for key in ("grade", "class_no", "sex", "phone", "guardian"):
            assert row[key] == pupil[key]
    assert counts(comes_in(students, file)) == (0, 0, len(plan.lines), 0)


def test_the_class_teachers_list_brings_seats_and_family(students):
    comes_in(students, "班主任花名册.xlsx")
    rows = students.views["list"]({"class_no": "2"})
    assert [row["seat_no"] for row in rows] == list(range(1, 51))
    by_uid = {row["uid"]: row["name"] for row in rows}
    families = {by_uid[uid]: kept["family"] for uid, kept in students.sealed().items()}
    assert families["钟天超"] == "孤儿"
    truth = {p["name"]: p for p in TRUTH.values() if (p["grade"], p["class_no"]) == ("三年级", 2)}
    for row in rows:
        assert bool(row["left_behind"]) == truth[row["name"]]["left_behind"]
