"""A program on a stick: what it offers, and what lies on the fixed disk afterwards."""

import os
from pathlib import Path

import pytest

from app.core import files, moving
from app.core.disks import Disk, Kind
from app.core.errors import UserError
from app.core.machine import remember
from app.core.moving import carry, look
from app.core.paths import data_beside, own_folder
from app.core.store.lock import DataLock
from app.core.version import version

PROGRAM = {
    "校安台": b"#!/bin/sh\necho $PWD > started\n",
    "_internal/VERSION": version().encode(),
    "_internal/big.so": os.urandom(3_000_000),
    "_internal/forms/drill.toml": "名称 = '演练'".encode(),
}
SCHOOL = {"xiaoan.db": os.urandom(9000), "xiaoan.db.keys": b"{}", "backups/a.db": b"old"}


class Pc:
    """A PC with one fixed disk, and a stick with the program on it."""

    def __init__(self, folder, monkeypatch):
        monkeypatch.setenv("XDG_DATA_HOME", str(folder / "fixed" / "share"))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "fixed" / "config"))
        self.stick = folder / "stick"
        self.source = self.stick / "校安台"
        self.memory = folder / "fixed" / "config" / "本机.json"
        self.disks = [Disk(self.stick, Kind.REMOVABLE), Disk(folder, Kind.FIXED, is_system=True)]
        fill(self.source, PROGRAM)
        (self.source / "校安台").chmod(0o755)
        (self.source / "_internal" / "link.so").symlink_to("big.so")
        (self.source / "校安台数据").mkdir()

    def offer(self, source=None):
        return look(source or self.source, self.disks, self.memory)


def fill(folder, files):
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def holds(folder, files):
    return all((folder / name).read_bytes() == data for name, data in files.items())


def silent(done, total, what):
    assert 0 < done <= total and what in ("程序", "学校的资料")


@pytest.fixture
def pc(tmp_path, monkeypatch):
    return Pc(tmp_path, monkeypatch)


def test_a_program_on_the_fixed_disk_offers_nothing(pc, tmp_path):
    assert pc.offer(tmp_path / "校安台") is None
    assert look(None, pc.disks, pc.memory) is None


def test_a_program_on_a_stick_is_brought_over_whole_and_starts_there(pc):
    offer = pc.offer()
    assert (offer.there, offer.school, offer.brings_program) == ("", None, True)
    target = carry(offer, silent)
    assert target == own_folder().with_name("校安台") and holds(target, PROGRAM)
    assert (target / "_internal" / "link.so").is_symlink()
    assert sorted(p.name for p in target.parent.iterdir()) == ["校安台"], "nothing half done stays"
    moving.start(target, "校安台")
    wait_for(lambda: (target / "started").exists())
    assert holds(pc.source, PROGRAM), "the stick keeps its own"


def wait_for(is_so):
    from time import sleep

    for _ in range(200):
        if is_so():
            return
        sleep(0.02)
    raise AssertionError("waited in vain")


def test_a_program_that_lies_there_already_is_opened_not_copied(pc):
    carry(pc.offer(), silent)
    again = pc.offer()
    assert again.there == version() and not again.brings_anything


def test_an_older_program_there_is_replaced_and_its_school_stays(pc):
    target = own_folder().with_name("校安台")
    old = {"_internal/VERSION": b"0.0.9", "_internal/gone.so": b"old", "校安台": b"old"}
    fill(target, old)
    fill(target / "校安台数据", SCHOOL)
    offer = pc.offer()
    assert (offer.there, offer.brings_program) == ("0.0.9", True)
    carry(offer, silent)
    assert holds(target, PROGRAM) and holds(target / "校安台数据", SCHOOL)
    assert not (target / "_internal" / "gone.so").exists()


@pytest.fixture
def scanner(monkeypatch):
    """A virus scanner that holds what was just written: names, and how often each is held."""
    held = {}
    replace = Path.replace

    def held_replace(path, target):
        if held.get(path.name, 0) and path.parent.name.endswith(".part"):
            held[path.name] -= 1
            raise PermissionError(13, "held", str(path))
        return replace(path, target)

    monkeypatch.setattr(files, "_IS_SCANNED", True)
    monkeypatch.setattr(files, "_FIRST_PAUSE_S", 0.0001)
    monkeypatch.setattr(Path, "replace", held_replace)
    return held


def test_a_scanner_that_looks_into_the_new_program_is_waited_for(pc, scanner):
    scanner["_internal"] = 3
    assert holds(carry(pc.offer(), silent), PROGRAM)


