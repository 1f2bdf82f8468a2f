"""The Windows package in the continuous check: left out aloud, failing only where it is wrong."""

import sys
from pathlib import Path
from time import sleep

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "build" / "windows"))
import within  # noqa: E402


def ends_with(code):
    return [sys.executable, "-c", f"import sys; sys.exit({code})"]


@pytest.mark.parametrize(
    ("code", "then", "is_left_out"), [(0, 0, False), (within.NOT_BUILT, 0, True), (1, 1, False)]
)
def test_only_a_package_that_was_built_and_is_wrong_fails(capfd, code, then, is_left_out):
    assert within.main(within.LEAST_S, ends_with(code)) == then
    assert ("没有做好 Windows 的安装程序" in capfd.readouterr().out) == is_left_out


def test_too_little_time_left_begins_nothing(capfd, tmp_path):
    make = [sys.executable, "-c", f"open({str(tmp_path / 'began')!r}, 'w')"]
    assert within.main(within.LEAST_S - 1, make) == 0
    assert "只剩" in capfd.readouterr().out and not (tmp_path / "began").exists()


def test_what_takes_too_long_is_ended_with_all_it_started(capfd, tmp_path, monkeypatch):
    child = tmp_path / "child"
    code = f"""
import subprocess, sys, time
started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open({str(child)!r}, "w").write(str(started.pid))
time.sleep(60)
"""
    ended = []
    monkeypatch.setattr(within, "_end_wine", lambda: ended.append(True))
    monkeypatch.setattr(within, "LEAST_S", 0)
    assert within.main(3, [sys.executable, "-c", code]) == 0
    assert "3 秒里没有做完" in capfd.readouterr().out and ended
    sleep(0.2)
    state = Path(f"/proc/{child.read_text()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_the_maker_and_its_limit_agree_on_the_code():
    made = (ROOT / "build" / "windows" / "make.py").read_text(encoding="utf-8")
    assert f"NOT_BUILT = {within.NOT_BUILT} " in made
    asked = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "build/windows/within.py" in asked and "dev.py package\n" in asked
