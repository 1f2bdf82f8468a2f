import shutil
from contextlib import closing
from datetime import datetime

import pytest

from app.core.errors import UserError
from app.core.store import Store, keys
from app.core.store.backup import DamagedCopy, back_up, copies_in, last_backup
from app.core.store.database import connect
from app.core.store.restore import finish, restore
from tests.conftest import KEY, NOW
from tests.core.store.forks import killed_at, on_unix
from tests.core.store.keyfiles import some_keys
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, Toys, actions

OTHER = bytes(range(1, 33))
LATER = datetime(2026, 5, 1, 8, 0)


@pytest.fixture
def live(tmp_path):
    """A database with one hazard, a backup of that, and a second hazard entered since."""
    path, backups = tmp_path / "data" / "xiaoan.db", tmp_path / "data" / "backups"
    path.parent.mkdir()
    with closing(Store(path, KEY, now=lambda: NOW)) as store:
        Toys(store).report(**LOOSE_RAIL)
    copy = back_up(path, KEY, backups, NOW)
    with closing(Store(path, KEY, now=lambda: NOW)) as store:
        Toys(store).report(**PLAYGROUND)
    return path, copy, backups


def places(path, key=KEY):
    with closing(Store(path, key, now=lambda: LATER)) as store:
        return Toys(store).places()


def test_the_old_state_is_back_and_the_newer_one_is_in_the_backups(live):
    path, copy, backups = live
    restore(path, copy, KEY, backups, LATER)
    assert places(path) == ["楼梯"]
    (newest,) = [c for c in copies_in(backups) if c.path != copy]
    restore(path, newest.path, KEY, backups, LATER)
    assert places(path) == ["楼梯", "操场"]


def test_the_database_as_it_was_stays_beside_the_restored_one(live):
    path, copy, backups = live
    restore(path, copy, KEY, backups, LATER)
    kept = path.with_name("xiaoan.db.before-restore")
    assert places(kept) == ["楼梯", "操场"]


def test_no_log_of_the_old_database_is_left_to_undo_the_restoring(live):
    path, copy, backups = live
    hot = path.with_name("hot")
    with closing(connect(path, KEY)) as writer:
        writer.execute("UPDATE toy_hazard SET place = '老日志'")
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", f"{hot}{ending}")
    shutil.copy(hot, path)
    shutil.copy(f"{hot}-wal", f"{path}-wal")

    restore(path, copy, KEY, backups, LATER)
    assert not path.with_name("xiaoan.db-wal").exists()
    assert places(path) == ["楼梯"]
    assert "老日志" in places(path.with_name("xiaoan.db.before-restore"))


def test_numbers_given_out_since_the_backup_are_not_given_out_again(live):
    path, copy, backups = live
    restore(path, copy, KEY, backups, LATER)
    with closing(Store(path, KEY, now=lambda: LATER)) as store:
        assert Toys(store).report(**PLAYGROUND).number == "YH-2026-0003"


def test_the_journal_goes_on_after_the_newest_copy_and_says_who_restored(live):
    path, copy, backups = live
    with closing(Store(path, KEY, now=lambda: NOW)) as store:
        for _ in range(5):
            store.note("查看")
    restore(path, copy, KEY, backups, LATER, who="张老师")
    with closing(Store(path, KEY, now=lambda: LATER, backups=backups)) as store:
        last = actions(store)[-1]
        assert (last.label, last.who, last.at) == ("从备份恢复", "张老师", LATER)
        Toys(store).report(**PLAYGROUND)
        made = store.back_up()
    assert last_backup(backups).path == made


def test_a_backup_without_a_database_is_restored_too(live, tmp_path):
    _, copy, backups = live
    path = tmp_path / "new" / "xiaoan.db"
    path.parent.mkdir()
    restore(path, copy, KEY, backups, LATER)
    assert places(path) == ["楼梯"]


def test_a_database_that_cannot_be_read_is_kept_as_it_lies_with_its_log(live):
    path, copy, backups = live
    broken = bytearray(path.read_bytes())
    broken[4096 * 3 + 100] ^= 1
    path.write_bytes(broken)
    log = path.with_name("xiaoan.db-wal")
    log.write_bytes(b"frames" * 900)
    restore(path, copy, KEY, backups, LATER)
    assert not log.exists()
    assert places(path) == ["楼梯"]
    kept = path.with_name("xiaoan.db.before-restore")
    assert kept.read_bytes() == bytes(broken)
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"frames" * 900


