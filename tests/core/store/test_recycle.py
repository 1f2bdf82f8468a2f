from datetime import date

import pytest

from app.core.errors import UserError
from app.core.roles import Sitter
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, ToyEntry, ToyHazard, actions


def test_a_void_record_is_in_the_recycle_view_with_its_reason_and_can_come_back(store, toys):
    rail, ground = toys.report(**LOOSE_RAIL), toys.report(**PLAYGROUND)
    store.void(rail.uid, "重复登记", "作废隐患")
    store.void(ground.uid, "登记错了")
    assert toys.places() == []
    assert [(h.place, h.void_reason) for h in store.voided(ToyHazard)] == [
        ("操场", "登记错了"),
        ("楼梯", "重复登记"),
    ]
    store.revive(rail.uid)
    assert toys.places() == ["楼梯"]
    assert toys.get(rail.uid).rev == 3
    assert [a.label for a in actions(store)][2:] == ["作废隐患", "作废", "恢复"]
    assert store.undo() == "恢复"
    assert toys.places() == []


def test_what_was_taken_back_comes_back_with_its_parts(store, toys):
    ground = toys.report(**PLAYGROUND)
    with store.change("登记隐患"):
        rail = toys.report(**LOOSE_RAIL)
        toys.take_step(rail.uid, "登记", date(2026, 4, 1))
        toys.take_step(ground.uid, "巡查", date(2026, 4, 1))
    toys.take_step(rail.uid, "评估", date(2026, 4, 1))
    assert (store.undo(), store.undo()) == ("登记整改步骤", "登记隐患")
    assert (toys.places(), toys.steps(ground.uid)) == (["操场"], [])
    store.revive(rail.uid)
    assert toys.places() == ["操场", "楼梯"]
    assert [step.what for step in toys.steps(rail.uid)] == ["登记"]
    assert toys.steps(ground.uid) == [], "it is no part of what came back"
    assert store.undo() == "恢复"
    assert toys.places() == ["操场"] and toys.steps(rail.uid) == []


def test_what_is_void_already_or_never_was_is_refused(store, toys):
    rail = toys.report(**LOOSE_RAIL)
    store.void(rail.uid, "重复登记")
    with pytest.raises(UserError, match="已经作废"):
        store.void(rail.uid, "再一次")
    with pytest.raises(UserError, match="没有这条记录"):
        store.revive("no-such-uid")


def test_a_record_whose_place_is_taken_cannot_come_back(store):
    with store.change("登记") as session:
        session.add(first := ToyEntry(form_id="visitor", title="一班"))
    store.void(first.uid, "重复登记")
    with store.change("登记") as session:
        session.add(ToyEntry(form_id="visitor", title="一班"))
    with pytest.raises(UserError, match="不能恢复：同样的内容已经另有一条在用"):
        store.revive(first.uid)
    assert [e.uid for e in store.voided(ToyEntry)] == [first.uid]


def test_an_undo_whose_place_is_taken_is_refused(store):
    with store.change("登记") as session:
        session.add(first := ToyEntry(form_id="visitor", title="一班"))
    store.void(first.uid, "重复登记")
    store.sitter = Sitter("李老师")
    with store.change("登记") as session:
        session.add(ToyEntry(form_id="visitor", title="一班"))
    store.sitter = Sitter()
    with pytest.raises(UserError, match="不能撤销"):
        store.undo()


def test_only_ones_own_acts_are_taken_back(store, toys):
    store.sitter = Sitter("张老师")
    toys.report(**LOOSE_RAIL)
    store.sitter = Sitter("李老师")
    toys.report(**PLAYGROUND)
    store.sitter = Sitter("张老师")
    assert store.undo() == "登记隐患"
    assert toys.places() == ["操场"]
    assert store.undo() is None


def test_what_somebody_else_has_gone_on_from_is_not_taken_back(store, toys):
    store.sitter = Sitter("张老师")
    hazard = toys.report(**LOOSE_RAIL)
    store.sitter = Sitter("李老师")
    toys.fix(hazard.uid, date(2026, 4, 1))
    store.sitter = Sitter("张老师")
    with pytest.raises(UserError) as refusal:
        store.undo()
    assert refusal.value.what == "不能撤销“登记隐患”：后来李老师又做了“隐患整改完成”。"
    assert toys.get(hazard.uid).fixed_on == date(2026, 4, 1)


def test_the_journal_is_read_newest_first_page_by_page_and_by_record(store, toys):
    rail = toys.report(**LOOSE_RAIL)
    toys.report(**PLAYGROUND)
    toys.fix(rail.uid, date(2026, 4, 1))
    store.note("查看隐患", about=rail.uid)
    store.settle()
    every = store.actions(10)
    assert [a.label for a in every] == ["查看隐患", "隐患整改完成", "登记隐患", "登记隐患"]
    assert [a.id for a in store.actions(2)] == [4, 3]
    assert [a.id for a in store.actions(2, before=3)] == [2, 1]
    assert [a.id for a in store.actions(10, about=rail.uid)] == [4, 3, 1]
