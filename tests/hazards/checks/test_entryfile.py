"""A check that comes in by the command line, as a JSON file."""

import json

import pytest

from tests.terminal import found_school

SAID = {
    "checklist": "消防每日巡查",
    "date": "2026-03-31",
    "kind": "日",
    "leader": "刘玉兰",
    "inspectors": ["张老师", "李敏"],
    "results": dict.fromkeys(("power", "doors", "posts"), "√")
    | {"exits": "×", "gear": "/", "others": "x"},
    "faults": {
        "exits": {"what": "应急灯不亮", "place": "二楼走廊", "grade": "较大", "owner": "王建国"},
        "others": {"what": "垃圾桶旁堆纸箱", "place": "食堂后门", "owner": None},
    },
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return found_school(tmp_path_factory.mktemp("school") / "校安台数据")


@pytest.fixture
def file(tmp_path):
    def file(said):
        path = tmp_path / "检查.json"
        text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        path.write_text(text, "utf-8")
        return path

    return file


def test_a_file_of_marks_becomes_a_check_and_its_hazards(desk, file, tmp_path):
    said = desk.says("checks", "enter", file(SAID))
    year = {"check": "JC-2026-0001", "hazards": ["YH-2026-0001", "YH-2026-0002"]}
    assert said == year
    first, second = desk.says("list", "hazards")
    assert (first["what"], first["grade"], first["owner"]) == ("应急灯不亮", "较大", "王建国")
    assert (second["place"], second["grade"]) == ("食堂后门", "一般")
    where = ("--where", "number=JC-2026-0001")
    out = tmp_path / "已填.pdf"
    assert desk.says("print", "checklist_filled", *where, "--out", out) == {"pages": 1}
    assert out.read_bytes().startswith(b"%PDF")


RESULTS = SAID["results"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("{", "第1行的写法不对，不是JSON"),
        ("[]", "要写成一个JSON对象"),
        ({}, "缺少checklist、date、kind、leader、inspectors、results"),
        (SAID | {"mood": "好"}, "有不认识的“mood”"),
        (SAID | {"date": "昨天"}, "date看不懂"),
        (SAID | {"leader": 5}, "leader要写成文字"),
        (SAID | {"results": ["√"]}, "results要写成每条一个结果"),
        (SAID | {"results": RESULTS | {"gear": None}}, "results要写成每条一个结果"),
        (SAID | {"faults": {"exits": "坏"}}, "faults要写成每个×一组文字"),
        (SAID | {"faults": {"exits": {"why": "坏"}}}, "faults里有不认识的“why”"),
        (SAID | {"checklist": "天文台"}, "没有叫“天文台”的检查表"),
        (SAID | {"results": RESULTS | {"gear": "好"}}, "第3条的结果写了“好”"),
        (SAID | {"faults": {}}, "第2条打了×，没有写问题和部位"),
        (SAID | {"date": "2999-01-01"}, "“检查日期”不能晚于今天"),
    ],
)
def test_a_file_with_a_fault_is_answered_in_a_sentence_and_nothing_comes_in(
    desk, file, said, sentence
):
    before = desk.content()
    code, value = desk.gives("checks", "enter", file(said))
    assert code == 1 and sentence in value["error"]["what"]
    assert desk.content() == before


def test_a_file_that_is_not_there_is_said(desk, tmp_path):
    code, value = desk.gives("checks", "enter", tmp_path / "没有.json")
    assert code == 1 and "读不出来" in value["error"]["what"]
