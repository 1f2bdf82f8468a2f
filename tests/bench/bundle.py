"""The built program on a screen: from the double click to the password, and on to the window."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "dist" / "校安台"
WINDOWS = ROOT / "dist" / "windows"
INSTALLED = ROOT / "work" / "windows" / "dist" / "校安台"
RUNS = 5
_TOOLS = ("Xvfb", "xdotool")


def measure():
    """Return the times of the bundle and what the packages weigh; nothing of what is not built."""
    return (_starts() if _can_start() else {}) | _weights()


def _can_start():
    return (BUNDLE / "校安台").exists() and all(map(shutil.which, _TOOLS))


def _weights():
    found = {}
    if BUNDLE.exists():
        found["bundle_mb"] = _mb(BUNDLE)
    if INSTALLED.exists():
        found["installed_mb"] = _mb(INSTALLED)
    if installers := sorted(WINDOWS.glob("*.exe")):
        found["installer_mb"] = installers[-1].stat().st_size / 1e6
    return found


def _mb(folder):
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files) / 1e6


def _starts():
    sys.path.insert(0, str(ROOT / "build"))
    from trial import a_screen

    with tempfile.TemporaryDirectory() as folder, a_screen() as screen:
        data = _sample(Path(folder))
        taken = [_start(data, screen) for _ in range(RUNS)]
    to_password, worked, to_window = zip(*taken, strict=True)
    return {
        "bundle_start_s": statistics.median(to_password),
        "bundle_start_cpu": statistics.median(worked),
        "bundle_window_s": statistics.median(to_window),
    }


def _sample(folder):
    """Make the sample school, with keys that open at once: the unlocking is not counted."""
    from app.core.desk import create
    from app.core.paths import Paths, find_paths
    from app.sample import FACTS, PASSWORD, USER, furnish
    from tests.quick_keys import make_quick

    paths = Paths(find_paths().program, folder / "数据", folder / "本机.json")
    desk, code = create(paths, FACTS, USER, PASSWORD, sample=True, after=furnish)
    desk.close()
    make_quick(paths.keys, USER, PASSWORD, code)
    return paths.data


def _start(data, screen):
    from trial import tool, type_into, window_called

    from app.sample import PASSWORD

    began = monotonic()
    program = subprocess.Popen([BUNDLE / "校安台", "--store", data], env=screen)
    try:
        unlock = window_called("^校安台$", screen, program)
        to_password, worked = monotonic() - began, _cpu_s(program.pid)
        type_into(unlock, PASSWORD, screen)
        began = monotonic()
        main = window_called("^校安台 · ", screen, program)
        to_window = monotonic() - began
        tool(["xdotool", "windowfocus", "--sync", main], screen)
        tool(["xdotool", "key", "ctrl+q"], screen)
        program.wait(60)
    finally:
        program.kill()
    return to_password, worked, to_window


def _cpu_s(pid):
    """Return what a process has computed so far; other programs do not count."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