@pytest.mark.parametrize("fault", ["cut", "empty", "plain", "other key"])
def test_a_bad_backup_changes_nothing(live, fault):
    path, copy, backups = live
    whole = copy.read_bytes()
    bad = {"cut": whole[:9000], "empty": b"", "plain": b"SQLite format 3\0" + whole[16:]}
    copy.write_bytes(bad.get(fault, whole))
    before = {p.name: p.read_bytes() for p in path.parent.glob("xiaoan*")}
    with pytest.raises(DamagedCopy) as refusal:
        restore(path, copy, OTHER if fault == "other key" else KEY, backups, LATER)
    assert "备份" in refusal.value.what
    assert refusal.value.safe == "现在的数据没有被改动。"
    assert {p.name: p.read_bytes() for p in path.parent.glob("xiaoan*")} == before


def test_a_backup_of_a_newer_program_is_refused(live):
    path, copy, backups = live
    with closing(connect(copy, KEY)) as newer:
        newer.execute("PRAGMA user_version = 99")
        newer.execute("PRAGMA journal_mode = DELETE")
    with pytest.raises(UserError, match="新版"):
        restore(path, copy, KEY, backups, LATER)
    assert places(path) == ["楼梯", "操场"]


def test_todays_users_stay_where_the_database_key_is_the_same(live):
    path, copy, backups = live
    keys.save(some_keys(KEY, "已离职的人"), keys.keys_path(copy))
    today = some_keys(KEY, "张老师")
    keys.save(today, keys.keys_path(path))
    restore(path, copy, KEY, backups, LATER)
    assert keys.load(keys.keys_path(path)) == today


def test_a_backup_with_another_key_brings_its_own_users(live, tmp_path):
    _, copy, backups = live
    keys.save(some_keys(KEY, "张老师"), keys.keys_path(copy))
    path = tmp_path / "again" / "xiaoan.db"
    path.parent.mkdir()
    Store(path, OTHER).close()
    keys.save(some_keys(OTHER, "新来的人"), keys.keys_path(path))
    restore(path, copy, KEY, backups, LATER, present_key=OTHER)
    assert keys.load(keys.keys_path(path)).users[0].name == "张老师"
    assert keys.is_whole(keys.keys_path(path))
    assert places(path) == ["楼梯"]


def test_a_backup_nobody_could_open_is_refused(live, tmp_path):
    _, copy, backups = live
    path = tmp_path / "again" / "xiaoan.db"
    path.parent.mkdir()
    Store(path, OTHER).close()
    keys.save(some_keys(OTHER, "新来的人"), keys.keys_path(path))
    with pytest.raises(UserError, match="旁边没有钥匙文件"):
        restore(path, copy, KEY, backups, LATER, present_key=OTHER)
    assert places(path, OTHER) == []


@on_unix
def test_killed_at_any_line_the_old_or_the_new_database_stands_whole(live, tmp_path):
    path, copy, backups = live
    keys.save(some_keys(KEY, "张老师"), keys.keys_path(copy))
    keys.save(some_keys(OTHER, "新来的人"), keys.keys_path(path))
    start = tmp_path / "start"
    shutil.copytree(path.parent, start)
    outcomes = []
    line, killed = 0, True
    while killed:
        line += 3
        shutil.rmtree(path.parent, ignore_errors=True)
        shutil.copytree(start, path.parent)
        killed = killed_at(line, lambda: restore(path, copy, KEY, backups, LATER))
        finish(path)
        found = places(path)
        assert found in (["楼梯"], ["楼梯", "操场"]), line
        users = keys.load(keys.keys_path(path)).users[0].name
        assert (found, users) in (
            (["楼梯"], "张老师"),
            (["楼梯", "操场"], "新来的人"),
        ), line
        outcomes.append(len(found))
    assert outcomes[0] == 2
    assert outcomes[-1] == 1
    assert len(outcomes) > 30


@on_unix
def test_what_was_not_decided_is_forgotten_even_if_killed_again(live):
    path, _, _ = live
    keys.save(some_keys(KEY, "张老师"), keys.keys_path(path))
    part = path.with_name("xiaoan.db.restoring.part")
    line, killed = 0, True
    while killed:
        line += 1
        part.write_bytes(b"half")
        keys.save(some_keys(OTHER, "新来的人"), path.with_name("xiaoan.db.restoring.keys"))
        killed = killed_at(line, lambda: finish(path))
        finish(path)
        assert keys.load(keys.keys_path(path)).users[0].name == "张老师"
        assert not list(path.parent.glob("*.restoring*"))
    assert line > 5
    assert places(path) == ["楼梯", "操场"]
