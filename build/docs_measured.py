"""docs/measured.md: what the bench and the tests say, written by them."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from figures import FIGURES

ROOT = Path(__file__).resolve().parents[1]
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def measured() -> str:
    """Run the bench and the tests; return what they say as a page.

    Raises:
        subprocess.CalledProcessError: a part of the bench or a test failed.

    """
    found = json.loads(_run("build/bench.py", "--json").splitlines()[-1])
    tests = _run("-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider")
    passed = next(re.finditer(r"\d+ passed[^\n]*", tests)).group()
    lines = [
        "# 量出来的数",
        "",
        f"{date.today():%Y年%-m月%-d日}，{_machine()}。每一项在自己的进程里量三次取中位数，"
        "缩进的是同一次量出来的对照。",
        "",
        "| 量的是什么 | 结果 | 目标 | |",
        "|---|---:|---:|---|",
    ]
    for figure in FIGURES:
        if figure.name not in found:
            continue  # its part needs a solver that is not installed
        value, most = found[figure.name]["is"], figure.most
        goal = "" if most is None else f"≤ {most:g}"
        verdict = "" if most is None else "达到" if value <= most else "**没有达到**"
        lines.append(f"| {figure.what} | {value:.3g} {figure.unit} | {goal} | {verdict} |")
    lines += [
        "",
        "## 测试",
        "",
        f"全部测试一次跑完：{passed}。",
        "",
        "| 哪里 | 个数 |",
        "|---|---:|",
    ]
    lines += [f"| {place} | {count} |" for place, count in _places().items()]
    return "\n".join(lines) + "\n"


def _places() -> dict[str, int]:
    counted: Counter[str] = Counter()
    for line in _run("-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider").splitlines():
        if found := re.match(r"tests/([^:]+?\.py)::", line):
            folder, is_deep, _ = found[1].partition("/")
            counted[f"tests/{folder}" if is_deep else "tests"] += 1
    return dict(sorted(counted.items()))


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{platform.system()}，{os.cpu_count()}核，{memory:.0f} GB内存，Python {python}"


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
