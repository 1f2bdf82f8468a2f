"""Movements and counts by command: all of a file or nothing of it."""

import json

import pytest

from app.core.desk import unlock
from app.house import House
from tests.terminal import PASSWORD, found_school

FOUR = ("陈建国", "吴敏", "周海涛", "孙丽华")
BOUGHT = {
    "name": "浓硫酸", "cabinet": "1号柜", "kind": "采购", "amount": 500,
    "moved_at": "2026-01-05 09:00", "hand_1": "周海涛", "hand_2": "孙丽华", "party": "县化工商店",
}  # fmt: skip
TAKEN = BOUGHT | {
    "kind": "领用", "amount": "20.5", "moved_at": "2026-01-05T10:00",
    "approved_by": "陈建国", "purpose": "九年级实验",
}  # fmt: skip


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    desk = found_school(tmp_path_factory.mktemp("school") / "校安台数据")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    house = House(opened.store, opened.paths)
    for name in FOUR:
        house.staff.enter(name=name)
    for spec in ("500毫升/瓶", "2500毫升/瓶"):
        house.chemicals.enter(
            name="盐酸", spec=spec, categories=["腐蚀"], purpose="实验", unit="毫升",
            cabinet="1号柜", keeper_1="陈建国", keeper_2="吴敏",
        )  # fmt: skip
    house.chemicals.enter(
        name="浓硫酸", categories=["腐蚀"], purpose="实验", unit="毫升", cabinet="1号柜",
        keeper_1="陈建国", keeper_2="吴敏",
    )  # fmt: skip
    opened.close()
    return desk


@pytest.fixture
def file(tmp_path):
    def written(said):
        path = tmp_path / "危化品.json"
        path.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        return path

    return written


def test_what_was_bought_taken_and_counted_comes_in_by_files(founded, file):
    said = founded.says("chemicals", "move", file([BOUGHT, TAKEN]))
    assert said == {"numbers": ["WH-2026-0001", "WH-2026-0002"]}
    back = TAKEN | {"kind": "归还", "amount": 0.5, "moved_at": "2026-01-05 11:00"}
    founded.says("chemicals", "move", file(back | {"of": "WH-2026-0002"}))
    lines = founded.says("list", "chemical-moves")
    assert [(x["kind"], x["left"]) for x in lines][-1] == ("归还", 480)
    assert {x["keepers"] for x in lines} == {"陈建国、吴敏"}
    found = [{"name": "浓硫酸", "cabinet": "1号柜", "real": 475, "reason": "挥发"}]
    hands = {"done_at": "2026-01-06 16:00", "hand_1": "陈建国", "hand_2": "吴敏"}
    counted = founded.says(
        "chemicals", "count", file(hands | {"found": found, "doubles": ["双把锁"]})
    )
    assert counted == {"number": "PD-2026-0001", "lines": 1, "differences": {"浓硫酸": "-5"}}
    (sheet,) = founded.says("list", "chemical-counts")
    assert sheet["doubles"] == ["双把锁"]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"hand_2": "周海涛"}, "“经手人1”和“经手人2”要是两个人"),
        ({"hand_2": "过路人"}, "不在本校教职工名单里"),
        ({"amount": 10**9, "kind": "领用", "approved_by": "吴敏", "purpose": "实验"}, "账上不够"),
        ({"amount": "很多"}, "不是数"),
        ({"amount": -1}, "大于零"),
        ({"moved_at": "上午"}, "不是时间"),
        ({"moved_at": "2036-01-05 09:00"}, "还没有到"),
        ({"kind": "赠送"}, "“类型”只能选"),
        ({"name": "王水"}, "没有登记过“王水，1号柜”"),
        ({"name": "盐酸"}, "有2种，要写清"),
        ({"weather": "晴"}, "没有“weather”这一栏"),
        ({"kind": "归还", "of": "WH-1999-0001"}, "没有编号是“WH-1999-0001”的领用"),
    ],
)
def test_a_wrong_movement_is_named_and_none_of_the_file_is_kept(founded, file, wrong, word):
    before = founded.content()
    code, said = founded.gives("chemicals", "move", file([BOUGHT, BOUGHT | wrong]))
    assert code == 1 and said["error"]["what"].startswith("第2笔：")
    assert word in said["error"]["what"] and founded.content() == before


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"hand_2": "陈建国"}, "要是两个人"),
        ({"found": []}, "一个品种的数也没有填"),
        ({"found": "全部"}, "要写成一串"),
        ({"found": [{"name": "浓硫酸", "real": -1}]}, "不能小于零"),
        ({"found": [{"name": "浓硫酸", "real": 10**6}]}, "没有写原因"),
        ({"doubles": ["三人"]}, "六双里没有"),
        ({"done_at": ""}, "不是时间"),
    ],
)
def test_a_wrong_count_changes_nothing(founded, file, wrong, word):
    before = founded.content()
    count = {"done_at": "2026-01-07 16:00", "hand_1": "陈建国", "hand_2": "吴敏"}
    count |= {"found": [{"name": "浓硫酸", "real": 1, "reason": "挥发"}]}
    said = founded.is_refused("chemicals", "count", file(count | wrong))
    assert word in str(said) and founded.content() == before


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000])
def test_a_file_that_holds_no_movement_is_refused(founded, tmp_path, text):
    (tmp_path / "坏.json").write_text(text)
    for act in ("move", "count"):
        assert "坏.json" in str(founded.is_refused("chemicals", act, tmp_path / "坏.json"))
