from datetime import date

import pytest

from app.hazards.guessing import (
    CATEGORIES,
    Outcome,
    guess_category,
    guess_grade,
    read_outcome,
    same_grade,
)

FOUND = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        ("交通与校车", "校车与交通"),
        ("校园欺凌", "欺凌与暴力"),
        ("实验室危化品", "实验室与危化品"),
        ("食品安全", "食品与饮用水"),
        ("校舍安全", "校舍建筑"),
        ("周边环境", "校园周边治安"),
        ("防溺水", "水域/防溺水"),
        ("治安防范", "门卫安保/三防"),
        ("特种设备", "特种设备"),
        ("甲类", None),
    ],
)
def test_a_schools_category_is_guessed(words, ours):
    assert guess_category(words) == ours


def test_the_form_and_the_guesses_know_the_same_categories(forms):
    assert set(forms["hazard"].field("category").choices) == set(CATEGORIES)


@pytest.mark.parametrize(
    ("words", "same", "guess"),
    [
        ("一般隐患", "一般", "一般"),
        ("重大", "重大", "重大"),
        ("较大事故隐患", "较大", "较大"),
        ("Ⅱ级", None, "较大"),
        ("红", None, "重大"),
        ("A", None, None),
    ],
)
def test_a_grade_is_the_same_word_or_a_guess(words, same, guess):
    assert (same_grade(words), guess_grade(words)) == (same, guess)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("已于2026-10-13整改完毕", Outcome(True, date(2026, 10, 13))),
        ("2026年10月13日已完成", Outcome(True, date(2026, 10, 13))),
        ("10.13整改完毕", Outcome(True, date(2026, 10, 13), guessed_year=True)),
        ("1月5日已整改", Outcome(True, date(2027, 1, 5), guessed_year=True)),
        ("已整改", Outcome(True)),
        ("√", Outcome(True)),
        ("整改中", Outcome(False)),
        ("未整改完毕", Outcome(False)),
        ("部分已整改", Outcome(False)),
        ("", Outcome(False)),
        ("已报镇里", Outcome(None)),
        ("已于2026-13-45整改完毕", Outcome(True)),
    ],
)
def test_what_became_of_a_hazard_is_read(words, outcome):
    assert read_outcome(words, FOUND) == outcome
