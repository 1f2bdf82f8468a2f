"""The installed program used under Wine: a school founded, lists read, papers made, the window."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

from wine import Wine

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
WHO, PASSWORD = "张老师", "hongqi2026anquan"
LISTS = {
    "students": "学籍导出_青石镇中心小学.xlsx",
    "staff": "教职工名单_青石镇中心小学.xlsx",
    "hazards": "隐患台账_旧表_青石镇中心小学.xlsx",
}


def try_installed(wine: Wine, setup: Path, out: Path) -> None:
    """Install, give the commands of a morning, open the window, uninstall; or end."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    wine.run(setup, "/S")
    installed = _installed(wine)
    data = out / "张老师 的文件" / "校安台数据"
    desk = _Desk(wine, installed / "xiaoan-cli.exe", data)
    desk.says(
        "init", "--school", "青石镇中心小学", "--code", "QS0001", "--kind", "小学", "--user", WHO
    )
    for what, name in LISTS.items():
        desk.says("import", what, wine.seen_by_windows(DATA / name))
    pdf, package = out / "隐患 台账.pdf", out / "报送.zip"
    desk.says("print", "hazard_ledger", "--out", wine.seen_by_windows(pdf))
    desk.says("export", "--out", wine.seen_by_windows(package))
    if not desk.says("verify", wine.seen_by_windows(package))["ok"]:
        sys.exit("Windows 上写的数据文件核对不上。")
    if not pdf.read_bytes().startswith(b"%PDF"):
        sys.exit("Windows 上没有打出台账。")
    _see_the_window(wine, installed / "校安台.exe", data, out)
    wine.run(installed / "卸载校安台.exe", "/S", f"_?={_inside(wine, installed)}")
    if (installed / "校安台.exe").exists() or not (data / "xiaoan.db").exists():
        sys.exit("卸载没有做对：程序应该没有了，资料应该还在。")


def _installed(wine: Wine) -> Path:
    found = list(wine.drive.glob("users/*/AppData/Local/Programs/校安台"))
    if len(found) != 1:
        sys.exit("安装以后找不到程序。")
    return found[0]


def _inside(wine: Wine, path: Path) -> str:
    return "C:\\" + str(path.relative_to(wine.drive)).replace("/", "\\")


class _Desk:
    """Somebody who gives commands to the installed program."""

    def __init__(self, wine: Wine, program: Path, data: Path) -> None:
        self._wine, self._program, self._data = wine, program, data

    def says(self, *words: str) -> dict[str, object]:
        """Give a command that is to be done; return its answer."""
        who = {"XIAOAN_USER": WHO, "XIAOAN_PASSWORD": PASSWORD}
        store = self._wine.seen_by_windows(self._data)
        said = self._wine.run(self._program, "--store", store, "--json", *words, more=who)
        try:
            answer: dict[str, object] = json.loads(said[said.index("{") :])
        except ValueError:
            sys.exit(f"“{words[0]}”的回答读不懂：{said[-400:]}")
        print(f"    {words[0]} 做好了", flush=True)
        return answer


def _see_the_window(wine: Wine, program: Path, data: Path, out: Path) -> None:
    """Unlock the window and take its picture; it is left with Ctrl+Q."""
    from trial import a_screen, picture, tool, type_into, window_called

    with a_screen() as screen:
        began = monotonic()
        words = ["wine", str(program), "--store", wine.seen_by_windows(data)]
        started = subprocess.Popen(
            words,
            env=wine.environment({"DISPLAY": screen["DISPLAY"]}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            unlock = window_called("^校安台$", screen, started)
            print(f"    口令窗口 {monotonic() - began:.1f} 秒", flush=True)
            sleep(2)
            picture(unlock, out / "打开.png", screen)
            type_into(unlock, PASSWORD, screen)
            main = window_called("^校安台 · ", screen, started)
            sleep(3)
            picture(main, out / "窗口.png", screen)
            tool(["xdotool", "windowfocus", "--sync", main], screen)
            tool(["xdotool", "key", "ctrl+q"], screen)
            started.wait(120)
        finally:
            started.kill()
