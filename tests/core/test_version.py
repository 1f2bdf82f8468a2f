"""Which version this is, and what a new one does with the data of an old one."""

import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from app.core import opened, version
from app.core.desk import SchoolFacts, create, unlock
from app.core.errors import UserError
from app.core.paths import Paths
from app.core.store import migrate
from app.core.store.backup import check, copies_in
from tests.quick_keys import make_quick

ROOT = Path(__file__).parents[2]
FACTS = SchoolFacts("青石镇中心小学", "QS2101", "小学")
ME, PASSWORD = "张老师", "校园平安每一天！"
NOW = datetime(2026, 11, 22, 8, 0)


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("school")
    paths = Paths(ROOT, folder / "校安台数据", folder / "本机.json")
    desk, code = create(paths, FACTS, ME, PASSWORD, now=lambda: NOW)
    desk.close()
    make_quick(paths.keys, ME, PASSWORD, code)
    return paths


@pytest.fixture
def paths(founded, tmp_path):
    """The school after an evening: its newest backup is older than its newest record."""
    shutil.copytree(founded.data, tmp_path / "校安台数据")
    mine = Paths(ROOT, tmp_path / "校安台数据", tmp_path / "本机.json")
    shutil.rmtree(mine.backups)
    return mine


def open_it(paths):
    return unlock(paths, ME, PASSWORD, now=lambda: NOW)


def pretend(monkeypatch, number):
    monkeypatch.setattr(opened, "version", lambda: number)


def test_the_version_is_written_in_one_place_and_first_in_the_change_log():
    number = version.version()
    assert re.fullmatch(r"\d+\.\d+\.\d+", number)
    newest = version.editions()[0]
    assert newest.title.startswith(f"{number}（") and len(newest.news) > 3
    assert number not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_program_says_which_version_it_is():
    done = subprocess.run(
        [sys.executable, "main.py", "--version"], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"校安台 {version.version()}")


def test_the_same_version_makes_no_backup_on_opening(paths):
    desk = open_it(paths)
    assert not paths.backups.exists()
    desk.close()


def test_a_new_version_makes_a_checked_backup_before_it_is_used(paths, monkeypatch):
    pretend(monkeypatch, "9.9.0")
    desk = open_it(paths)
    (copy,) = copies_in(paths.backups)
    assert check(copy.path, desk._key) == copy.number
    assert desk.settings.get("school.name") == FACTS.name
    desk.close()
    shutil.rmtree(paths.backups)
    open_it(paths).store.close()
    assert not paths.backups.exists(), "the second opening by this version needs none"


def test_a_new_version_that_cannot_back_up_says_so_and_tries_again(paths, monkeypatch):
    pretend(monkeypatch, "9.9.0")
    paths.backups.write_text("a file where the folder should be")
    desk = open_it(paths)
    assert ["没有备份成" in warning.what for warning in desk.warnings] == [True]
    paths.backups.unlink()
    desk.close()
    shutil.rmtree(paths.backups)
    desk = open_it(paths)
    assert copies_in(paths.backups) and not desk.warnings
    desk.close()


def test_an_older_program_refuses_newer_data_and_names_its_own_version(paths, monkeypatch):
    before = paths.database.read_bytes()
    monkeypatch.setattr(migrate, "_steps", lambda: [])
    with pytest.raises(UserError) as refused:
        open_it(paths)
    assert f"这一版（{version.version()}）打不开" in refused.value.what
    assert "没有被改动" in refused.value.safe and "安装新版" in refused.value.do
    assert paths.database.read_bytes() == before
