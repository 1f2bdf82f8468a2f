"""The installed program used under Wine: a school founded, lists read, papers made, the window."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import start_trial
from start_trial import started
from trial import a_screen, picture, type_into, window_called
from wine import Wine

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
ENTRY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\xiaoan"
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
    _see_the_window(wine, setup, installed / "校安台.exe", data, out)
    start_trial.try_starts(wine, installed, data, out)
    _install_again(wine, setup, installed)
    if not desk.says("check")["ok"]:
        sys.exit("更新以后，资料检查出了问题。")
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


def _see_the_window(wine: Wine, setup: Path, program: Path, data: Path, out: Path) -> None:
    """Unlock the window and take its picture; it is left open when the PC is shut down."""
    with a_screen() as screen:
        began = monotonic()
        store = ("--store", wine.seen_by_windows(data))
        with started(wine, program, *store, screen=screen) as running:
            unlock = window_called("^校安台$", screen, running)
            print(f"    口令窗口 {monotonic() - began:.1f} 秒", flush=True)
            sleep(2)
            picture(unlock, out / "打开.png", screen)
            type_into(unlock, PASSWORD, screen)
            main = window_called("^校安台 · ", screen, running)
            sleep(3)
            picture(main, out / "窗口.png", screen)
            _install_while_open(wine, setup, program.parent)
            _shut_down(wine, running, data, screen)


def _install_while_open(wine: Wine, setup: Path, installed: Path) -> None:
    """Install while the window is open: nothing may change."""
    mark = installed / "_internal" / "旧版的文件.txt"
    mark.touch()
    wine.run(setup, "/S", may_fail=True)
    if not mark.exists():
        sys.exit("校安台开着的时候，安装程序动了它的文件。")
    mark.unlink()
    print("    开着的时候没有更新", flush=True)


def _shut_down(
    wine: Wine, running: subprocess.Popen[bytes], data: Path, screen: dict[str, str]
) -> None:
    """Shut Windows down with the window open: the data is closed in order."""
    if not (data / "xiaoan.db-open").exists():
        sys.exit("窗口开着，资料却没有打开的记号。")
    environment = wine.environment({"DISPLAY": screen["DISPLAY"]})
    subprocess.run(["wine", "wineboot", "-e"], env=environment, capture_output=True, timeout=120)
    running.wait(120)
    if left := [name for name in ("xiaoan.db-open", "xiaoan.db-wal") if (data / name).exists()]:
        sys.exit(f"关机的时候没有把资料关好，留下了：{'、'.join(left)}。")
    print("    关机的时候资料关好了", flush=True)


def _install_again(wine: Wine, setup: Path, installed: Path) -> None:
    """Install over what is there: old parts go, data stays, and an older one does nothing."""
    stale = installed / "_internal" / "旧版的文件.txt"
    kept = installed / "校安台数据" / "记号.txt"
    kept.parent.mkdir()
    for file in (stale, kept):
        file.touch()
    wine.run(setup, "/S")
    if stale.exists() or not kept.exists() or not (installed / "校安台.exe").exists():
        sys.exit("更新没有做对：旧的程序文件应该没有了，程序旁边的资料应该还在。")
    stale.touch()
    newer = ("/v", "DisplayVersion", "/d", "99.0.0", "/f")
    wine.run("reg", "add", f"HKCU\\{ENTRY}", *newer)
    wine.run(setup, "/S", may_fail=True)
    if not stale.exists():
        sys.exit("旧的安装程序盖掉了新的程序。")
    stale.unlink()
    shutil.rmtree(kept.parent)
    print("    更新做好了，旧版没有盖掉新版", flush=True)
