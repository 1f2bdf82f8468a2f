import sys
from pathlib import Path

import pytest

from app.core.machine import Memory, recall, remember
from app.core.paths import Paths, find_paths, own_folder


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user who never started the program, on a PC where it was unpacked."""
    for name, place in {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}.items():
        monkeypatch.setenv(name, str(tmp_path / place))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "program" / "inside"), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "program" / "xiaoan"))
    return tmp_path


def test_the_first_start_finds_the_users_own_folder_and_makes_nothing(home):
    paths = find_paths()
    assert paths.data == own_folder()
    assert not list(home.iterdir())


def test_the_folder_chosen_is_found_again(home):
    remember(find_paths().memory, data=str(home / "D" / "校安台数据"))
    assert find_paths().data == home / "D" / "校安台数据"


def test_a_remembered_folder_counts_even_while_its_disk_is_missing(home):
    remember(find_paths().memory, data="/gone/校安台数据")
    assert find_paths().data == Path("/gone/校安台数据")


def test_a_school_beside_the_program_wins(home):
    beside = home / "program" / "校安台数据"
    beside.mkdir(parents=True)
    (beside / "xiaoan.db.keys").touch()
    remember(find_paths().memory, data="/gone/校安台数据")
    assert find_paths().data == beside


def test_a_first_start_takes_the_empty_folder_beside_the_program(home):
    beside = home / "program" / "校安台数据"
    beside.mkdir(parents=True)
    assert find_paths().data == beside


def test_the_empty_folder_beside_the_program_hides_no_school(home):
    (home / "program" / "校安台数据").mkdir(parents=True)
    own_folder().mkdir(parents=True)
    (own_folder() / "xiaoan.db").touch()
    assert find_paths().data == own_folder()
    remember(find_paths().memory, data=str(home / "D" / "校安台数据"))
    assert find_paths().data == home / "D" / "校安台数据"


def test_the_sample_school_lies_apart_from_real_data(home):
    paths = Paths(home, own_folder())
    assert paths.sample().data.name == "校安台数据（样例）"
    assert paths.sample().database != paths.database


def test_one_thing_remembered_does_not_forget_another(home):
    file = home / "本机.json"
    remember(file, size="大")
    remember(file, user="a1", opened_at="2026-04-01T09:00:00")
    assert recall(file) == Memory("", "大", "a1", "2026-04-01T09:00:00")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"size": 3}', b"\xff\xfe", b"[" * 99_999])
def test_a_damaged_memory_is_an_empty_one(home, damage):
    file = home / "本机.json"
    file.write_bytes(damage)
    assert recall(file) == Memory()
    remember(file, size="特大")
    assert recall(file).size == "特大"


def test_a_memory_that_cannot_be_written_stops_nobody(home):
    (home / "file").write_text("")
    remember(home / "file" / "本机.json", size="大")
