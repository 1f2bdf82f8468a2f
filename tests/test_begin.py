"""The double click on a PC where something stands in the way: real processes, real disks."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from app.core.entering import TIGHT_BYTES, tight_disk
from app.core.paths import Paths
from app.core.store.lock import DataLock
from app.core.version import version
from tests.terminal import found_school

ROOT = Path(__file__).parents[1]
LONGEST_S = 30
_CAPBSET_DROP, _MAY_WRITE_ALL, _MAY_READ_ALL = 24, 1, 2


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    return found_school(tmp_path_factory.mktemp("school") / "校安台数据").paths


@pytest.fixture
def data(founded, tmp_path):
    folder = tmp_path / "老师 的文件" / "校安台数据"
    shutil.copytree(founded.data, folder)
    return folder


class Somebody:
    """Who double-clicks, on a PC with a home and a screen of our making."""

    def __init__(self, folder):
        self.home = folder / "home"
        self.home.mkdir()
        self.tools = folder / "tools"
        self.tools.mkdir()
        kept = {k: v for k, v in os.environ.items() if "DISPLAY" not in k and k[:4] != "XDG_"}
        self.variables = kept | {"HOME": str(self.home), "QT_QPA_PLATFORM": "offscreen"}

    def has_box(self, name):
        """Put a box of the desktop's on this PC, which notes what it is to show."""
        shown = self.tools / "shown"
        box = self.tools / name
        box.write_text(f'#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done > "{shown}"\n')
        box.chmod(0o755)
        self.variables |= {"PATH": f"{self.tools}:/usr/bin:/bin", "DISPLAY": ":4095"}
        return shown

    def starts(self, *words, as_anybody=False, python=()):
        """Double-click; return the process."""
        return subprocess.Popen(
            [sys.executable, *python, "main.py", *map(str, words)],
            cwd=ROOT,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_without_roots_rights if as_anybody else None,
        )

    def is_refused(self, *words, as_anybody=False):
        """Double-click where the window must not open; return what is said."""
        process = self.starts(*words, as_anybody=as_anybody)
        said, errors = process.communicate(timeout=LONGEST_S)
        assert (process.returncode, said) == (1, ""), errors
        assert "Traceback" not in errors
        return errors


def _without_roots_rights():
    """Let the rights of files count for root too, as they do for a teacher."""
    libc = ctypes.CDLL(None)
    for right in (_MAY_WRITE_ALL, _MAY_READ_ALL):
        libc.prctl(_CAPBSET_DROP, right, 0, 0, 0)


@contextmanager
def stays_open(process):
    """Wait until a window waits for its password; end it in the end."""
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def wait_for(is_so):
    latest = monotonic() + LONGEST_S
    while not is_so():
        assert monotonic() < latest
        sleep(0.05)


@pytest.fixture
def somebody(tmp_path):
    return Somebody(tmp_path)


def test_data_that_is_open_already_is_said_before_any_password(somebody, data):
    lock = DataLock(data / "xiaoan.lock", holder="窗口")
    said = somebody.is_refused("--store", data)
    lock.release()
    assert said.startswith("校安台已经开着：窗口（") and "任务栏" in said


def test_a_second_double_click_is_told_of_the_first_one(somebody, data):
    lock = somebody.home / ".config" / "xiaoan" / "窗口.lock"
    with stays_open(somebody.starts()):
        wait_for(lambda: lock.exists() and "窗口" in lock.read_text(encoding="utf-8"))
        assert "已经开着" in somebody.is_refused()
    shown = somebody.starts()
    with stays_open(shown), pytest.raises(subprocess.TimeoutExpired):
        shown.wait(1.5)


@pytest.mark.parametrize("locked", ["folder", "xiaoan.db", "xiaoan.db.keys"])
def test_a_folder_that_may_not_be_written_to_is_named(somebody, data, locked):
    place = data if locked == "folder" else data / locked
    (data / "xiaoan.lock").unlink(missing_ok=True)
    place.chmod(0o555 if locked == "folder" else 0o444)
    try:
        said = somebody.is_refused("--store", data, as_anybody=True)
    finally:
        place.chmod(0o755)
    assert "不让写" in said and (data.name if locked == "folder" else locked) in said
    assert "只读" in said


def test_a_part_of_the_program_that_is_gone_is_named(somebody, data, tmp_path):
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('张三', name='PySide6.QtGui')")
    somebody.variables["PYTHONPATH"] = str(broken.parent)
    said = somebody.is_refused("--store", data)
    assert "程序文件不全" in said and "PySide6.QtGui" in said and "杀毒软件" in said
    log = (data / "问题记录.log").read_text(encoding="utf-8")
    assert "ImportError" in log and "张三" not in log


def test_which_version_it_is_is_said_without_loading_the_rooms(somebody):
    process = somebody.starts("--version", python=("-X", "importtime"))
    said, loaded = process.communicate(timeout=LONGEST_S)
    assert said == f"校安台 {version()}\n" and process.returncode == 0
    assert "app.core.version" in loaded and "app.house" not in loaded


def test_a_pc_without_a_screen_is_told_what_can_be_done_there(somebody, data):
    del somebody.variables["QT_QPA_PLATFORM"]
    assert "没有屏幕" in somebody.is_refused("--store", data)


@pytest.mark.parametrize("name", ["zenity", "kdialog", "xmessage"])
def test_what_is_said_stands_in_the_box_of_the_desktop(somebody, data, name):
    shown = somebody.has_box(name)
    lock = DataLock(data / "xiaoan.lock", holder="窗口")
    said = somebody.is_refused("--store", data)
    lock.release()
    assert shown.read_text(encoding="utf-8").endswith(said)


def test_a_box_that_breaks_makes_room_for_the_next(somebody, data):
    shown = somebody.has_box("kdialog")
    somebody.has_box("zenity")
    (somebody.tools / "zenity").write_text("#!/bin/sh\nexit 5\n")
    lock = DataLock(data / "xiaoan.lock", holder="窗口")
    somebody.is_refused("--store", data)
    lock.release()
    assert "已经开着" in shown.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("free", "database", "is_tight"),
    [
        (TIGHT_BYTES, 0, False),
        (TIGHT_BYTES - 1, 0, True),
        (TIGHT_BYTES, TIGHT_BYTES, True),  # a backup is as large as the data
        (2 * TIGHT_BYTES, TIGHT_BYTES, False),
    ],
)
def test_a_disk_is_tight_when_the_next_backup_may_not_fit(
    tmp_path, monkeypatch, free, database, is_tight
):
    paths = Paths(ROOT, tmp_path / "校安台数据")
    paths.data.mkdir()
    with paths.database.open("wb") as file:
        file.truncate(database)
    monkeypatch.setattr("app.core.entering.free_bytes", lambda folder: free)
    warning = tight_disk(paths)
    assert (warning is not None) == is_tight
    if warning:
        assert f"只剩{free // 1024**2}MB" in warning.what


def test_no_disk_is_tight_that_is_not_there(tmp_path):
    assert tight_disk(Paths(ROOT, tmp_path / "gone" / "校安台数据")) is None


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 60 MB, where this machine lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60m", "none", str(place)], capture_output=True
    )
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_nearly_full_is_said_and_the_window_opens_all_the_same(somebody, data, small_disk):
    shutil.copytree(data, small_disk / "校安台数据")
    shown = somebody.has_box("zenity")
    window = somebody.starts("--store", small_disk / "校安台数据")
    with stays_open(window):
        wait_for(shown.exists)
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(1.5)
    assert "磁盘快满了" in shown.read_text(encoding="utf-8")
