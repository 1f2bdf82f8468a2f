"""The portable folder on a stick under Wine: it brings itself to the fixed disk and opens there."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path
from time import monotonic, sleep

from start_trial import started
from trial import a_screen, picture, tool, window_called
from wine import Wine

DATA = "校安台数据"
_LONGEST_S = 300
_LOOK_AGAIN_S = 0.2


def try_stick(wine: Wine, portable: Path, out: Path) -> None:
    """Open the portable folder from drive E:, a stick, take what it offers, and see it open."""
    stick = out / "U盘"
    shutil.rmtree(stick, ignore_errors=True)
    with zipfile.ZipFile(portable) as files:
        files.extractall(stick)
    drive = wine.prefix / "dosdevices" / "e:"
    drive.unlink(missing_ok=True)
    drive.symlink_to(stick)
    # Z: is this machine itself: as a network drive it is no place to copy anything to.
    for letter, kind in (("e:", "floppy"), ("z:", "network")):
        wine.run("reg", "add", r"HKLM\Software\Wine\Drives", "/v", letter, "/d", kind, "/f")
    with (
        a_screen() as screen,
        started(wine, Path("E:/校安台/校安台.exe"), screen=screen) as running,
    ):
        window = window_called("在U盘上", screen, running)
        picture(window, out / "U盘.png", screen)
        tool(["xdotool", "windowfocus", "--sync", window], screen)
        tool(["xdotool", "key", "Return"], screen)
        running.wait(_LONGEST_S)
        there = _brought(wine)
        _compare(stick / "校安台", there)
        first = _window_after(screen)
        picture(first, out / "从硬盘打开.png", screen)
    wine.end()
    print(f"    从U盘复制到了 {there.relative_to(wine.drive)}，从那里打开了", flush=True)


def _brought(wine: Wine) -> Path:
    found = list(wine.drive.glob("users/*/AppData/Local/xiaoan/校安台"))
    if len(found) != 1:
        sys.exit("从U盘上没有复制到本机硬盘。")
    return found[0]


def _compare(stick: Path, there: Path) -> None:
    for file in stick.rglob("*"):
        copied = there / file.relative_to(stick)
        if DATA in file.parts:
            continue  # no school lies there, only the log of this start
        if file.is_file() and file.read_bytes() != copied.read_bytes():
            sys.exit(f"{file.name} 复制得不一样。")


def _window_after(screen: dict[str, str]) -> str:
    """Wait for the first window of the program that was started from the fixed disk."""
    latest = monotonic() + _LONGEST_S
    search = ["xdotool", "search", "--onlyvisible", "--name", "第一次打开"]
    while monotonic() < latest:
        if found := tool(search, screen):
            return found.splitlines()[-1]
        sleep(_LOOK_AGAIN_S)
    raise SystemExit("复制到本机硬盘以后，程序没有从那里打开。")
