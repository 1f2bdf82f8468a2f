"""The town's commands and the school's answer, as scripts on two PCs would give them."""

import json

import pytest

from app.core.paths import Paths, find_paths
from app.sample_town import sample_schools, write_files
from tests.handover.town.conftest import TODAY
from tests.quick_keys import make_quick
from tests.test_commands import Desk


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("town") / "镇级数据")
    said = made.says(
        "town", "init", "--name", "青石镇中心校", "--code", "QSZ001", "--user", "张老师"
    )
    assert said["town"] == "青石镇中心校" and len(said["recovery_code"].split("-")) == 8
    paths = Paths(find_paths().program, made.folder)
    who = made.who
    make_quick(paths.keys, who["XIAOAN_USER"], who["XIAOAN_PASSWORD"], said["recovery_code"])
    return made


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("school") / "校安台数据")
    facts = ("--school", "青石镇石桥小学", "--code", "QS0002", "--kind", "小学", "--user", "张老师")
    said = made.says("init", *facts)
    paths = Paths(find_paths().program, made.folder)
    who = made.who
    make_quick(paths.keys, who["XIAOAN_USER"], who["XIAOAN_PASSWORD"], said["recovery_code"])
    return made


def test_files_go_to_the_town_and_its_answer_comes_back(town, school, tmp_path):
    stick = tmp_path / "U盘"
    stick.mkdir()
    write_files(stick, TODAY, sample_schools()[:2])
    school.says("export", "--out", stick / "石桥.zip")
    (stick / "坏的.zip").write_bytes(b"PK\x03\x04")
    taken = town.says("town", "take", stick)
    assert (taken["taken"], taken["already"]) == (3, 0)
    (bad,) = taken["refused"]
    assert bad["file"].endswith("坏的.zip") and bad["code"] and bad["message"]
    again = town.says("town", "take", stick / "石桥.zip")
    assert (again["taken"], again["already"], again["refused"]) == (0, 1, [])

    lines = town.says("town", "summary")
    assert {line["school"] for line in lines} == {
        "青石镇石桥小学", *(one.name for one in sample_schools()[:2]),
    }  # fmt: skip
    assert lines[0]["major"] >= lines[-1]["major"] and lines[0]["call"]

    key, out = stick / "镇.xiaoan-key", stick / "回执"
    printed = town.says("town", "key", "--out", key)["fingerprint"]
    answers = town.says("town", "answer", "--out", out)
    assert len(answers) == 3 and len(list(out.glob("*.zip"))) == 3
    mine = next(line["file"] for line in answers if line["school"] == "青石镇石桥小学")
    refused = school.says("answer", "take", mine, code=1)["error"]
    assert "还没有收过镇级公钥" in refused["what"]
    assert school.says("answer", "key", key)["fingerprint"] == printed
    said = school.says("answer", "take", mine)
    assert said == {
        "town": "青石镇中心校",
        "already": False,
        "files": 1,
        "lines": {},
        "unknown": [],
    }
    assert school.says("answer", "take", mine)["already"] is True
    other = next(line["file"] for line in answers if line["file"] != mine)
    assert "不是给本校的" in school.says("answer", "take", other, code=1)["error"]["what"]

    papers = {one["id"] for one in town.says("papers")}
    assert {"town_hazards", "town_weeks", "town_supervision", "town_key"} == papers
    pdf = tmp_path / "汇总.pdf"
    assert town.says("print", "town_hazards", "--out", pdf)["pages"] >= 1
    assert "town_hazards" not in {one["id"] for one in school.says("papers")}


def test_a_school_is_no_town(school, tmp_path):
    for words in (("take", tmp_path), ("summary",), ("answer", "--out", tmp_path)):
        assert "一所学校的" in school.says("town", *words, code=1)["error"]["what"]


def test_a_town_without_a_name_is_refused(tmp_path):
    desk = Desk(tmp_path / "x")
    said = desk.says("town", "init", "--name", " ", "--code", "1", "--user", "张老师", code=1)
    assert "“单位名称”没有填" in said["error"]["what"]
    assert json.dumps(said)
