"""Rules that a school's own ledgers switch on, and ledgers taken in while the program runs."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.agenda.rules import State
from app.agenda.rules_page import RulesPage
from tests.ledgers.filled import filled

NOW = datetime(2026, 10, 14, 16, 30)  # a Wednesday
TODAY = NOW.date()


@pytest.fixture
def school(house, clock):
    clock.at = NOW
    return house


def enter(house, id, on=TODAY, **said):
    form = house.ledgers.form(id)
    return house.ledgers.enter(id, filled(form, NOW) | {form.day: on} | said)


def turns(house, rule, first, last=TODAY):
    return house.dues.turns(first, last, [house.rules.line(rule)])[rule]


def test_the_first_line_of_a_ledger_switches_its_rule_on_and_owes_nothing_of_before(school):
    school.settings.put({"school.has_canteen": True})
    assert not school.rules.line("DINE").is_on
    line = enter(school, "canteen_dine", TODAY - timedelta(days=2))
    assert school.rules.line("DINE").is_on
    states = [turn.standing.state for turn in turns(school, "DINE", date(2026, 9, 1))]
    assert set(states[:-3]) == {State.NOT_BEGUN}
    assert states[-3:] == [State.DONE, State.OWED, State.SOON]
    school.ledgers.void(line.uid, "登记错了")
    assert not school.rules.line("DINE").is_on


def test_a_line_of_another_kind_switches_nothing_on(school):
    school.settings.put({"school.has_canteen": True})
    enter(school, "canteen_control", kind="周排查")
    assert school.rules.line("FOOD-DWM").is_on
    assert not school.rules.line("FOOD-D").is_on
    assert not school.rules.line("FOOD-M").is_on


def test_what_the_school_said_of_a_rule_stands_above_its_ledgers(school):
    school.settings.put({"school.has_canteen": True})
    school.rules.switch("DINE", is_on=False, reason="用别的本子")
    enter(school, "canteen_dine")
    assert not school.rules.line("DINE").is_on


@pytest.mark.parametrize(
    ("fact", "rules"),
    [
        ("has_bus", ("BUS-CHK", "BUS-DRV")),
        ("has_canteen", ("HEALTH-C", "HOOD")),
        ("has_extinguishers", ("EXT-M",)),
        ("has_fire_system", ("FIRE-Y",)),
        ("has_lightning_rods", ("THUNDER",)),
    ],
)
def test_whoever_has_the_thing_is_asked_for_its_tests(school, fact, rules):
    school.settings.put({f"school.{fact}": False})
    assert not any(school.rules.line(rule).counts for rule in rules)
    school.settings.put({f"school.{fact}": True})
    assert all(school.rules.line(rule).counts for rule in rules)


def test_a_ledger_taken_in_while_the_program_runs_settles_rules_at_once(school, tmp_path):
    path = tmp_path / "镇里的.toml"
    path.write_text(_RULE, encoding="utf-8")
    school.rules.files.take(path)
    assert not school.rules.line("TOWN-1").is_on  # nobody keeps that ledger yet
    form = replace(school.ledgers.form("gate_alarm"), id="town_walk", title="巡河", number="XUN")
    school.ledgers.take_in(school.shapes.take_in(replace(form, rooms=("town_walk",))))
    assert school.rules.line("TOWN-1").counts
    line = enter(school, "town_walk")
    [turn] = turns(school, "TOWN-1", TODAY)
    assert [one.uid for one in turn.done] == [line.uid]


def test_the_page_of_rules_says_from_when_a_ledger_has_it_counted(school, user):
    school.settings.put({"school.has_canteen": True})
    enter(school, "canteen_dine")
    user.opens(RulesPage(school.rules, go=lambda *where: None))
    user.fills("搜索：事项、依据、编号", "DINE")
    user.waits_for("DINE · 食堂")
    assert user.sees("起记这本台账，从那天算"), user.texts()


def test_pledges_signed_this_year_ask_for_next_years_of_everybody(school, clock):
    for name in ("周海涛", "孙丽华"):
        school.staff.enter(name=name)
    assert not school.rules.line("PLEDGE-Y").is_on
    for name in ("周海涛", "孙丽华"):
        enter(school, "pledge", party_b=name, signed_on=TODAY, until=None)
    clock.at = datetime(2027, 9, 10, 8, 0)
    asked = [item for item in school.agenda.items() if item.rule == "PLEDGE-Y"]
    assert [item.what for item in asked] == ["2027年安全责任书一年一签还没有做"]
    assert "还差2人：" in asked[0].why
    for name in ("周海涛", "孙丽华"):
        enter(school, "pledge", clock.at.date(), party_b=name, until=None)
    assert not [item for item in school.agenda.items() if item.rule == "PLEDGE-Y"]


_RULE = """
field = "镇里的"
[[rule]]
id = "TOWN-1"
title = "巡河"
rhythm = "month"
evidence = "ledger.town_walk"
basis = "镇里的通知"
"""
