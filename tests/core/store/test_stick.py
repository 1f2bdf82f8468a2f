import os
import shutil

import pytest

from app.core.errors import UserError
from app.core.store import Store, stick
from app.core.store.backup import back_up, check, last_backup
from app.core.store.keyfile import keys_path, load, save
from tests.conftest import KEY, NOW
from tests.core.store.forks import no_file_longer_than, on_unix
from tests.core.store.keyfiles import some_keys
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, Toys

OLD_COPY = "校安台-00000001-20200101-080000.db"


@pytest.fixture
def desk(tmp_path):
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: NOW, backups=tmp_path / "backups")
    Toys(store).report(**LOOSE_RAIL)
    save(some_keys(KEY, "张老师"), keys_path(store.path))
    yield store
    store.close()


@pytest.fixture
def usb(tmp_path):
    folder = tmp_path / "usb"
    folder.mkdir()
    (folder / OLD_COPY).write_bytes(b"an older copy")
    return folder


def copy_out(desk, folder):
    desk.back_up()
    return stick.copy_out(last_backup(desk.backups).path, folder)


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_the_copy_on_the_stick_opens_and_has_its_key_file_with_it(desk, usb):
    copy = copy_out(desk, usb)
    assert check(copy, KEY) == 1
    assert names(usb) == {OLD_COPY, copy.name, f"{copy.name}.keys"}
    assert load(keys_path(copy)) == some_keys(KEY, "张老师")


def test_nothing_new_is_copied_from_the_last_backup_again(desk, usb):
    first = copy_out(desk, usb)
    Toys(desk).report(**PLAYGROUND)
    second = copy_out(desk, usb)
    assert first != second
    assert check(second, KEY) > check(first, KEY)


@on_unix
def test_a_full_stick_keeps_nothing_half_done(desk, usb):
    desk.back_up()
    before = names(usb)
    with no_file_longer_than(9_000), pytest.raises(UserError) as refusal:
        copy_out(desk, usb)
    assert "满" in refusal.value.what
    assert "U盘上以前的备份也没有动" in refusal.value.safe
    assert names(usb) - before <= {name for name in names(usb) if name.endswith(".keys")}
    assert not [path for path in usb.iterdir() if path.stat().st_size == 0]


def test_a_stick_that_was_pulled_out(desk, usb, tmp_path):
    copy = back_up(desk.path, KEY, tmp_path / "backups", NOW)
    usb.rename(tmp_path / "in a pocket")
    usb.touch()  # the mount point is there, the stick is not
    with pytest.raises(UserError, match="拔掉"):
        stick.copy_out(copy, usb)
    assert usb.read_bytes() == b""


def test_a_stick_pulled_out_half_way(desk, usb, tmp_path, monkeypatch):
    copy = back_up(desk.path, KEY, tmp_path / "backups", NOW)
    write = stick._write

    def pulled(source, half, told):
        written = write(source, half, told)
        shutil.rmtree(usb)
        return written

    monkeypatch.setattr(stick, "_write", pulled)
    with pytest.raises(UserError, match="拔掉"):
        stick.copy_out(copy, usb)


def test_a_stick_that_gives_back_other_bytes_is_not_trusted(desk, usb, tmp_path, monkeypatch):
    copy = back_up(desk.path, KEY, tmp_path / "backups", NOW)
    write = stick._write

    def lie(source, half, told):
        written = write(source, half, told)
        with half.open("r+b") as file:
            file.seek(-1, os.SEEK_END)
            file.write(b"?")
        return written

    monkeypatch.setattr(stick, "_write", lie)
    with pytest.raises(UserError, match="靠不住"):
        stick.copy_out(copy, usb)
    assert names(usb) == {OLD_COPY}


@pytest.mark.parametrize("when", ["写到U盘", "读回来核对"])
def test_a_copy_that_is_called_off_leaves_the_stick_as_it_was(desk, usb, tmp_path, when):
    copy = back_up(desk.path, KEY, tmp_path / "backups", NOW)
    keys_path(copy).write_bytes(b"keys")
    before = names(usb)

    def stop(done, total, what):
        assert done <= total
        if what == when:
            raise InterruptedByHand

    with pytest.raises(InterruptedByHand):
        stick.copy_out(copy, usb, tick=stop)
    assert names(usb) == before


class InterruptedByHand(Exception):  # noqa: N818 - nothing went wrong
    """Somebody pressed 取消."""
