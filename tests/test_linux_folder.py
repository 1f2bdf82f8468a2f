"""The program folder on a Linux desktop: put in place by its script, updated, taken away again."""

import configparser
import fcntl
import os
import platform
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "build" / "linux"))
from desktop import furnish, newest_glibc  # noqa: E402


def program_folder(folder, version):
    """Make a program folder whose programs only say who they are."""
    inside = folder / "_internal"
    inside.mkdir(parents=True)
    for name in ("校安台", "xiaoan-cli"):
        (folder / name).write_text(f"#!/bin/sh\necho {version}\n")
        (folder / name).chmod(0o755)
    (inside / "VERSION").write_text(f"{version}\n")
    (inside / f"only_in_{version}").touch()
    icon = folder.parent / "icon.png"
    icon.write_bytes(b"\x89PNG")
    furnish(folder, icon)
    return folder


class Teacher:
    """Somebody at a desktop whose home is made for the test."""

    def __init__(self, folder):
        self.home = folder / "张老师 的家"
        self.share = self.home / ".local" / "share"
        self.place = self.share / "xiaoan" / "校安台"
        self.entry = self.share / "applications" / "xiaoan.desktop"
        self.shortcut = self.home / "桌面" / "校安台.desktop"
        self.shortcut.parent.mkdir(parents=True)
        kept = {k: v for k, v in os.environ.items() if "DISPLAY" not in k and k[:4] != "XDG_"}
        self.variables = kept | {"HOME": str(self.home)}

    def runs(self, script):
        """Run a script of the folder; return whether it was done, and what it said."""
        done = subprocess.run(["sh", script], env=self.variables, capture_output=True, text=True)
        assert not done.stderr, done.stderr
        return done.returncode == 0, done.stdout

    def clicks(self, entry):
        """Start what a desktop entry names, as the desktop would; return what it says."""
        read = configparser.ConfigParser(interpolation=None)
        read.optionxform = str
        read.read(entry, encoding="utf-8")
        said = dict(read["Desktop Entry"])
        assert said["Name"] == "校安台" and Path(said["Icon"]).is_file()
        words = shlex.split(said["Exec"])
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def teacher(tmp_path):
    return Teacher(tmp_path)


@pytest.fixture
def folder(tmp_path):
    return program_folder(tmp_path / "下载 的" / "校安台", "1.2.0")


def test_the_script_puts_it_into_the_menu_and_on_the_desktop(teacher, folder):
    done, said = teacher.runs(folder / "安装.sh")
    assert done and "校安台 1.2.0 装好了" in said
    shutil.rmtree(folder)
    assert teacher.clicks(teacher.entry) == "1.2.0"
    assert teacher.clicks(teacher.shortcut) == "1.2.0"
    assert os.access(teacher.shortcut, os.X_OK)


def test_a_newer_folder_replaces_the_older_and_keeps_the_school(teacher, folder, tmp_path):
    teacher.runs(folder / "安装.sh")
    school = teacher.place / "校安台数据" / "xiaoan.db"
    school.parent.mkdir()
    school.write_bytes(b"school")
    newer = program_folder(tmp_path / "new" / "校安台", "1.10.0")
    done, said = teacher.runs(newer / "安装.sh")
    assert done and "从 1.2.0 更新到 1.10.0" in said
    assert teacher.clicks(teacher.entry) == "1.10.0"
    assert school.read_bytes() == b"school"
    assert not (teacher.place / "_internal" / "only_in_1.2.0").exists()
    assert [p.name for p in teacher.place.parent.iterdir()] == ["校安台"]


def test_an_older_folder_does_not_replace_a_newer_one(teacher, folder, tmp_path):
    newer = program_folder(tmp_path / "new" / "校安台", "1.10.0")
    teacher.runs(newer / "安装.sh")
    done, said = teacher.runs(folder / "安装.sh")
    assert not done and "已经装着更新的校安台（1.10.0）" in said
    assert teacher.clicks(teacher.entry) == "1.10.0"


def test_nothing_is_changed_while_it_is_open(teacher, folder):
    teacher.runs(folder / "安装.sh")
    lock = teacher.home / ".config" / "xiaoan" / "窗口.lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for script in ("安装.sh", "卸载.sh"):
            done, said = teacher.runs(folder / script)
            assert not done and "正开着" in said
    assert teacher.clicks(teacher.entry) == "1.2.0"


@pytest.mark.parametrize(
    ("need", "value", "words"),
    [("处理器", "loongarch64", "处理器"), ("glibc", "9.99", "系统太旧")],
)
def test_a_pc_it_cannot_run_on_is_told_so_before_anything_is_copied(
    teacher, folder, need, value, words
):
    (folder / "_internal" / "需要" / need).write_text(value, encoding="utf-8")
    done, said = teacher.runs(folder / "安装.sh")
    assert not done and words in said and "没有安装任何东西" in said
    assert not teacher.place.exists() and not teacher.entry.exists()


def test_taking_it_away_leaves_the_school(teacher, folder):
    teacher.runs(folder / "安装.sh")
    school = teacher.place / "校安台数据" / "xiaoan.db"
    school.parent.mkdir()
    school.touch()
    done, said = teacher.runs(teacher.place / "卸载.sh")
    assert done and "原样留着" in said and school.exists()
    assert [p.name for p in teacher.place.iterdir()] == ["校安台数据"]
    assert not teacher.entry.exists() and not teacher.shortcut.exists()


def test_taking_it_away_where_no_school_lies_leaves_nothing(teacher, folder):
    teacher.runs(folder / "安装.sh")
    teacher.runs(folder / "卸载.sh")
    assert not teacher.place.exists()


def test_what_the_folder_needs_is_read_from_its_libraries(tmp_path):
    (tmp_path / "a.so").write_bytes(b"\x7fELF GLIBC_2.4\0GLIBC_2.34\0GLIBC_2.9\0")
    (tmp_path / "text").write_bytes(b"GLIBC_2.99")
    assert newest_glibc(tmp_path) == "2.34"


def test_this_machine_can_run_what_it_built(tmp_path):
    folder = program_folder(tmp_path / "校安台", "1.0.0")
    shutil.copy(Path(sys.executable).resolve(), folder / "python")
    has = tuple(map(int, platform.libc_ver()[1].split(".")))
    assert (2, 2) < tuple(map(int, newest_glibc(folder).split("."))) <= has
