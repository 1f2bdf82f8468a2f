import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.store.lock import DataLock

ROOT = Path(__file__).parents[3]
HOLD = """
import sys, time
from pathlib import Path
from app.core.store.lock import DataLock
lock = DataLock(Path(sys.argv[1]), holder="窗口")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "xiaoan.db.lock"


@pytest.fixture
def other_program(path):
    """Another process that holds the lock, as a second window would."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout.readline().strip() == b"held"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_program_is_told_what_is_open_and_since_when(path):
    first = DataLock(path, holder="窗口", now=datetime(2026, 4, 1, 9, 5))
    with pytest.raises(UserError) as refusal:
        DataLock(path, holder="命令")
    assert refusal.value.what == "校安台已经开着：窗口（04月01日 09:05）。"
    first.release()


def test_another_process_keeps_us_out(path, other_program):
    with pytest.raises(UserError, match="校安台已经开着：窗口"):
        DataLock(path, holder="命令")


def test_the_lock_dies_with_the_process_that_was_killed(path, other_program):
    other_program.kill()
    other_program.wait()
    DataLock(path, holder="窗口").release()


def test_after_closing_the_next_one_may_open(path):
    for _ in range(3):
        lock = DataLock(path, holder="窗口")
        lock.release()
        lock.release()


def test_a_lock_file_left_from_a_crash_does_not_shut_anybody_out(path):
    path.write_text("窗口（03月30日 08:00）")
    DataLock(path, holder="窗口").release()


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path):
    with pytest.raises(UserError, match="数据文件夹“没有”打不开"):
        DataLock(tmp_path / "没有" / "xiaoan.db.lock", holder="窗口")
