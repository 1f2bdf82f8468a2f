"""The installed program on a Windows where something stands in the way: what its box says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trial import a_screen, picture, tool, window_called
from wine import Wine

_REFUSED = 1
_LONGEST_S = 120
Screen = dict[str, str]


def try_starts(wine: Wine, installed: Path, data: Path, out: Path) -> None:
    """Start it where it must not open; each time a box says why, and it ends."""
    program = installed / "校安台.exe"
    store = ("--store", wine.seen_by_windows(data))
    with a_screen() as screen:

        def refuses(name: str, *words: str) -> None:
            with started(wine, program, *words, screen=screen) as running:
                _is_refused(running, out / f"{name}.png", screen)
            print(f"    {name}：说了，没有打开", flush=True)

        with _older_windows(wine):
            refuses("Windows太旧", *store)
        with _gone(installed / "_internal" / "msvcp140.dll"):
            refuses("没有运行库", *store)
        with _gone(installed / "_internal" / "PySide6" / "QtGui.pyd"):
            refuses("程序文件不全", *store)
        with _read_only(data / "xiaoan.db"):
            refuses("文件夹不让写", *store)
        with started(wine, program, screen=screen) as first:
            window_called("第一次打开", screen, first)
            refuses("已经开着")


@contextmanager
def started(
    wine: Wine,
    program: Path,
    *words: str,
    screen: Screen,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program on a screen; it is ended when the block is left."""
    running = subprocess.Popen(
        ["wine", str(program), *words],
        env=wine.environment({"DISPLAY": screen["DISPLAY"]}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def _is_refused(running: subprocess.Popen[bytes], shot: Path, screen: Screen) -> None:
    box = window_called("^校安台$", screen, running)
    picture(box, shot, screen)
    tool(["xdotool", "windowfocus", "--sync", box], screen)
    tool(["xdotool", "key", "Return"], screen)
    if (code := running.wait(_LONGEST_S)) != _REFUSED:
        sys.exit(f"“{shot.stem}”的时候，程序的退出码是 {code}，不是 {_REFUSED}。")


@contextmanager
def _older_windows(wine: Wine) -> Iterator[None]:
    wine.run("winecfg", "-v", "win81")
    try:
        yield
    finally:
        wine.run("winecfg", "-v", "win10")


@contextmanager
def _gone(file: Path) -> Iterator[None]:
    aside = file.with_name(f"{file.name}.aside")
    file.replace(aside)
    try:
        yield
    finally:
        aside.replace(file)


@contextmanager
def _read_only(file: Path) -> Iterator[None]:
    before = file.stat().st_mode
    file.chmod(0o444)
    try:
        yield
    finally:
        file.chmod(before)
