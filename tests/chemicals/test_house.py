"""The whole school: the rules say what 今日 asks of the chemicals, the commands list them."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.house import House

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 10, 30, 16, 30)


@pytest.fixture
def house(store, tmp_path, acid):
    made = House(store, Paths(ROOT, tmp_path), today=lambda: NOW.date(), now=lambda: NOW)
    for name in ("陈建国", "吴敏"):
        made.staff.enter(name=name)
    acid |= {"name": "高锰酸钾", "categories": ["易制爆"]}
    one = made.chemicals.enter(**acid)
    hands = {"hand_1": "陈建国", "hand_2": "吴敏", "kept_1": "陈建国", "kept_2": "吴敏"}
    hands |= {"approved_by": "陈建国", "purpose": "实验", "party": "县供应站"}
    for kind, hour in (("采购", 8), ("领用", 11)):
        made.chemical_moves.enter(
            one.uid, kind=kind, amount=Decimal(5), moved_at=NOW.replace(hour=hour), **hands
        )
    return made


def asked(house):
    return [item.what for item in house.agenda.items() if item.room == "chemical_moves"]


def test_today_asks_what_the_rules_ask_and_nothing_once_they_are_off(house):
    assert len(asked(house)) == 2
    assert next(i for i in house.agenda.items() if "余料" in i.what).when == "逾期"
    house.rules.change("CHEM-BACK", params={"number": 8}, basis=None, reason="学校制度")
    assert next(i for i in house.agenda.items() if "余料" in i.what).when == "七日内到期"
    house.rules.switch("CHEM-BACK", is_on=False, reason="当场用完")
    house.rules.switch("CHEM-5D", is_on=False, reason="另有人报")
    assert asked(house) == []


def test_the_lists_of_the_commands_are_those_of_the_books(house):
    (row,) = house.view("chemicals.list")({"name": "高锰酸钾"})
    assert (row["stock"], row["unit"]) == (0, "毫升")
    assert len(house.view("chemical_moves.list")({"kind": "领用"})) == 1
    assert house.view("chemical_counts.list")({}) == []
    house.chemical_counts.count(
        [{"uid": house.chemicals.stocks()[0].substance.uid, "real": Decimal(0)}],
        done_at=NOW, hand_1="陈建国", hand_2="吴敏",
    )  # fmt: skip
    assert len(house.view("chemical_counts.list")({"kind": "盘点"})) == 1
