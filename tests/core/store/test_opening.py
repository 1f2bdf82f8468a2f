"""Databases as they come back from bad disks, sticks and hands: the real bytes of each."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.store import Store, migrate
from app.core.store.backup import back_up, copies_in
from app.core.store.database import connect, is_plain
from app.core.store.trouble import Damaged
from tests.conftest import KEY, NOW
from tests.core.store.forks import as_nobody, killed_at, no_file_longer_than, on_unix
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, Toys

PAGE = 4096


@pytest.fixture
def path(tmp_path):
    """A closed database of some pages."""
    path = tmp_path / "data" / "xiaoan.db"
    path.parent.mkdir()
    with closing(Store(path, KEY, now=lambda: NOW)) as store, store.change("导入"):
        for n in range(60):
            Toys(store).report(**{**LOOSE_RAIL, "place": f"楼梯{n}", "what": "松动" * 100})
    return path


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def plain_sqlite(folder):
    path = folder / "plain"
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE action (id INTEGER PRIMARY KEY)")
    return path.read_bytes()


BAD = {
    "empty": (lambda whole, _: b"", "是空的"),
    "all zeros": (lambda whole, _: bytes(len(whole)), "成了空白"),
    "zeros from the second page": (lambda whole, _: whole[:PAGE].ljust(len(whole), b"\0"), "损坏"),
    "header overwritten": (lambda whole, _: b"PK\3\4" * 25 + whole[100:], "损坏"),
    "a photo in its place": (lambda whole, _: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 80, "损坏"),
    "a bit in the first page": (lambda whole, _: flip(whole, 500), "损坏"),
    "a bit in the middle": (lambda whole, _: flip(whole, len(whole) // 2), "损坏"),
    "a bit in the last page": (lambda whole, _: flip(whole, len(whole) - 100), "损坏"),
    "cut at a page": (lambda whole, _: whole[: PAGE * 9], "损坏"),
    "cut in a page": (lambda whole, _: whole[: PAGE * 9 + 1000], "损坏"),
    "cut to some bytes": (lambda whole, _: whole[:10], "损坏"),
    "plaintext": (lambda whole, folder: plain_sqlite(folder), "没有加密"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_words_and_stays_as_it_is(path, name, capfd):
    make, word = BAD[name]
    bad = make(path.read_bytes(), path.parent.parent)
    path.write_bytes(bad)
    with pytest.raises(Damaged) as refusal:
        Store(path, KEY)
    assert word in refusal.value.what
    assert "没有" in refusal.value.safe and "改动" in refusal.value.safe
    assert "备份恢复" in refusal.value.do
    assert path.read_bytes() == bad
    assert list(path.parent.iterdir()) == [path], "not even an empty log is left beside it"
    assert capfd.readouterr().err == ""


def test_the_newest_good_backup_is_named(path, tmp_path):
    backups = tmp_path / "backups"
    back_up(path, KEY, backups, datetime(2026, 3, 1, 16, 40))
    with closing(Store(path, KEY)) as store:
        Toys(store).report(**PLAYGROUND)
    newer = back_up(path, KEY, backups, datetime(2026, 3, 2, 16, 40))
    for file in (path, newer):
        file.write_bytes(flip(file.read_bytes(), 5000))
    with pytest.raises(Damaged) as refusal:
        Store(path, KEY, backups=backups)
    assert refusal.value.do == "最近一份完好的备份是2026年3月1日16:40的，请从它恢复。"


def test_without_any_good_backup_the_stick_is_asked_for(path, tmp_path):
    path.write_bytes(b"")
    with pytest.raises(Damaged) as refusal:
        Store(path, KEY, backups=tmp_path / "backups")
    assert "U盘" in refusal.value.do


def test_another_key_is_refused(path):
    before = path.read_bytes()
    with pytest.raises(Damaged, match="不是一套"):
        Store(path, bytes(32))
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused(path):
    other = path.with_name("other.db")
    with closing(connect(other, KEY)) as opened:
        opened.execute("CREATE TABLE score (id INTEGER PRIMARY KEY)")
    before = other.read_bytes()
    with pytest.raises(Damaged):
        Store(other, KEY)
    assert other.read_bytes() == before


def test_data_of_a_newer_program_is_refused(path, steps, tmp_path):
    with closing(connect(path, KEY)) as newer:
        newer.execute("PRAGMA user_version = 3")
    before = path.read_bytes()
    with pytest.raises(UserError, match="新版") as refusal:
        Store(path, KEY, backups=tmp_path / "backups")
    assert not isinstance(refusal.value, Damaged), "nothing is damaged: nothing to restore"
    assert path.read_bytes() == before


def with_hot_log(path, work):
    """Leave the files as they lie when the power fails after some work."""
    with closing(Store(path, KEY, now=lambda: NOW)) as store:
        work(Toys(store))
        kept = {p.name: p.read_bytes() for p in path.parent.iterdir()}
    for old in path.parent.iterdir():
        old.unlink()
    for name, data in kept.items():
        path.with_name(name).write_bytes(data)


def test_work_that_lay_in_the_log_when_the_power_failed_is_there(path):
    with_hot_log(path, lambda toys: toys.report(**PLAYGROUND))
    with closing(Store(path, KEY)) as store:
        assert "操场" in Toys(store).places()
        assert store.warnings == []


def test_a_lost_log_is_told_of(path):
    with_hot_log(path, lambda toys: toys.report(**PLAYGROUND))
    path.with_name("xiaoan.db-wal").unlink()
    with closing(Store(path, KEY)) as store:
        (warning,) = store.warnings
        assert "-wal）不见了" in warning.what
        assert len(Toys(store).places()) == 60
    with closing(Store(path, KEY)) as store:
        assert store.warnings == [], "told once"


def test_a_torn_log_costs_the_torn_end_only(path):
    with_hot_log(path, lambda toys: toys.report(**PLAYGROUND))
    log = path.with_name("xiaoan.db-wal")
    log.write_bytes(log.read_bytes()[:-100])
    with closing(Store(path, KEY)) as store:
        assert len(Toys(store).places()) == 60


@on_unix
def test_a_disk_that_fills_while_the_log_is_written_back_costs_nothing(path):
    """The file alone is then of two times at once; together with its log it is whole."""
    store = Store(path, KEY, now=lambda: NOW)
    with store.change("导入"):
        for n in range(60):
            Toys(store).report(**{**PLAYGROUND, "place": f"操场{n}", "what": "松动" * 100})
    with no_file_longer_than(path.stat().st_size + 6000):
        store.close()
    assert path.with_name("xiaoan.db-wal").stat().st_size > PAGE
    with closing(Store(path, KEY)) as store:
        assert len(Toys(store).places()) == 120
        assert store.warnings == []


def test_a_log_left_by_another_file_is_refused(path, tmp_path):
    copy = back_up(path, KEY, tmp_path / "backups", NOW)
    with_hot_log(path, lambda toys: toys.report(**PLAYGROUND))
    shutil.copyfile(copy, path)  # as one restores who does not know better
    before = {p.name: p.read_bytes() for p in path.parent.iterdir() if p.suffix != ".db-shm"}
    with pytest.raises(Damaged, match="换过"):
        Store(path, KEY)
    for name, data in before.items():
        assert path.with_name(name).read_bytes() == data


def test_a_log_without_its_database_is_no_new_school(path):
    with_hot_log(path, lambda toys: toys.report(**PLAYGROUND))
    path.unlink()
    with pytest.raises(Damaged, match="不见了"):
        Store(path, KEY)
    assert not path.exists()


@on_unix
def test_killed_while_it_is_made_a_database_is_there_whole_or_not_at_all(tmp_path):
    path = tmp_path / "new" / "xiaoan.db"
    path.parent.mkdir()
    line, killed, whole = 0, True, []
    while killed:
        line += 7
        killed = killed_at(line, lambda: Store(path, KEY).close())
        if path.exists():
            assert not is_plain(path)
        Store(path, KEY).close()
        whole.append(line)
        for file in path.parent.iterdir():
            file.unlink()
    assert len(whole) > 10


def test_a_copy_is_made_before_a_step_changes_the_tables(path, steps, tmp_path):
    backups = tmp_path / "backups"
    Store(path, KEY, backups=backups).close()
    assert copies_in(backups) == []
    (steps / "0003_floor.sql").write_text("ALTER TABLE toy_step ADD COLUMN floor TEXT;")
    Store(path, KEY, backups=backups, now=lambda: NOW).close()
    (copy,) = copies_in(backups)
    with closing(connect(copy.path, KEY)) as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (2,)


@on_unix
def test_no_step_runs_when_the_copy_cannot_be_made(path, steps):
    (steps / "0003_floor.sql").write_text("ALTER TABLE toy_step ADD COLUMN floor TEXT;")
    before = path.read_bytes()
    with pytest.raises(UserError, match="没有备份成"):
        Store(path, KEY, backups=Path("/dev/null/backups"))
    assert path.read_bytes() == before


@on_unix
def test_a_place_that_is_not_there_or_holds_no_files(tmp_path):
    for place in (tmp_path / "gone" / "xiaoan.db", Path("/dev/null/xiaoan.db")):
        with pytest.raises(UserError) as refusal:
            Store(place, KEY)
        assert "打不开" in refusal.value.what or "建不起来" in refusal.value.what


@on_unix
@pytest.mark.parametrize("exists", [True, False], ids=["an old database", "a new one"])
@on_unix
def test_a_folder_that_may_not_be_written_to(exists):
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "xiaoan.db"
        if exists:
            Store(path, KEY).close()
            path.chmod(0o444)
        path.parent.chmod(0o555)
        before = path.read_bytes() if exists else None
        refusal = as_nobody(lambda: Store(path, KEY))
        assert isinstance(refusal, UserError), refusal
        assert "不让写" in refusal.what or "不让写" in refusal.do
        assert (path.read_bytes() if path.exists() else None) == before
        path.parent.chmod(0o755)


def test_looking_through_reads_every_page(path):
    """The quick check at opening is no mere look at the header."""
    whole = path.read_bytes()
    with closing(connect(path, KEY)) as opened:
        free = opened.execute("PRAGMA freelist_count").fetchone()[0]
    missed = []
    for page in range(len(whole) // PAGE):
        path.write_bytes(flip(whole, page * PAGE + 2000))
        try:
            Store(path, KEY).close()
            missed.append(page)
        except Damaged:
            continue
    assert len(missed) <= free
    path.write_bytes(whole)
    assert migrate.steps_known() == 2
