"""agenda by command: what is due on a day, one rule's year, and true at once after a restore."""

from contextlib import closing
from datetime import date

import pytest

from app.core.desk import unlock
from app.house import House
from tests.terminal import PASSWORD, found_school

KEYS = ["rule", "title", "due_at", "state", "why", "basis"]
# Far ahead, so that whole months lie behind it whatever the day of the test.
YEAR = date.today().year + 1
ON = f"{YEAR}-12-15"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = found_school(tmp_path_factory.mktemp("school") / "校安台数据")
    with at(made) as house:
        house.rules.switch("DISP-END", is_on=True, reason="县里要求")
    return made


class at:  # noqa: N801 - reads as a word: with at(desk) as house
    """The school's house, open for a moment."""

    def __init__(self, desk):
        self._desk = desk

    def __enter__(self):
        self._open = closing(unlock(self._desk.paths, self._desk.user, PASSWORD))
        opened = self._open.__enter__()
        return House(opened.store, opened.paths)

    def __exit__(self, *error):
        return self._open.__exit__(*error)


def november(desk):
    turns = desk.says("agenda", "--on", ON, "--rule", "DISP-END")
    return next(turn for turn in turns if turn["due_at"] == f"{YEAR}-11-30T23:59")


def test_it_says_what_is_due_with_its_basis(desk):
    lines = desk.says("agenda", "--on", ON)
    assert all(list(line) == KEYS for line in lines)
    drill = next(line for line in lines if line["rule"] == "DRILL-M" and line["state"] == "逾期")
    assert drill["due_at"] == f"{YEAR}-09-30T23:59"
    assert drill["title"] == "应急疏散演练欠3次：9月、10月、11月"
    assert drill["basis"].startswith("《中小学幼儿园应急疏散演练指南》教基一厅〔2014〕2号")
    assert drill["basis"] in drill["why"]


def test_one_rule_tells_every_turn_of_its_school_year(desk):
    turns = desk.says("agenda", "--on", ON, "--rule", "DISP-END")
    assert [turn["state"] for turn in turns] == ["欠"] * 3 + ["未到"] * 9
    assert turns[0]["title"] == "9月矛盾纠纷月底通报"
    assert turns[0]["why"].startswith("每月一次，最迟9月")
    assert all(turn["why"] for turn in turns)


def test_a_rule_that_is_off_says_so_and_a_strange_one_is_refused(desk):
    assert {turn["state"] for turn in desk.says("agenda", "--rule", "DISP-18")} == {"关闭"}
    error = desk.is_refused("agenda", "--rule", "NOPE")
    assert "规则库里没有“NOPE”这一条" in error["what"]
    assert "9月40日" in desk.is_refused("agenda", "--on", "9月40日")["what"]


def test_a_restored_backup_and_a_changed_rule_count_at_once(desk, tmp_path):
    assert november(desk)["state"] == "欠"
    copy = desk.says("backup", "--to", tmp_path)
    with at(desk) as house:
        house.rules.waivers.waive("DISP-END", f"{YEAR}-11", reason="与周报合并")
    turn = november(desk)
    assert (turn["state"], turn["why"]) == ("免做", "与周报合并")
    desk.says("restore", copy["file"])
    assert november(desk)["state"] == "欠"
    with at(desk) as house:
        house.rules.switch("DISP-END", is_on=False, reason="不再要求")
    assert november(desk)["state"] == "关闭"
