"""docs/measured.md: what the bench and the tests say, written by them."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree

from figures import FIGURES, Figure

ROOT = Path(__file__).resolve().parents[1]
LAST_TESTS = ROOT / "work" / "tests.xml"  # as the last ``dev.py test`` has left it
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
_CPU_INFO = Path("/proc/cpuinfo")
_INDENT = "　"
_HEAD = (
    "| 量的是什么 | 结果 | 目标 | 达到没有 | 对照：同一次量的底数 |",
    "|---|---:|---:|---|---|",
)


def measured() -> str:
    """Run the bench, count the tests; return what they say as a page.

    Raises:
        subprocess.CalledProcessError: a part of the bench failed.

    """
    load, began = os.getloadavg()[0], monotonic()
    found = json.loads(_run("build/bench.py", "--json").splitlines()[-1])
    minutes = (monotonic() - began) / 60
    return page({name: one["is"] for name, one in found.items()}, _machine(load), minutes)


def page(found: Mapping[str, float], machine: str, minutes: float) -> str:
    """Return the page of these figures and of the tests there are."""
    lines = [
        "# 量出来的数",
        "",
        f"{date.today():%Y年%-m月%-d日}，{machine}。这一页由 `dev.py docs --measured` 写成，"
        f"量一遍用了{minutes:.0f}分钟；没有一个数是手写的。",
        "",
        "每一项在自己的进程里量三次取中位数，量一次就要很久的只量一次。“s CPU”“ms CPU”是处理器"
        "真正算了多久，机器忙不忙都一样；“s”“ms”按钟表算，机器上别的程序多，就会大一些。"
        "“对照”是同一次量出来的底数：不用本软件、只做其中绕不过去的那一步要多少。",
        "",
        *_HEAD,
        *_rows(found),
        "",
        *_tests(),
    ]
    return "\n".join(lines) + "\n"


def _rows(found: Mapping[str, float]) -> list[str]:
    """Return a line for each figure; its floor stands beside it and not below."""
    lines: list[list[str]] = []
    beside = 0
    for figure in FIGURES:
        if figure.name not in found:
            continue  # its part needs a solver, or a package, that is not there
        value = f"{_short(found[figure.name])} {figure.unit}"
        if "_floor" in figure.name and lines:
            lines[beside][4] = f"{value}（{figure.what.strip(_INDENT)}）"
            continue
        if figure.most is not None and "worst" not in figure.name:
            beside = len(lines)
        lines.append([figure.what, value, *_verdict(figure, found[figure.name]), ""])
    return [f"| {' | '.join(cells)} |" for cells in lines]


def _verdict(figure: Figure, value: float) -> tuple[str, str]:
    if figure.most is None:
        return "", ""
    return f"≤ {figure.most:g}", "达到" if value <= figure.most else "**没有达到**"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _tests() -> list[str]:
    places = _places()
    lines = ["## 测试", "", f"一共有{sum(places.values())}个测试。{_last_run()}", ""]
    lines += ["| 哪里 | 个数 |", "|---|---:|"]
    return lines + [f"| {place} | {count} |" for place, count in places.items()]


def _last_run() -> str:
    """Say how the last run of the tests ended, where one has left its record."""
    if not LAST_TESTS.exists():
        return "这个文件夹里没有全部跑过一遍的记录。"
    suites = ElementTree.parse(LAST_TESTS).getroot().iter("testsuite")
    told: Counter[str] = Counter()
    for suite in suites:
        told.update({key: int(suite.get(key, 0)) for key in _ENDS})
        told["seconds"] += round(float(suite.get("time", 0)))
    bad = told["failures"] + told["errors"]
    passed = told["tests"] - bad - told["skipped"]
    how = f"没有通过{bad}个" if bad else "没有一个不通过"
    skipped = f"，这里做不了、跳过{told['skipped']}个" if told["skipped"] else ""
    minutes = told["seconds"] / 60
    return f"最近一次跑了{told['tests']}个：通过{passed}个，{how}{skipped}，用了{minutes:.0f}分钟。"


_ENDS = ("tests", "failures", "errors", "skipped")


def _places() -> dict[str, int]:
    counted: Counter[str] = Counter()
    for line in _run("-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider").splitlines():
        if found := re.match(r"tests/([^:]+?\.py)::", line):
            folder, is_deep, _ = found[1].partition("/")
            counted[f"tests/{folder}" if is_deep else "tests"] += 1
    return dict(sorted(counted.items()))


def _machine(load: float) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = os.cpu_count() or 1
    said = f"{platform.system()}，{_processor()}{cores}核，{memory:.0f} GB内存"
    busy = "；开始量的时候机器上有别的程序在忙" if load > cores / 2 else ""
    return f"{said}，Python {platform.python_version()}{busy}"


def _processor() -> str:
    if not _CPU_INFO.exists():
        return ""
    name = re.search(r"^model name\s*:\s*(.+)$", _CPU_INFO.read_text("utf-8"), re.MULTILINE)
    return f"{name[1].strip()}，" if name else ""


def _run(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | _OFFSCREEN,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
