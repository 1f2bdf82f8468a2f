"""The program folder for Linux: built by PyInstaller, then tried as a school would use it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import trial

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
FOLDER = DIST / "校安台"
MOST_MB = 240.0  # with Qt's own copy of the ICU tables, which Windows brings itself


def build() -> Path:
    """Make the program folder anew; return it."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--workpath", str(ROOT / "work" / "package"), "--distpath", str(DIST)]
    _demand([*command, *places, str(ROOT / "build" / "xiaoan.spec")])
    return FOLDER


def size_mb(folder: Path) -> float:
    """Return what a folder weighs."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files) / 1e6


def try_commands(folder: Path) -> None:
    """Give every command of the tests to the built program instead of to the source."""
    frozen = {"XIAOAN_FROZEN": str(folder / "xiaoan-cli"), "QT_QPA_PLATFORM": "offscreen"}
    _demand(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "auto",
            "-p",
            "no:cacheprovider",
            "tests/test_commands.py",
        ],
        os.environ | frozen,
    )


def _demand(command: list[str], environment: dict[str, str] | None = None) -> None:
    if code := subprocess.run(command, cwd=ROOT, env=environment).returncode:
        sys.exit(code)


def main() -> None:
    """Build, weigh, give the commands, and open the window."""
    folder = build()
    weight = size_mb(folder)
    print(f"程序文件夹 {weight:.0f} MB，不超过 {MOST_MB:.0f} MB", flush=True)
    if weight > MOST_MB:
        sys.exit("程序文件夹太大了：请看看多带了什么。")
    try_commands(folder)
    trial.try_window(folder, ROOT / "work" / "trial")


if __name__ == "__main__":
    main()
