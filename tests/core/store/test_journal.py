from datetime import date, datetime

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from app.core.errors import UserError
from app.core.roles import Sitter
from app.core.store.journal import Change
from app.core.store.records import WITH_VOID
from app.core.store.store import Store
from tests.conftest import KEY
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, ToyHazard, Toys, ToyStep, actions


def test_undo_takes_back_a_fix_then_the_report_itself(store, toys):
    hazard = toys.report(**LOOSE_RAIL)
    toys.fix(hazard.uid, date(2026, 4, 1))

    assert store.undo() == "隐患整改完成"
    assert toys.all()[0].fixed_on is None
    assert store.undo() == "登记隐患"
    assert toys.all() == []
    assert store.undo() is None


def test_undo_takes_back_a_hazard_together_with_its_steps(store, toys):
    with store.change("登记隐患和步骤"):
        hazard = toys.report(**LOOSE_RAIL)
        toys.take_step(hazard.uid, "设警戒线", date(2026, 3, 30))
        toys.take_step(hazard.uid, "通知总务", date(2026, 3, 31))
    assert len(toys.steps(hazard.uid)) == 2

    assert store.undo() == "登记隐患和步骤"
    assert toys.all() == []
    with store.read() as session:
        assert session.scalars(select(ToyStep)).all() == []


def test_undo_waits_with_foreign_keys_until_its_end(store, toys):
    toys.report(**LOOSE_RAIL)
    seen = []
    execute = []
    original = store._engine.dialect.do_execute

    def spy(cursor, statement, parameters, context=None):
        execute.append(statement)
        return original(cursor, statement, parameters, context)

    store._engine.dialect.do_execute = spy
    store.undo()
    seen = [s for s in execute if "defer_foreign_keys" in s]
    assert seen == ["PRAGMA defer_foreign_keys = ON"]


def test_an_undone_record_is_void_and_nothing_new_takes_its_place(store, toys):
    undone = toys.report(**LOOSE_RAIL)
    store.undo()
    later = toys.report(**PLAYGROUND)

    assert later.id != undone.id and later.uid != undone.uid
    assert (undone.number, later.number) == ("YH-2026-0001", "YH-2026-0002")
    assert toys.places() == ["操场"]
    assert [line[0] for line in toys.lines()] == [later.uid]
    assert [a.label for a, _ in store.history(undone.uid)] == ["登记隐患", "撤销：登记隐患"]
    assert [a.label for a, _ in store.history(later.uid)] == ["登记隐患"]
    with store.read() as session:
        kept = session.scalars(
            select(ToyHazard).where(ToyHazard.uid == undone.uid).execution_options(**WITH_VOID)
        ).one()
        assert (kept.void_reason, kept.place, kept.rev) == ("撤销", "楼梯", 2)


def test_the_revision_only_grows_also_by_undo_and_void(store, toys):
    hazard = toys.report(**LOOSE_RAIL)
    toys.fix(hazard.uid, date(2026, 4, 1))
    store.undo()
    assert toys.get(hazard.uid).rev == 3
    toys.void(hazard.uid, "重复登记")
    with pytest.raises(UserError):
        toys.get(hazard.uid)
    store.undo()
    back = toys.get(hazard.uid)
    assert (back.rev, back.void_reason) == (5, None)
    assert [change.after["rev"] for _, change in store.history(hazard.uid)] == [1, 2, 3, 4, 5]


def test_nothing_is_deleted(store, toys):
    hazard = toys.report(**LOOSE_RAIL)
    with pytest.raises(RuntimeError, match="void"), store.change("删除") as session:
        session.delete(session.get_one(ToyHazard, hazard.id))
    assert len(toys.all()) == 1


def test_the_journal_only_grows(store, toys):
    toys.report(**LOOSE_RAIL)
    store.undo()
    assert [a.label for a in actions(store)] == ["登记隐患", "撤销：登记隐患"]
    with (
        pytest.raises(IntegrityError, match="only grows"),
        store.change("改痕迹") as session,
    ):
        session.scalars(select(Change)).first().after = {}


