import threading
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import app.core.settings
import app.core.store  # noqa: F401
from app.core.errors import UserError
from app.core.roles import Sitter
from app.core.store.records import Base
from app.core.store.store import Store
from tests.conftest import KEY
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, ToyEntry, actions

CORE_AND_TOYS = (
    "app.core.settings",
    "app.core.store.blobs",
    "app.core.store.journal",
    "tests.core.store.toy",
)


def test_a_counter_never_goes_down(store):
    with store.change("发号"):
        assert store.number("YH", 2026) == "YH-2026-0001"
        assert store.number("YL", 2026) == "YL-2026-0001"
        assert store.number("YH", 2027) == "YH-2027-0001"
    with store.change("发号"):
        assert store.number("YH", 2026) == "YH-2026-0002"
    with pytest.raises(RuntimeError):
        store.number("YH", 2026)


def test_an_error_half_way_leaves_nothing(store, toys):
    with pytest.raises(ZeroDivisionError), store.change("导入"):
        toys.report(**LOOSE_RAIL)
        1 / 0  # noqa: B018
    assert toys.all() == []
    assert store.undo() is None


@pytest.mark.parametrize("first", [True, False], ids=["after other work", "as the first work"])
def test_an_inner_change_that_fails_is_taken_back_alone(store, toys, first):
    heard = []
    store.on_change(heard.append)
    with store.change("导入") as session:
        if first:
            toys.report(**LOOSE_RAIL)
        with pytest.raises(IntegrityError), store.change("内层"):
            bad = toys.report(**PLAYGROUND)
            session.flush()
            bad.place = None
            session.flush()
        with pytest.raises(RuntimeError, match="journal"):
            session.execute(text("UPDATE toy_hazard SET owner = 'x'"))
        toys.report(**{**LOOSE_RAIL, "place": "灶房"})
    expected = ["楼梯", "灶房"] if first else ["灶房"]
    assert toys.places() == expected
    assert [a.label for a in actions(store)] == ["导入"]
    assert heard == [frozenset({"toy_hazard"})]
    assert store.undo() == "导入"
    assert toys.all() == []


def test_a_note_does_not_wait_for_a_long_write(store, toys):
    writing, go_on = threading.Event(), threading.Event()

    def long_write():
        with store.change("导入"):
            toys.report(**LOOSE_RAIL)
            writing.set()
            go_on.wait(5)

    thread = threading.Thread(target=long_write)
    thread.start()
    assert writing.wait(3)
    store.sitter = Sitter("张老师")
    store.note("查看学生关注", about="a-uid")
    assert thread.is_alive(), "the write goes on still"
    store.sitter = Sitter("别人")
    go_on.set()
    thread.join()
    store.settle()
    last = actions(store)[-1]
    assert (last.label, last.who, last.about) == ("查看学生关注", "张老师", "a-uid")
    assert last.at == datetime(2026, 4, 1, 9, 0)


def test_notes_are_written_before_the_store_closes(tmp_path):
    store = Store(tmp_path / "x.db", KEY)
    for n in range(50):
        store.note(f"查看{n}")
    store.close()
    again = Store(tmp_path / "x.db", KEY)
    assert [a.label for a in actions(again)] == [f"查看{n}" for n in range(50)]
    again.close()


def test_a_change_that_cannot_have_its_turn_says_so(tmp_path):
    store = Store(tmp_path / "x.db", KEY, wait_s=0.05)
    held, go_on = threading.Event(), threading.Event()

    def hold():
        with store.change("导入"):
            held.set()
            go_on.wait(5)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(3)
    with pytest.raises(UserError) as refusal, store.change("登记"):
        pass
    go_on.set()
    thread.join()
    assert "没有存上" in refusal.value.what
    store.close()


def test_a_listener_hears_which_records_changed_not_only_which_table(store):
    heard = []
    store.on_change(heard.append)
    with store.change("登记来访") as session:
        session.add(ToyEntry(form_id="visitor"))
    assert heard == [frozenset({"toy_entry/visitor"})]


def test_tables_made_by_the_steps_are_the_tables_the_models_say(store):
    tables = [m.local_table for m in Base.registry.mappers if m.class_.__module__ in CORE_AND_TOYS]
    assert len(tables) > 7
    with store.read() as session:
        for table in tables:
            made = {r[1] for r in session.execute(text(f"PRAGMA table_info({table.name})"))}
            assert made == set(table.columns.keys()), table.name
