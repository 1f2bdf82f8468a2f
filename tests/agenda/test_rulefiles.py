"""The rule base: what ships, what a school adds, and files with broken lines."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.agenda.rulefiles import load_rules, read_rule_file
from app.agenda.rules import Rhythm
from app.core.errors import UserError

SHIPPED = Path(__file__).parents[2] / "resources" / "rules"
# Every row of the list of rules the product was asked to carry.
ASKED = [
    "DRILL-M",
    "DRILL-Q",
    "DRILL-TERM",
    "DRILL-NIGHT",
    "DRILL-BUS",
    "DRILL-T",
    "DRILL-FIRE",
    "MEET-M",
    "MEET-Q",
    "PATROL-D",
    "PATROL-N",
    "FIRE-M",
    "FIRE-Q",
    "FIRE-Y",
    "FIRE-TRAIN",
    "FIRE-LOG",
    "EXT-M",
    "EXT-R",
    "GUARD-P",
    "GUARD-N",
    "GATE-4",
    "GROUP-4",
    "CCTV",
    "ALARM",
    "DINE",
    "SAMPLE",
    "FOOD-DWM",
    "HEALTH-C",
    "FOOD-ACC",
    "TICKET",
    "HOOD",
    "BUS-CHK",
    "BUS-DRV",
    "BUS-SPD",
    "BUS-RESP",
    "SE-APPLY",
    "SE-REG",
    "SE-CYC",
    "CHEM-5D",
    "CHEM-BACK",
    "CHEM-INV",
    "BULLY-10",
    "BULLY-S",
    "DISP-18",
    "DISP-END",
    "WEEK-FRI",
    "TRAF-1M",
    "INC-30/60",
    "INC-60",
    "INC-1H",
    "INC-SUP",
    "INC-EPI",
    "PSY-Y",
    "CONST-T",
    "EDU-1530",
    "EDU-HOL",
    "CHECK-TERM",
    "CHECK-YEAR",
    "HIRE-CHK",
    "MAND-REP",
    "ABSENT",
    "FILE",
    "PICKUP",
    "LAW-VP",
    "INS",
    "BUILD-Y",
    "THUNDER",
    "FOREST",
    "PERI",
    "ROSTER-5/6",
    "SPEC-9/21",
    "AUDIT-Y",
    "PIA",
]
GOOD = """field = "消防"
as_of = 2027-03-01

