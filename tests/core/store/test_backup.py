from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.store import backup
from app.core.store.backup import Copy, DamagedCopy, back_up, check, copies_in, last_backup
from app.core.store.database import is_plain
from app.core.store.keyfile import is_whole, keys_path, load, save
from app.core.store.store import Store
from app.core.store.trouble import Damaged
from tests.conftest import KEY, NOW
from tests.core.store.forks import killed_at, no_file_longer_than, on_unix
from tests.core.store.keyfiles import some_keys
from tests.core.store.toy import LOOSE_RAIL, ToyEntry, Toys


def test_a_backup_opens_and_holds_what_was_saved(tmp_path, store, toys):
    toys.report(**LOOSE_RAIL)
    copy = back_up(tmp_path / "xiaoan.db", KEY, tmp_path / "backups", datetime(2026, 4, 1, 9))
    assert copy.name == "校安台-00000001-20260401-090000.db"
    assert not is_plain(copy)
    assert list(copy.parent.iterdir()) == [copy]
    assert copies_in(copy.parent) == [Copy(1, date(2026, 4, 1))]
    reopened = Store(copy, KEY)
    assert Toys(reopened).places() == ["楼梯"]
    reopened.close()


def test_a_copy_that_does_not_read_back_is_removed_and_the_old_one_stays(
    tmp_path, store, toys, monkeypatch
):
    folder = tmp_path / "backups"
    good = back_up(tmp_path / "xiaoan.db", KEY, folder, datetime(2026, 4, 1, 9))
    toys.report(**LOOSE_RAIL)
    check = backup.check

    def check_torn(copy, key):
        with copy.open("r+b") as file:
            file.seek(-100, 2)  # the last page: nothing reads it by itself
            file.write(b"torn")
        return check(copy, key)

    monkeypatch.setattr(backup, "check", check_torn)
    with pytest.raises(DamagedCopy):
        back_up(tmp_path / "xiaoan.db", KEY, folder, datetime(2026, 4, 2, 9))
    assert list(folder.iterdir()) == [good]


def test_the_key_file_lies_beside_each_copy(tmp_path, store):
    keys = some_keys(KEY, "张老师")
    save(keys, keys_path(store.path))
    copy = back_up(store.path, KEY, tmp_path / "backups", NOW)
    assert load(keys_path(copy)) == keys
    assert {p.name for p in copy.parent.iterdir()} == {copy.name, f"{copy.name}.keys"}


@pytest.mark.parametrize("bad", [".keys", ".keys.bak"])
def test_a_key_file_with_one_bad_copy_is_mended_before_it_is_copied(tmp_path, store, bad):
    keys = some_keys(KEY, "张老师")
    save(keys, keys_path(store.path))
    store.path.with_name(store.path.name + bad).write_bytes(b"{torn")
    copy = back_up(store.path, KEY, tmp_path / "backups", NOW)
    assert load(keys_path(copy)) == keys
    assert is_whole(keys_path(store.path))


def test_no_copy_is_made_that_nobody_could_open(tmp_path, store):
    for ending in (".keys", ".keys.bak"):
        store.path.with_name(store.path.name + ending).write_bytes(b"{torn")
    with pytest.raises(UserError, match="钥匙文件"):
        back_up(store.path, KEY, tmp_path / "backups", NOW)
    assert copies_in(tmp_path / "backups") == []


@pytest.fixture
def kept(tmp_path):
    """A store with a folder for backups, and a clock one can set."""
    clock = [NOW]
    store = Store(tmp_path / "kept.db", KEY, now=lambda: clock[0], backups=tmp_path / "backups")
    store.clock_hand = clock
    yield store
    store.close()


def test_closing_time_makes_a_copy_only_if_something_was_done(kept):
    assert kept.back_up() is not None, "the first, of the empty desk"
    assert kept.back_up() is None
    kept.note("查看")
    second = kept.back_up()
    assert check(second, KEY) == 1
    assert last_backup(kept.backups).path == second
    assert last_backup(kept.backups).made_at == NOW


def test_a_copy_that_lost_its_key_file_is_made_again(kept):
    save(some_keys(KEY, "张老师"), keys_path(kept.path))
    first = kept.back_up()
    keys_path(first).unlink()
    kept.clock_hand[0] += timedelta(minutes=1)
    assert keys_path(kept.back_up()).exists()


def test_old_copies_are_thinned_with_their_key_files(kept):
    save(some_keys(KEY, "张老师"), keys_path(kept.path))
    for _ in range(30):
        kept.clock_hand[0] += timedelta(days=1)
        kept.note("查看")
        kept.back_up()
    (kept.backups / "校安台-00000001-20200101-080000.db.keys").touch()  # a copy cut short
    kept.clock_hand[0] += timedelta(days=1)
    kept.note("查看")
    last = kept.back_up()
    copies = copies_in(kept.backups)
    assert 14 <= len(copies) <= 20
    assert copies[-1].path == last
    names = {p.name for p in kept.backups.iterdir()}
    assert names == {n for c in copies for n in (c.path.name, f"{c.path.name}.keys")}


def test_a_writer_need_not_stop_for_a_copy(kept):
    with kept.change("登记") as session:
        session.add(ToyEntry(form_id="visitor"))
        session.flush()
        copy = kept.back_up()
    assert check(copy, KEY) == 0, "what was not saved yet is not in it"


@on_unix
def test_a_disk_without_room_leaves_the_older_copies_and_nothing_half_done(kept):
    good = kept.back_up()
    kept.note("查看")
    kept.settle()
    with no_file_longer_than(9_000), pytest.raises(UserError) as refusal:
        kept.back_up()
    assert "没有备份成" in refusal.value.what
    assert "以前的备份都还在" in refusal.value.safe
    assert list(kept.backups.iterdir()) == [good]
    assert kept.back_up() is not None


@on_unix
def test_a_folder_nobody_may_write_to(store):
    for place in ("/proc/backups", "/dev/null/backups"):
        with pytest.raises(UserError, match="没有备份成"):
            back_up(store.path, KEY, Path(place), NOW)


def test_a_damaged_database_is_named_and_not_copied(tmp_path):
    path = tmp_path / "x.db"
    with closing(Store(path, KEY)) as store, store.change("导入"):
        for n in range(60):
            Toys(store).report(**{**LOOSE_RAIL, "what": f"{n}" * 300})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + b"torn" + whole[len(whole) // 2 + 4 :])
    with pytest.raises(Damaged):
        back_up(path, KEY, tmp_path / "backups", NOW)
    assert list((tmp_path / "backups").iterdir()) == []


@on_unix
@on_unix
def test_killed_at_any_line_no_copy_lacks_its_key_file_or_is_half(tmp_path):
    path, backups = tmp_path / "x.db", tmp_path / "backups"
    with closing(Store(path, KEY)) as store:
        Toys(store).report(**LOOSE_RAIL)
    save(some_keys(KEY, "张老师"), keys_path(path))
    line, killed = 0, True
    while killed:
        line += 3
        killed = killed_at(line, lambda: back_up(path, KEY, backups, NOW))
        for copy in copies_in(backups):
            assert check(copy.path, KEY) == 1, line
            assert keys_path(copy.path).exists(), line
            copy.path.unlink()
    assert line > 60
    back_up(path, KEY, backups, NOW)
    assert len(list(backups.iterdir())) == 2, "what a kill left is cleared away"
