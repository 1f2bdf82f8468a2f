"""The schemes of grades: what a school chooses, and what stays as it was."""

from datetime import date

import pytest

from app.core.errors import UserError
from app.core.settings import DAYS_TO_FIX, GRADE_SCHEME, Settings
from app.hazards import Step
from app.hazards.grades import SCHEMES, grade_of, is_major, light_ones, may_skip, said
from app.hazards.guessing import guess_grade, same_grade
from app.hazards.rows_pane import MAJOR, row_of
from app.ui.paint import SHAPES
from app.ui.theme import TONES

THREE, TWO, FOUR = SCHEMES
TODAY = date(2026, 4, 1)


@pytest.fixture
def choose(store):
    return lambda title: Settings(store).put({GRADE_SCHEME: title})


def assess(hazards, uid, **facts):
    return hazards.sign(uid, Step.ASSESS, by="李校长", on=TODAY, facts=facts)


def test_a_school_that_chose_nothing_has_three_grades(hazards):
    assert hazards.grades.scheme().words == ("一般", "较大", "重大")


@pytest.mark.parametrize(
    ("title", "right", "wrong"),
    [(THREE, "较大", "红"), (TWO, "重大", "较大"), (FOUR, "蓝", "一般")],
)
def test_a_new_hazard_has_a_grade_of_the_scheme(report, choose, title, right, wrong):
    choose(title)
    assert report(grade=right).grade == right
    with pytest.raises(UserError, match="只能填：" + "、".join(SCHEMES[title].words)):
        report(grade=wrong)


def test_a_changed_scheme_leaves_what_is_written(hazards, report, choose):
    uid = report(grade="较大").uid
    due = hazards.get(uid).due_on
    choose(FOUR)
    assert (hazards.get(uid).grade, hazards.get(uid).due_on) == ("较大", due)
    hazards.correct(uid, place="教学楼三楼")
    assert hazards.get(uid).grade == "较大"
    assess(hazards, uid, grade="较大")
    assert hazards.get(uid).grade == "较大"


def test_an_assessment_gives_a_grade_of_the_scheme(hazards, report, choose):
    uid = report(grade="一般").uid
    choose(FOUR)
    with pytest.raises(UserError, match="只能填：蓝、黄、橙、红"):
        assess(hazards, uid, grade="重大")
    assess(hazards, uid, grade="红")
    assert hazards.get(uid).grade == "红"


@pytest.mark.parametrize(
    ("word", "major", "skips"),
    [("一般", False, True), ("较大", False, False), ("重大", True, False), ("蓝", False, True),
     ("黄", False, True), ("橙", False, False), ("红", True, False), ("三级", False, False)],
)  # fmt: skip
def test_what_follows_from_a_grade_follows_from_its_word(word, major, skips):
    assert (is_major(word), may_skip(word)) == (major, skips)


def test_only_light_hazards_do_without_report_whatever_the_scheme(hazards, report, choose):
    choose(FOUR)
    for grade in ("蓝", "橙"):
        uid = report(grade=grade).uid
        assess(hazards, uid)
        if grade == "蓝":
            hazards.sign(uid, Step.REPORT, by="李校长", on=TODAY, is_skipped=True)
            continue
        with pytest.raises(UserError, match="只有蓝、黄色隐患的“报告”可以写“无需”，这条是橙色隐患"):
            hazards.sign(uid, Step.REPORT, by="李校长", on=TODAY, is_skipped=True)


def test_grades_are_called_as_one_says_them():
    assert [said(word) for word in ("一般", "红", "三级")] == ["一般隐患", "红色隐患", "三级隐患"]
    assert light_ones("重大") == light_ones("三级") == "一般隐患"


@pytest.mark.parametrize(
    ("words", "title", "same", "guess"),
    [
        ("红色隐患", FOUR, "红", "红"),
        ("橙级", FOUR, "橙", "橙"),
        ("一般隐患", FOUR, None, "黄"),
        ("重大", FOUR, None, "红"),
        ("低风险", FOUR, None, "蓝"),
        ("较大隐患", TWO, None, "一般"),
        ("红", TWO, None, "重大"),
        ("蓝色", THREE, None, "一般"),
        ("甲等", FOUR, None, None),
    ],
)
def test_an_old_ledgers_grade_is_read_by_the_scheme(words, title, same, guess):
    scheme = SCHEMES[title]
    assert (same_grade(words, scheme), guess_grade(words, scheme)) == (same, guess)


def test_red_counts_as_major_in_the_chip_and_on_the_report(hazards, report, choose):
    choose(FOUR)
    red, blue = report(grade="红"), report(grade="蓝")
    tags = {line.uid: row_of(line, TODAY).tags for line in hazards.lines()}
    assert MAJOR in tags[red.uid] and MAJOR not in tags[blue.uid]
    assert [row["number"] for row in hazards.views["report"]({})] == [red.number]
    assert [row["grade"] for row in hazards.views["list"]({"grade": "红"})] == ["红"]


def test_days_of_a_colour_are_the_schools_own(hazards, report, choose, store):
    choose(FOUR)
    assert report(grade="红", found_on=TODAY).due_on == date(2026, 4, 4)
    Settings(store).put({DAYS_TO_FIX: {"红": 1}})
    assert report(grade="红", found_on=TODAY).due_on == date(2026, 4, 2)


def test_a_hazard_that_came_back_takes_the_nearest_grade_of_today(hazards, report, choose):
    assert SCHEMES[TWO].nearest("较大") == "一般"
    assert SCHEMES[FOUR].nearest("较大") == "橙"
    assert SCHEMES[FOUR].nearest("三级") == "黄"
    assert SCHEMES[THREE].nearest("蓝") == "一般"


def test_a_printed_list_marks_what_is_grave_without_colour(hazards, report, choose):
    choose(FOUR)
    report(grade="红")
    report(grade="橙")
    for view in ("ledger", "self_check", "supervision"):
        assert {row["grade_mark"] for row in hazards.views[view]({})} == {"★红", "橙"}


@pytest.mark.parametrize("word", ["蓝", "黄", "橙", "红", "一般", "较大", "重大"])
def test_a_grade_is_drawn_by_its_own_tone(word):
    kind = grade_of(word)
    assert kind is not None and kind.tone in TONES and (not kind.shape or kind.shape in SHAPES)
