"""The built program tried on a screen of its own: unlocked, looked at, closed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
SAMPLE_PASSWORD = "yangli2026"
LONGEST_S = 60.0
# Without -noreset it begins anew when its last client leaves, and may miss the next one.
XVFB = ("-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset")
_LOOK_AGAIN_S = 0.02


def try_window(folder: Path, out: Path) -> None:
    """Unlock the sample school in the built window, take its picture and close it; or end."""
    _have_tools()
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run([folder / "xiaoan-cli", "demo", out / "样例"], check=True, capture_output=True)
    data = out / "样例" / "样例数据"
    with a_screen() as screen:
        began = monotonic()
        program = subprocess.Popen([folder / "校安台", "--store", data], env=screen)
        try:
            unlock = window_called("^校安台$", screen, program)
            picture(unlock, out / "打开.png", screen)
            print(f"双击到口令窗口 {monotonic() - began:.2f} 秒", flush=True)
            began = monotonic()
            type_into(unlock, SAMPLE_PASSWORD, screen)
            main = window_called("^校安台 · ", screen, program)
            picture(main, out / "窗口.png", screen)
            print(f"输完口令到窗口 {monotonic() - began:.2f} 秒，连同核对口令", flush=True)
            tool(["xdotool", "windowfocus", "--sync", main], screen)
            tool(["xdotool", "key", "ctrl+q"], screen)
            if code := program.wait(LONGEST_S):
                sys.exit(f"程序关闭时的退出码是 {code}。")
        finally:
            program.kill()
    if (data / "问题记录.log").exists():
        sys.exit("程序里出了错，见问题记录.log。")


def _have_tools() -> None:
    if not (missing := [package for tool, package in TOOLS.items() if not shutil.which(tool)]):
        return
    if os.geteuid():
        sys.exit(f"试窗口要用到：{'、'.join(missing)}。请先用 apt-get install 装上。")
    subprocess.run(["apt-get", "update", "-qq"])
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    subprocess.run(install, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, check=True)


@contextmanager
def a_screen() -> Iterator[dict[str, str]]:
    """Give a screen of 1366×768 that nobody else draws on."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *XVFB],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        kept = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
        yield kept | {"DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()


def window_called(title: str, screen: dict[str, str], program: subprocess.Popen[bytes]) -> str:
    """Wait for a window whose title fits; return its number."""
    latest = monotonic() + LONGEST_S
    while monotonic() < latest and program.poll() is None:
        if found := tool(["xdotool", "search", "--onlyvisible", "--name", title], screen):
            return found.splitlines()[-1]
        sleep(_LOOK_AGAIN_S)
    raise SystemExit(f"没有等到标题是“{title}”的窗口。")


def type_into(window: str, text: str, screen: dict[str, str]) -> None:
    """Give a window the keys of a text, then Enter."""
    tool(["xdotool", "windowfocus", "--sync", window], screen)
    tool(["xdotool", "type", "--delay", "5", text], screen)
    tool(["xdotool", "key", "Return"], screen)


def picture(window: str, path: Path, screen: dict[str, str]) -> None:
    """Save what a window shows."""
    sleep(0.3)  # until what was asked for is drawn
    tool(["import", "-window", window, str(path)], screen)


def tool(words: list[str], screen: dict[str, str]) -> str:
    """Run a tool on a screen; return what it printed."""
    return subprocess.run(words, env=screen, capture_output=True, text=True).stdout.strip()
