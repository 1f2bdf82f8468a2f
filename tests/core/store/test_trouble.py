"""What goes wrong while the desk is open."""

from contextlib import closing

import pytest
from sqlalchemy import event, text

from app.core.errors import UserError
from app.core.store import Store
from app.core.store.database import connect
from app.core.store.trouble import Damaged
from tests.conftest import KEY
from tests.core.store.forks import no_file_longer_than, on_unix
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, Toys

PAGE = 4096


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "x.db"
    with closing(Store(path, KEY)) as store, store.change("导入"):
        for n in range(60):
            Toys(store).report(**{**LOOSE_RAIL, "place": f"楼梯{n}", "what": "松动" * 300})
    return path


def limit(store, pages):
    @event.listens_for(store._engine, "checkout")
    def _limit(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count = {pages()}")


def test_a_full_disk_is_named_and_what_was_saved_stays(path):
    with closing(Store(path, KEY)) as store:
        room = [path.stat().st_size // PAGE]
        limit(store, lambda: room[0])
        with pytest.raises(UserError) as refusal:
            Toys(store).report(**{**PLAYGROUND, "what": "松动" * 9000})
        assert refusal.value.what == "没有存上：磁盘满了。"
        assert "原来的记录都还在" in refusal.value.safe
        assert len(Toys(store).places()) == 60, "it can still be read"
        room[0] = 10**6
        Toys(store).report(**PLAYGROUND)
        assert "操场" in Toys(store).places()


@on_unix
def test_a_disk_that_refuses_to_write_is_named(path):
    with closing(Store(path, KEY)) as store:
        toys = Toys(store)
        with no_file_longer_than(2000), pytest.raises(UserError) as refusal:
            toys.report(**PLAYGROUND)
        assert "磁盘" in refusal.value.what
        assert len(toys.places()) == 60
        toys.report(**PLAYGROUND)
    with closing(Store(path, KEY)) as store:
        assert len(Toys(store).places()) == 61


def test_a_page_that_goes_bad_while_the_desk_is_open(path):
    with closing(Store(path, KEY)) as store:
        store._engine.dispose()  # nothing read so far is remembered
        whole = spoil(path)
        with pytest.raises(Damaged) as refusal:
            Toys(store).places()
        assert "从备份恢复" in refusal.value.do
        with pytest.raises(Damaged):
            Toys(store).report(**PLAYGROUND)
        path.write_bytes(whole)
        assert len(Toys(store).places()) == 60, "the spoilt connection was not used again"


def spoil(path):
    whole = path.read_bytes()
    bad = bytearray(whole)
    for page in range(2, len(whole) // PAGE):
        bad[page * PAGE + 100] ^= 1
    path.write_bytes(bad)
    return whole


@pytest.mark.parametrize("spoilt", [True, False], ids=["a bad page", "a PC short of memory"])
def test_lack_of_memory_is_called_damage_only_where_there_is_some(path, spoilt):
    with closing(Store(path, KEY)) as store:
        if spoilt:
            store._engine.dispose()
            spoil(path)
        with pytest.raises(Damaged if spoilt else MemoryError), store.read():
            raise MemoryError


def test_another_program_that_is_writing_is_named(path):
    with closing(Store(path, KEY)) as store, closing(connect(path, KEY)) as other:
        event.listen(
            store._engine,
            "checkout",
            lambda connection, *_: connection.execute("PRAGMA busy_timeout = 10"),
        )
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError) as refusal:
            Toys(store).report(**PLAYGROUND)
        assert refusal.value.what == "没有存上：数据正被另一个程序使用。"
        other.execute("ROLLBACK")
        Toys(store).report(**PLAYGROUND)


def test_a_fault_of_ours_is_never_blamed_on_the_disk(path):
    with (
        closing(Store(path, KEY)) as store,
        pytest.raises(Exception, match="no such table"),
        store.read() as session,
    ):
        session.execute(text("SELECT * FROM no_such_table"))
