from datetime import date

import pytest

from app.students.matching import Match, Traits, find_twins, match
from app.students.rules import ClassKey

THIRD_1 = ClassKey("小学", 2024, 1)
THIRD_2 = ClassKey("小学", 2024, 2)
SIXTH_1 = ClassKey("小学", 2021, 1)
MARCH = date(2018, 3, 6)
APRIL = date(2018, 4, 7)


def li_ming(**facts):
    return Traits("李明", **facts)


@pytest.mark.parametrize(
    ("line", "pupil"),
    [
        (
            li_ming(class_key=THIRD_1, id_hash="a", born_on=APRIL),
            li_ming(class_key=THIRD_2, id_hash="a", born_on=MARCH),
        ),
        (li_ming(registry_hash="g"), li_ming(registry_hash="g", id_hash="a")),
        (li_ming(class_key=THIRD_1, born_on=MARCH), li_ming(class_key=THIRD_2, born_on=MARCH)),
        (li_ming(class_key=THIRD_2), li_ming(class_key=THIRD_2, born_on=MARCH, id_hash="a")),
        (
            Traits("李鸣", THIRD_2, MARCH, id_hash="a"),
            li_ming(class_key=THIRD_2, born_on=MARCH, id_hash="a"),
        ),
    ],
    ids=["ID", "registry number", "name and birth", "name and class", "a new name, the old ID"],
)
def test_a_line_finds_its_pupil(line, pupil):
    assert match([line], [Traits("王芳", THIRD_2), pupil]) == [Match(known=1)]


@pytest.mark.parametrize(
    ("line", "pupil"),
    [
        (li_ming(class_key=THIRD_2), li_ming(class_key=SIXTH_1)),
        (
            li_ming(class_key=THIRD_2, born_on=MARCH, id_hash="a"),
            li_ming(class_key=THIRD_2, born_on=APRIL, id_hash="b"),
        ),
        (li_ming(class_key=THIRD_2, sex="女"), li_ming(class_key=THIRD_2, sex="男")),
    ],
    ids=["another grade", "another birth date and ID", "another sex"],
)
def test_a_namesake_is_somebody_new(line, pupil):
    assert match([line], [pupil]) == [Match()]


@pytest.mark.parametrize(
    ("line", "pupil"),
    [
        (li_ming(class_key=THIRD_1), li_ming(class_key=THIRD_2)),
        (
            li_ming(class_key=THIRD_2, born_on=MARCH),
            li_ming(class_key=THIRD_2, born_on=APRIL),
        ),
        (
            li_ming(class_key=THIRD_2, born_on=MARCH, id_hash="a"),
            li_ming(class_key=THIRD_2, born_on=MARCH, id_hash="b"),
        ),
        (
            Traits("王芳", THIRD_2, APRIL, id_hash="a"),
            li_ming(class_key=THIRD_2, born_on=MARCH, id_hash="a"),
        ),
    ],
    ids=["perhaps moved", "a slip in the birth date", "a slip in the ID", "an ID on another name"],
)
def test_what_is_not_sure_is_asked(line, pupil):
    assert match([line], [pupil]) == [Match(doubts=(0,))]


def test_of_two_namesakes_in_a_class_each_finds_its_own_by_birth_date():
    known = [li_ming(class_key=THIRD_2, born_on=MARCH), li_ming(class_key=THIRD_2, born_on=APRIL)]
    lines = [li_ming(class_key=THIRD_2, born_on=APRIL), li_ming(class_key=THIRD_2, born_on=MARCH)]
    assert match(lines, known) == [Match(known=1), Match(known=0)]


def test_of_two_namesakes_one_known_the_other_is_new():
    known = [li_ming(class_key=THIRD_2, born_on=MARCH)]
    lines = [li_ming(class_key=THIRD_2, born_on=APRIL), li_ming(class_key=THIRD_2, born_on=MARCH)]
    assert match(lines, known) == [Match(), Match(known=0)]


def test_of_two_namesakes_without_birth_date_a_phone_tells():
    known = [
        li_ming(class_key=THIRD_2, marks=frozenset({"13800001111"})),
        li_ming(class_key=THIRD_2, marks=frozenset({"13900002222"})),
    ]
    lines = list(reversed(known))
    assert match(lines, known) == [Match(known=1), Match(known=0)]


def test_of_two_namesakes_whom_nothing_tells_apart_it_is_asked_which():
    known = [li_ming(class_key=THIRD_2), li_ming(class_key=THIRD_2)]
    assert match([li_ming(class_key=THIRD_2)], known) == [Match(doubts=(0, 1))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (li_ming(id_hash="a", class_key=THIRD_1), li_ming(id_hash="a", class_key=THIRD_2)),
        (li_ming(born_on=MARCH), li_ming(born_on=MARCH, id_hash="a")),
        (li_ming(class_key=THIRD_2), li_ming(class_key=THIRD_2, marks=frozenset({7}))),
    ],
)
def test_a_pupil_twice_in_a_file_is_one(one, other):
    assert find_twins([Traits("王芳"), one, other]) == {2: 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (li_ming(class_key=THIRD_2, born_on=MARCH), li_ming(class_key=THIRD_2, born_on=APRIL)),
        (li_ming(class_key=THIRD_2, id_hash="a"), li_ming(class_key=THIRD_2, id_hash="b")),
        (
            li_ming(class_key=THIRD_2, marks=frozenset({"13800001111"})),
            li_ming(class_key=THIRD_2, marks=frozenset({"13900002222"})),
        ),
        (li_ming(class_key=THIRD_1), li_ming(class_key=THIRD_2)),
        (li_ming(id_hash="a", born_on=MARCH), Traits("王芳", id_hash="a", born_on=MARCH)),
    ],
)
def test_two_pupils_in_a_file_stay_two(one, other):
    assert find_twins([one, other]) == {}
