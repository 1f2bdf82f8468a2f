"""The program folder for Linux: built by PyInstaller, then tried as a school would use it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "build" / "linux"))

import desktop  # noqa: E402
import icon  # noqa: E402
import trial  # noqa: E402

DIST = ROOT / "dist"
FOLDER = DIST / "校安台"
MOST_MB = 240.0  # with Qt's own copy of the ICU tables, which Windows brings itself


def build() -> Path:
    """Make the program folder anew; return it."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--workpath", str(ROOT / "work" / "package"), "--distpath", str(DIST)]
    _demand([*command, *places, str(ROOT / "build" / "xiaoan.spec")])
    desktop.furnish(FOLDER, icon.make_picture(ROOT / "work" / "xiaoan.png"))
    return FOLDER


def size_mb(folder: Path) -> float:
    """Return what a folder weighs."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files) / 1e6


def try_scripts(folder: Path, home: Path) -> None:
    """Put the program into a home by its script, ask it who it is, and take it away again."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    kept = {k: v for k, v in os.environ.items() if "DISPLAY" not in k and k[:4] != "XDG_"}
    theirs = kept | {"HOME": str(home)}
    _demand(["sh", str(folder / "安装.sh")], theirs)
    placed = home / ".local" / "share" / "xiaoan" / "校安台"
    _demand([str(placed / "xiaoan-cli"), "--version"], theirs)
    _demand(["sh", str(placed / "卸载.sh")], theirs)
    if placed.exists() or (home / ".local/share/applications/xiaoan.desktop").exists():
        sys.exit("卸载以后还留着程序。")


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
    try_scripts(folder, ROOT / "work" / "home")
    try_commands(folder)
    trial.try_window(folder, ROOT / "work" / "trial")


if __name__ == "__main__":
    main()