def test_a_change_inside_a_change_is_one_undo(store, toys):
    with store.change("演练总结"):
        toys.report(**LOOSE_RAIL)
        toys.report(**PLAYGROUND)
        assert len(toys.all()) == 2, "a change sees its own work"
    assert [a.label for a in actions(store)] == ["演练总结"]
    assert store.undo() == "演练总结"
    assert toys.all() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE toy_hazard SET owner = 'x'",
        "INSERT INTO toy_entry (uid, rev, form_id) VALUES ('a', 1, 'b')",
        "WITH gone AS (SELECT 1) DELETE FROM toy_hazard",
        "/* a look */ DELETE FROM action",
    ],
)
def test_raw_writes_are_refused_because_they_skip_the_journal(store, toys, statement):
    toys.report(**LOOSE_RAIL)
    for door in (store.change("x"), store.read()):
        with pytest.raises(RuntimeError, match="journal"), door as session:
            session.execute(text(statement))
    assert toys.all()[0].owner == "李建国"


def test_bulk_writes_are_refused_because_they_skip_the_journal(store):
    with pytest.raises(RuntimeError, match="journal"), store.change("x") as session:
        session.execute(update(ToyHazard).values(owner="x"))
    with pytest.raises(RuntimeError, match="journal"), store.change("x") as session:
        session.bulk_insert_mappings(ToyHazard, [dict(LOOSE_RAIL, number="1", uid="u", rev=1)])


def test_the_journal_sees_a_value_that_was_never_loaded(store, toys):
    hazard = toys.report(**LOOSE_RAIL)
    with store.change("改责任人") as session:
        mine = session.get_one(ToyHazard, hazard.id)
        session.expire(mine)
        mine.owner = "王芳"
    _, change = store.history(hazard.uid)[-1]
    assert change.before["owner"] == "李建国"
    assert change.before["place"] == "楼梯"
    store.undo()
    assert toys.get(hazard.uid).owner == "李建国"


def test_the_journal_sees_a_value_the_database_worked_out(store, toys):
    hazard = toys.report(**LOOSE_RAIL)
    with store.change("改责任人"):
        toys.get(hazard.uid).owner = ToyHazard.owner + "（代）"
    _, change = store.history(hazard.uid)[-1]
    assert (change.before["owner"], change.after["owner"]) == ("李建国", "李建国（代）")


def test_a_flush_writes_its_journal_in_one_go(store, toys):
    written = []
    original = store._engine.dialect.do_executemany

    def spy(cursor, statement, parameters, context=None):
        written.append((statement.split(" (")[0], len(parameters)))
        return original(cursor, statement, parameters, context)

    store._engine.dialect.do_executemany = spy
    with store.change("导入") as session:
        for n in range(700):
            session.add(ToyHazard(**LOOSE_RAIL, due_on=date(2026, 4, 2), number=str(n)))
    assert ("INSERT INTO change", 700) in written


def test_undo_reaches_back_to_the_opening_whatever_the_clock_says(tmp_path):
    clock = [datetime(2099, 1, 1)]
    first = Store(tmp_path / "x.db", KEY, now=lambda: clock[0])
    Toys(first).report(**LOOSE_RAIL)
    first.close()
    clock[0] = datetime(2026, 4, 1)
    again = Store(tmp_path / "x.db", KEY, now=lambda: clock[0])
    assert again.undo() is None, "an older day's work, though its clock was in the future"
    toys = Toys(again)
    clock[0] = datetime(1999, 1, 1)
    toys.report(**PLAYGROUND)
    assert again.undo() == "登记隐患"
    assert toys.places() == ["楼梯"]
    again.close()


def test_a_look_is_written_down_with_who_and_is_never_undone(store, toys):
    store.sitter = Sitter("张老师")
    toys.report(**LOOSE_RAIL)
    with store.change("打印台账", undoable=False):
        pass
    assert [(a.label, a.who, a.undoable) for a in actions(store)] == [
        ("登记隐患", "张老师", True),
        ("打印台账", "张老师", False),
    ]
    assert store.undo() == "登记隐患"
    assert store.undo() is None


def test_undo_passes_over_what_is_not_undoable(store, toys):
    hazard = toys.report(**LOOSE_RAIL)
    with store.change("登录", undoable=False):
        toys.get(hazard.uid).owner = "王芳"
    toys.fix(hazard.uid, date(2026, 4, 1))
    assert store.undo() == "隐患整改完成"
    assert store.undo() == "登记隐患"
    assert store.undo() is None
