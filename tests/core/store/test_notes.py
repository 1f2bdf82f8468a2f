from contextlib import closing

import pytest
from sqlalchemy import event

from app.core.roles import Sitter
from app.core.store import Store
from tests.conftest import KEY
from tests.core.store.toy import actions


@pytest.fixture
def path(tmp_path):
    return tmp_path / "x.db"


def test_a_preference_is_known_at_once_and_after_the_next_start(path):
    with closing(Store(path, KEY)) as store:
        store.sitter = Sitter("张老师")
        assert store.recall("hazards.columns") is None
        assert store.recall("hazards.columns", [10, 20]) == [10, 20]
        store.remember("hazards.columns", [12, 40])
        store.remember("hazards.columns", [13, 40])
        assert store.recall("hazards.columns") == [13, 40]
    with closing(Store(path, KEY)) as store:
        assert store.recall("hazards.columns") is None, "that was somebody else's"
        store.sitter = Sitter("张老师")
        assert store.recall("hazards.columns") == [13, 40]


def test_some_things_hold_for_all(path):
    with closing(Store(path, KEY)) as store:
        store.sitter = Sitter("张老师")
        store.remember("font", "大", for_all=True)
    with closing(Store(path, KEY)) as store:
        assert store.recall("font", for_all=True) == "大"


def test_a_preference_leaves_no_line_in_the_journal_and_no_need_of_a_backup(path, tmp_path):
    with closing(Store(path, KEY, backups=tmp_path / "backups")) as store:
        store.back_up()
        store.remember("font", "大")
        store.settle()
        assert actions(store) == []
        assert store.back_up() is None


def test_what_could_not_be_written_on_a_full_disk_is_written_later(path):
    with closing(Store(path, KEY)) as store:
        full = [True]

        @event.listens_for(store._engine, "checkout")
        def _limit(connection, _record, _proxy):
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            most = pages if full[0] else 10**6
            connection.execute(f"PRAGMA max_page_count = {most}")

        store.note("查看" * 5000)
        store.settle()
        assert actions(store) == []
        full[0] = False
        store.note("打印")
        store.settle()
        assert [a.label[:2] for a in actions(store)] == ["查看", "打印"]
