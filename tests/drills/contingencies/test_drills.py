from datetime import date, timedelta

import pytest

from app.core.forms import load_forms
from app.drills.ledger_page import DrillLedgerPage
from tests.drills.conftest import ROOT, TODAY
from tests.drills.test_page import years
from tests.hearing import let_hear

FIRE = {
    "kind": "火灾",
    "title": "火灾事故应急预案",
    "version": "2024版",
    "revised_on": date(2024, 9, 1),
    "kept_at": "档案室3号柜",
}


@pytest.fixture
def plans(house):
    return house.contingencies


def held(house, kind="火灾", **figures):
    return house.drills.enter_held({"done_on": TODAY, **figures}, kind=kind)


def test_a_drill_that_was_held_rehearsed_the_plan_that_holds_for_its_kind(house, plans):
    first = plans.enter(**FIRE)
    drill = held(house)
    assert house.drills.get(drill.uid).plan_uid == first.uid
    assert house.drills.plan_of(house.drills.get(drill.uid)) == "火灾事故应急预案（2024版）"
    second = plans.revise(first.uid, **FIRE | {"version": "2026版", "revised_on": TODAY})
    assert house.drills.get(drill.uid).plan_uid == first.uid, "it stays with its version"
    later = held(house)
    assert house.drills.get(later.uid).plan_uid == second.uid
    assert {line.record.version: line.drills for line in plans.lines()} == {
        "2024版": 1,
        "2026版": 1,
    }


def test_a_plan_of_another_kind_is_never_linked_by_itself_but_may_be_chosen(house, plans):
    whole = plans.enter(**FIRE | {"kind": "总体预案"})
    assert house.drills.get(held(house, "地震").uid).plan_uid is None
    assert house.drills.get(held(house, plan_uid=whole.uid).uid).plan_uid == whole.uid


def test_the_plan_is_chosen_where_a_drill_is_planned_and_stands_beside_the_list(
    user, store, house, plans
):
    plan = plans.enter(**FIRE)
    forms, _ = load_forms(ROOT / "forms/ledgers")
    ledger = DrillLedgerPage(house.drills, form=forms["drill"], years=years(house))
    page = let_hear(store, ledger)
    user.opens(page)
    user.clicks("排一次演练")
    user.fills("类型", "火灾")
    user.fills("日期", TODAY + timedelta(days=8))
    user.fills("预案（空着，登记时用这一类现行的）", "火灾：火灾事故应急预案（2024版）")
    user.clicks("保存")
    (drill,) = house.drills.all()
    assert drill.plan_uid == plan.uid
    assert user.sees("火灾事故应急预案（2024版）")
    plans.void(plan.uid, "登记错了")
    page.refresh()
    user.settles()
    assert house.drills.plan_of(house.drills.get(drill.uid)) == "这份预案已经作废"
    assert user.sees("这份预案已经作废")