@pytest.mark.parametrize("name", ["_internal", "校安台"])
def test_an_older_program_that_cannot_be_replaced_stays_as_it_was(pc, scanner, name):
    target = own_folder().with_name("校安台")
    old = {"_internal/VERSION": b"0.0.9", "_internal/gone.so": b"old", "校安台": b"old"}
    fill(target, old)
    scanner[name] = 1000
    with pytest.raises(UserError, match="没有复制成"):
        carry(pc.offer(), silent)
    assert holds(target, old)
    assert not (target / "_internal" / "big.so").exists()
    assert [p.name for p in target.parent.iterdir()] == ["校安台"], "nothing half done stays"


def test_what_is_marked_read_only_on_the_stick_can_be_written_afterwards(pc):
    fill(pc.source / "校安台数据", SCHOOL)
    files = [pc.source / "校安台", *(pc.source / "校安台数据" / name for name in SCHOOL)]
    for file in files:
        file.chmod(0o555)
    target = carry(pc.offer(), silent)
    assert (target / "校安台").stat().st_mode & 0o777 == 0o755
    assert all((target / "校安台数据" / name).stat().st_mode & 0o200 for name in SCHOOL)


def test_a_newer_program_there_is_left_alone(pc):
    target = own_folder().with_name("校安台")
    fill(target, {"_internal/VERSION": b"99.0.0", "校安台": b"newer"})
    fill(pc.source / "校安台数据", SCHOOL)
    offer = pc.offer()
    assert not offer.brings_program and offer.brings_anything
    carry(offer, silent)
    assert holds(target, {"_internal/VERSION": b"99.0.0", "校安台": b"newer"})
    assert holds(target / "校安台数据", SCHOOL)


def test_a_school_on_the_stick_comes_along_and_is_the_one_that_opens(pc):
    fill(pc.source / "校安台数据", SCHOOL)
    offer = pc.offer()
    assert offer.school == pc.source / "校安台数据"
    target = carry(offer, silent)
    assert holds(target / "校安台数据", SCHOOL)
    assert data_beside(target, pc.memory) == target / "校安台数据"
    assert holds(pc.source / "校安台数据", SCHOOL)


@pytest.mark.parametrize("where", ["beside", "own", "remembered"])
def test_a_school_on_the_fixed_disk_is_never_covered_by_that_of_the_stick(pc, tmp_path, where):
    fill(pc.source / "校安台数据", SCHOOL)
    places = {
        "beside": own_folder().with_name("校安台") / "校安台数据",
        "own": own_folder(),
        "remembered": tmp_path / "D" / "校安台数据",
    }
    mine = {"xiaoan.db": b"mine", "xiaoan.db.keys": b"mine"}
    fill(places[where], mine)
    if where == "remembered":
        remember(pc.memory, data=str(places[where]))
    offer = pc.offer()
    assert offer.school is None
    target = carry(offer, silent)
    assert holds(places[where], mine)
    assert data_beside(target, pc.memory) == places[where]


def test_a_file_that_does_not_arrive_whole_stops_it_and_leaves_nothing(pc, monkeypatch):
    real = moving._sum
    monkeypatch.setattr(moving, "_sum", lambda file: b"" if file.name == "big.so" else real(file))
    with pytest.raises(UserError, match=r"big\.so.*不一样"):
        carry(pc.offer(), silent)
    assert not own_folder().with_name("校安台").exists()
    assert not list(own_folder().parent.glob("*.part"))


def test_stopping_half_way_leaves_nothing(pc):
    class StoppedError(Exception):
        pass

    def stop(done, total, what):
        if done == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        carry(pc.offer(), stop)
    assert list(own_folder().parent.iterdir()) == []


def test_a_full_disk_is_said_before_anything_is_copied(pc, monkeypatch):
    monkeypatch.setattr(moving, "free_bytes", lambda folder: 1_000_000)
    with pytest.raises(UserError, match="放不下：要4MB，只剩0MB"):
        carry(pc.offer(), silent)
    assert not own_folder().with_name("校安台").exists()


def test_data_that_is_open_on_the_stick_is_not_copied(pc):
    fill(pc.source / "校安台数据", SCHOOL)
    lock = DataLock(pc.source / "校安台数据" / "xiaoan.lock", holder="窗口")
    with pytest.raises(UserError, match="已经开着"):
        carry(pc.offer(), silent)
    lock.release()
    assert not (own_folder().with_name("校安台") / "校安台数据").exists()


def test_somebodys_own_folder_of_that_name_is_not_written_into(pc):
    taken = own_folder().with_name("校安台")
    fill(taken, {"老师的文件.docx": b"mine"})
    target = carry(pc.offer(), silent)
    assert target.name == "校安台程序" and [p.name for p in taken.iterdir()] == ["老师的文件.docx"]


def test_a_program_that_does_not_start_is_named_with_its_folder(tmp_path):
    with pytest.raises(UserError, match="没有打开") as refused:
        moving.start(tmp_path, "校安台")
    assert "双击" in refused.value.do