[[rule]]
id = "MINE-1"
title = "看消火栓"
rhythm = "month"
evidence = "check"
basis = "县里"
"""


def write(folder, text, name="more.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_rule_that_was_asked_for_ships_and_can_be_read():
    base = load_rules(SHIPPED)
    assert base.faults == []
    assert set(ASKED) - set(base.rules) == set()
    assert base.as_of == date(2025, 4, 19)


@pytest.mark.parametrize("rule", load_rules(SHIPPED).rules.values(), ids=lambda rule: rule.id)
def test_every_rule_names_its_basis_and_how_far_it_was_checked(rule):
    assert rule.basis and rule.trust and rule.field != "其他"
    assert (rule.rhythm is Rhythm.NONE) <= (rule.evidence == "" and not rule.covered_by)


@pytest.mark.parametrize("rule", ["BUS-SPD", "GUARD-N", "PERI", "MAND-REP", "CCTV"])
def test_what_is_not_about_time_is_never_owed(rule):
    assert not load_rules(SHIPPED).rules[rule].is_owed


def test_a_school_adds_rules_and_its_own_win_by_id(tmp_path):
    text = GOOD + '\n[[rule]]\nid = "DRILL-M"\ntitle = "演练"\nrhythm = "month"\n'
    write(tmp_path, text + 'evidence = "drill"\nbasis = "县教体局〔2027〕1号"\ntimes = 2\n')
    base = load_rules(SHIPPED, tmp_path)
    assert base.faults == [] and base.as_of == date(2027, 3, 1)
    assert "MINE-1" in base.rules and base.rules["DRILL-M"].times == 2
    assert base.rules["FIRE-M"].title == "防火检查"


def test_a_whole_base_stands_in_the_place_of_the_shipped_one(tmp_path):
    write(tmp_path, "whole = true\n" + GOOD)
    assert list(load_rules(SHIPPED, tmp_path).rules) == ["MINE-1"]


def test_a_whole_base_without_one_good_rule_replaces_nothing(tmp_path):
    write(tmp_path, 'whole = true\n[[rule]]\nid = "X"\n')
    base = load_rules(SHIPPED, tmp_path)
    assert len(base.rules) > 70 and "缺少" in base.faults[0].what


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('rhythm = "monthly"', "MINE-2这一条的rhythm写了“monthly”，能用的是：day、week、month"),
        ("times = 0", "MINE-2这一条的times写了“0”，能用的是：1到31的整数"),
        ('times = "two"', "MINE-2这一条的times写了“two”，能用的是：1到31的整数"),
        ("times = true", "MINE-2这一条的times写了“True”，能用的是"),
        ('by_time = "25:00"', "MINE-2这一条的by_time写了“25:00”，能用的是：时间，如 14:30"),
        ('evidence = "magic"', "MINE-2这一条的evidence写了“magic”，能用的是：drill"),
        ('trust = ["真"]', "MINE-2这一条的trust写了“真”，能用的是：种、法、查、知"),
        ('needs = ["has_moat"]', "MINE-2这一条的needs写了“has_moat”，能用的是：has_kindergarten"),
        ('applies = "小学"', "MINE-2这一条的applies写了“小学”，要写成一串文字"),
        ('colour = "red"', "MINE-2这一条有不认识的“colour”，能用的是：id、title"),
        ("by_weekday = 5", "MINE-2这一条的by_weekday和rhythm = “month”不能一起用"),
        ("is_on = 1", "MINE-2这一条的is_on写了“1”，能用的是：true、false"),
        ('note = "一\\n二"', "MINE-2这一条的note写了"),
        ("times = = 2", "MINE-2这一条第16行的写法不对"),
        ('basis = "没有关', "MINE-2这一条第16行的写法不对"),
    ],
)
def test_a_broken_line_is_named_with_what_is_allowed_and_the_rest_works(tmp_path, line, said):
    key = line.split(" =")[0]
    rule = {"id": '"MINE-2"', "title": '"看灯"', "rhythm": '"month"', "evidence": '"check"'}
    rule |= {"basis": '"县里"'}
    rule.pop(key, None)
    broken = "\n[[rule]]\n" + "".join(f"{k} = {v}\n" for k, v in rule.items()) + line + "\n"
    after = GOOD[GOOD.index("\n[[rule]]") :].replace("MINE-1", "MINE-3")
    base, _ = read_rule_file(write(tmp_path, GOOD + broken + after))
    assert list(base.rules) == ["MINE-1", "MINE-3"]
    (fault,) = base.faults
    said = re.sub(r"第\d+行", "行", said)
    assert said in re.sub(r"第\d+行", "行", fault.what) and "more.toml" in fault.what
    assert fault.safe and fault.do


@pytest.mark.parametrize(
    "text",
    [
        *("", "\x00\x01", "rule = 3\n", "[[rule]]\n" * 2000, "as_of = 3\n" + GOOD[9:]),
        '[rule]\nid = "MINE-1"\n[[rule]]\nid = "MINE-2"\n',
        "rule = [1, 2]\n[[rule]]\nid = \n",
        "as_of = 2026-09-01T08:00:00\n",
    ],
)
def test_a_file_that_is_no_rule_file_stops_nothing(tmp_path, text):
    write(tmp_path, text)
    assert len(load_rules(SHIPPED, tmp_path).rules) > 70


def test_a_file_that_is_not_text_or_far_too_large_is_named(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    write(tmp_path, "# " + "x" * 1_000_001, "b.toml")
    said = [fault.what for fault in load_rules(SHIPPED, tmp_path).faults]
    assert ["a.toml" in said[0], "UTF-8" in said[0]] == [True, True]
    assert "b.toml" in said[1] and "文件太大" in said[1]


def test_the_same_id_twice_in_a_file_is_said(tmp_path):
    base, _ = read_rule_file(write(tmp_path, GOOD + GOOD[GOOD.index("\n[[rule]]") :]))
    assert len(base.rules) == 1 and "写了两遍" in base.faults[0].what


def test_a_base_handed_in_is_taken_over_and_can_be_put_aside(house, tmp_path):
    path = write(tmp_path, GOOD, "县里的规则.toml")
    house.rules.files.take(path)
    assert house.rules.line("MINE-1").is_on
    assert house.rules.files.names() == ["县里的规则.toml"]
    house.rules.files.drop("县里的规则.toml")
    with pytest.raises(UserError, match="规则库里没有“MINE-1”"):
        house.rules.line("MINE-1")


def test_a_file_without_a_rule_is_refused_and_changes_nothing(house, tmp_path):
    with pytest.raises(UserError, match="没有规则"):
        house.rules.files.take(write(tmp_path, 'field = "消防"\n'))
    assert house.rules.files.names() == []
