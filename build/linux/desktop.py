"""What makes a program folder at home on a Linux desktop: scripts, icon, what it needs."""

from __future__ import annotations

import platform
import re
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPTS = ("安装.sh", "卸载.sh")


def furnish(folder: Path, icon: Path) -> None:
    """Put the scripts into a program folder, with the icon and what the PC has to have."""
    for name in SCRIPTS:
        shutil.copy(HERE / name, folder / name)
    inside = folder / "_internal"
    shutil.copy(icon, inside / "xiaoan.png")
    needs = inside / "需要"
    needs.mkdir(exist_ok=True)
    (needs / "处理器").write_text(platform.machine(), encoding="utf-8")
    (needs / "glibc").write_text(newest_glibc(folder), encoding="utf-8")


def newest_glibc(folder: Path) -> str:
    """Return the newest version of the C library that any program or library here asks for."""
    asked = {(2, 0)}
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            if data.startswith(b"\x7fELF"):
                asked |= {(2, int(n)) for n in re.findall(rb"GLIBC_2\.(\d+)\b", data)}
    return ".".join(map(str, max(asked)))
