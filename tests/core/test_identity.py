"""Identity card and registry numbers: good, old, wrong, and ruined by a spreadsheet."""

import json
from datetime import date

import pytest

from app.core.identity import IdState, check_id, read_registry
from tests.core.sheets.raw import DATA


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("11010519491231002X", IdState.GOOD),
        ("11010519491231002x", IdState.GOOD),
        ("１１０１０５１９４９１２３１００２Ｘ", IdState.GOOD),
        (" 110105 19491231 002X\n", IdState.GOOD),
        ("\t990100202003220034", IdState.GOOD),
        ("'990100202003220034", IdState.GOOD),
        ("110105194912310021", IdState.WRONG),
        ("99010020200230003X", IdState.WRONG),
        ("9901002020032200", IdState.WRONG),
        ("G990100202003220034", IdState.WRONG),
        ("没有", IdState.WRONG),
        ("110105491231002", IdState.OLD),
        (110105491231002, IdState.OLD),
        ("110105991331002", IdState.WRONG),
        (990100202003220034, IdState.RUINED),
        (9.9010020200322e17, IdState.RUINED),
        (1100000000000000, IdState.RUINED),
        ("9.9010020200322E+17", IdState.RUINED),
        ("4.1E+17", IdState.RUINED),
        ("990100202003220000", IdState.RUINED),
        ("E12345678", IdState.OTHER),
        ("H1234567890", IdState.OTHER),
        (12345, IdState.WRONG),
        ("", IdState.EMPTY),
        (None, IdState.EMPTY),
    ],
)
def test_the_state_of_a_number(cell, state):
    result = check_id(cell)
    assert result.state is state
    assert result.is_usable == (state in (IdState.GOOD, IdState.OLD, IdState.OTHER))
    assert bool(result.message) == (state in (IdState.OLD, IdState.WRONG, IdState.RUINED))
    assert (result.number == "") == (state in (IdState.EMPTY, IdState.RUINED))


def test_birth_and_sex_are_those_the_number_states():
    for pupil in json.loads((DATA / "truth.json").read_text(encoding="utf-8"))["students"]:
        result = check_id(pupil["id_number"])
        assert result.state is IdState.GOOD
        assert result.born_on == date.fromisoformat(pupil["birth"])
        assert result.sex in ("男", "女")
    assert check_id("11010519491231002X")[2:4] == (date(1949, 12, 31), "女")
    assert check_id("110105491231003").sex == "男"


def test_a_numeric_cell_is_ruined_even_where_its_check_digit_fits():
    assert check_id("990100202003220034").state is IdState.GOOD
    assert check_id(990100202003220034).state is IdState.RUINED


@pytest.mark.parametrize(
    "cell", ["G990100202003220034", "g99010020200322003x", " L990100202003220034 "]
)
def test_a_registry_number_is_read(cell):
    assert read_registry(cell) == cell.strip().upper()


@pytest.mark.parametrize("cell", ["990100202003220034", "G9901", "X990100202003220034", 5])
def test_what_is_no_registry_number_says_so(cell):
    with pytest.raises(ValueError, match="学籍号应为"):
        read_registry(cell)


def test_a_blank_is_no_registry_number_and_no_fault():
    assert read_registry(None) == ""
