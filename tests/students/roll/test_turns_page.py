"""The page of the turns, its paper, and the single acts by command."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.core.paper import Context, load_papers, print_paper
from app.students.roll.register import TurnRegister
from app.students.roll.rules import Turn
from app.students.roll.turns_page import TurnPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.students.roll.test_promoting import uid_of
from tests.terminal import found_school
from tests.ui.look import look_at

ROOT = Path(__file__).parents[3]
FORMS, _ = load_papers(ROOT / "forms/papers")


@pytest.fixture
def roll(students, school):
    roll = TurnRegister(students)
    rests, away = uid_of(students, "甲四"), uid_of(students, "甲三")
    roll.leave([rests], Turn.RESTS, on=date(2027, 3, 8), words="骨折休养")
    roll.leave([away], Turn.MOVED_OUT, on=date(2027, 5, 6), words="红军街小学")
    return roll


@pytest.fixture
def printed(monkeypatch):
    """Catch what is given to the preview."""
    caught = []

    def catch(self, parent, paper_id, rows, *, words="", done):
        caught.append((paper_id, list(rows), words))
        done("打印")

    monkeypatch.setattr(Papers, "preview", catch)
    return caught


@pytest.fixture
def page(store, roll):
    made = TurnPage(roll, papers=Papers(FORMS, lambda *_: Context("青石镇中心小学")))
    return let_hear(store, made)


def test_every_turn_is_a_line_and_its_reason_is_covered_until_the_eye(user, store, page):
    user.opens(page)
    assert [row[1:5] for row in user.reads_table()] == [
        ["转出", "甲三", "三年级1班", ""],
        ["休学", "甲四", "四年级1班", ""],
    ]
    assert {row[5] for row in user.reads_table()} == {"●●●"}
    user.picks_row("甲四")
    assert user.sees("休学　四年级1班") and not user.sees("骨折")  # nor beside the list
    user.clicks("显示保密内容")
    assert user.sees("骨折")
    assert [row[5] for row in user.reads_table()] == ["红军街小学", "骨折休养"]
    store.settle()
    assert "查看学籍异动的说明" in [action.label for action in store.actions(3)]
    user.clicks("休学")
    assert [row[2] for row in user.reads_table()] == ["甲四"]


def test_the_list_in_sight_is_printed_and_that_counts_as_a_look(user, store, page, printed):
    user.opens(page)
    user.clicks("休学")
    user.picks("打印", "学籍异动登记表（当前列表）")
    ((paper, rows, words),) = printed
    assert (paper, words) == ("student_turns", "休学")
    assert [(row["name"], row["words"]) for row in rows] == [("甲四", "骨折休养")]
    store.settle()
    labels = [action.label for action in store.actions(3)]
    assert "打印：学籍异动登记表" in labels and "查看学籍异动的说明" in labels


def test_a_wrong_day_is_put_right_and_undone(user, store, roll, page):
    user.opens(page)
    user.picks_row("甲四")
    user.clicks("更正")
    assert user.reads_blank("去向、原因、说明") == "骨折休养"
    user.fills("日期", date(2027, 3, 1))
    user.clicks("保存")
    assert user.reads_table()[1][0] == "2027-03-01"
    store.undo()
    assert [entry.on.day for entry in roll.entries()] == [6, 8]


def test_the_paper_for_the_class_teacher_leaves_the_reason_out(roll):
    rows = roll.views["sheet"]({})
    for level, is_there in (("内部", True), ("班主任", False)):
        printed = print_paper(FORMS["student_turns"], rows, Context("青石小学", level=level))
        with pypdfium2.PdfDocument(printed.data) as pdf:
            text = pdf[0].get_textpage().get_text_range()
        assert ("甲四" in text, "骨折休养" in text) == (True, is_there)


def test_nothing_is_cut_in_any_size(user, page):
    user.opens(page)
    page.choose(next(uid for uid, one in page._entries.items() if one.pupil.name == "甲四"))
    assert look_at(page, "turns", ("中", "特大")) == []


def test_single_acts_are_done_by_command(tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    (tmp_path / "名册.csv").write_text(
        "姓名,班级\n孙小满,二年级1班\n孙小满,二年级2班\n钱多多,二年级1班\n", "utf-8"
    )
    desk.says("import", "students", tmp_path / "名册.csv")
    assert "有2名" in desk.is_refused("students", "leave", "休学", "孙小满")["what"]
    assert desk.is_refused("students", "leave", "休学", "无此人")["safe"].startswith("没有改动")
    words = ("students", "leave", "休学", "二年级1班孙小满", "--words", "骨折休养")
    assert desk.says(*words)["turn"] == "休学"
    moved = desk.says("students", "move", "钱多多", "--class", "二年级2班")
    assert (moved["turn"], moved["from"], moved["to"]) == ("调班", "二年级1班", "二年级2班")
    back = desk.says("students", "back", "二年级1班孙小满", "--class", "二年级1班")
    assert (back["turn"], back["to"]) == ("复学", "二年级1班")
    assert {row["turn"] for row in desk.says("list", "turns")} == {"休学", "调班", "复学"}
    assert {row["words"] for row in desk.says("list", "turns")} == {None}
    (rested,) = desk.says("list", "turns", "--sealed", "--where", "turn=休学")
    assert rested["words"] == "骨折休养"
    out = tmp_path / "异动.pdf"
    assert desk.says("print", "student_turns", "--out", out) == {"pages": 1}
