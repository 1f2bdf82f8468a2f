"""One command for the people who build 校安台: run, test, check, bench, docs, package.

Needs nothing but Python 3.11; it makes its own environment in .venv the first time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import place

ROOT = place.ROOT
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def run(rest: list[str]) -> int:
    """Open the window; without a screen, say so and make the demonstration instead."""
    python = place.ready()
    if place.has_screen():
        return _call([python, "main.py", *rest])
    out = ROOT / "work" / "demo"
    print(f"这里没有屏幕，窗口打不开，改为生成一套演示文件：{out}", flush=True)
    shutil.rmtree(out, ignore_errors=True)  # the demonstration of an earlier run
    return _call([python, "main.py", "demo", str(out)], OFFSCREEN)


def docs(rest: list[str]) -> int:
    """Make the parts of the manual that come from the running program and its code."""
    return _call([place.ready(), "build/docs.py", *rest], OFFSCREEN)


def test(rest: list[str]) -> int:
    """Run the whole suite without a screen, on all cores."""
    python = place.ready()
    told = "--junitxml=work/tests.xml"  # for docs/measured.md
    return _call([python, "-m", "pytest", "-q", "-n", "auto", told, *rest], OFFSCREEN)


def check(rest: list[str]) -> int:
    """Ask ruff, mypy and the floors."""
    python = place.ready()
    return max(
        _call([python, "-m", "ruff", "check", "."]),
        _call([python, "-m", "ruff", "format", "--check", "."]),
        _call([python, "-m", "mypy"]),
        _call([python, "-m", "pytest", "-q", "tests/test_floors.py", *rest], OFFSCREEN),
    )


def bench(rest: list[str]) -> int:
    """Measure what the product promises, each figure beside its floor."""
    return _call([place.ready(), "build/bench.py", *rest], OFFSCREEN)


def package(rest: list[str]) -> int:
    """Build the program folder, give it every command, open its window and close it."""
    return _call([place.ready(), "build/package.py", *rest])


def package_windows(rest: list[str]) -> int:
    """Make the Windows installer and the portable folder, and try them under Wine."""
    return _call([place.ready(), "build/windows/make.py", *rest])


def _call(command: list[str], more: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env=os.environ | (more or {})).returncode


def main() -> int:
    """Do what the first word says."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    words = {
        f.__name__.replace("_", "-"): f
        for f in (run, test, check, bench, docs, package, package_windows)
    }
    parser.add_argument("what", choices=words)
    chosen, rest = parser.parse_known_args()
    return words[chosen.what](rest)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # a console of code page 936 or 437 must not stop us
    Path(ROOT / "work").mkdir(exist_ok=True)
    sys.exit(main())
