"""What of this PC may stand in the way, looked for before any part of the program loads."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from app.core.errors import UserError
from app.core.native import has_screen

OLDEST_BUILD = 17763  # Windows 10 1809, the oldest that Qt 6.11 runs on
RUNTIME = (  # what Qt was built with
    *("vcruntime140.dll", "vcruntime140_1.dll"),
    *("msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll"),
)
# What the program asks of a Linux desktop, and the package of Debian's, 麒麟's and 统信's it is in.
SYSTEM_PARTS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxcb.so.1": "libxcb1",
    "libstdc++.so.6": "libstdc++6",
    "libexpat.so.1": "libexpat1",
}
_LOST = re.compile(r"(lib\S+\.so[.\d]*): cannot open shared object")
_NOTHING = "什么都没有改动，学校的资料也都还在。"


def refuse_old_windows(build: int) -> None:
    """Go on only on a Windows this program runs on.

    Raises:
        UserError: it is older than Windows 10 1809.

    """
    if build < OLDEST_BUILD:
        raise UserError(
            "这台电脑的 Windows 太旧，校安台打不开。",
            safe=_NOTHING,
            do="校安台需要 Windows 10（1809 以后）或 Windows 11。请更新系统，或者换一台电脑。",
        )


def refuse_lost_runtime(loads: Callable[[str], bool]) -> None:
    """Go on only if the C++ runtime that Qt needs is there.

    Raises:
        UserError: a part of it cannot be loaded.

    """
    lost = [name for name in RUNTIME if not loads(name)]
    if lost:
        raise UserError(
            f"校安台缺少运行库，打不开：{'、'.join(lost)}。",
            safe=_NOTHING,
            do=(
                "多半是杀毒软件隔离了它：请在杀毒软件里恢复，再把校安台的文件夹设为信任；"
                "或者重新安装一遍校安台。"
            ),
        )


def lost_parts(error: ImportError | OSError) -> UserError:
    """Return what to say when a part of the program itself cannot be loaded."""
    library = found[1] if (found := _LOST.search(str(error))) else None
    if package := SYSTEM_PARTS.get(library or ""):
        return UserError(
            f"这台电脑的系统里没有“{library}”，校安台打不开。",
            safe=_NOTHING,
            do=f"请联网以后在终端里输入 sudo apt install {package} 按回车，装好了再打开。",
        )
    name = library or getattr(error, "name", None)
    return UserError(
        f"校安台的程序文件不全，打不开{f'：缺少“{name}”' if name else ''}。",
        safe=_NOTHING,
        do=(
            "多半是杀毒软件隔离了其中的文件，或者复制时没有复制完。请在杀毒软件里恢复，"
            "再把校安台的文件夹设为信任；或者重新安装一遍校安台。"
        ),
    )


def refuse_no_screen() -> None:
    """Go on only where a window can be seen.

    Raises:
        UserError: there is no screen.

    """
    if not has_screen() and "QT_QPA_PLATFORM" not in os.environ:
        raise UserError(
            "这里没有屏幕，校安台的窗口打不开。",
            safe=_NOTHING,
            do="请在电脑的桌面上打开它；不开窗口也能做的事，用 xiaoan-cli --help 看。",
        )


def refuse_this_pc() -> None:
    """Go on only if the window can open on this PC.

    Raises:
        UserError: the first thing found that stands in the way.

    """
    if sys.platform == "win32":
        refuse_old_windows(sys.getwindowsversion().build)
        refuse_lost_runtime(_loads)
    refuse_no_screen()


def _places_of(name: str, folders: Iterable[Path]) -> Iterator[str]:
    yield from (str(folder / name) for folder in folders if (folder / name).exists())
    yield name


def _loads(name: str) -> bool:
    """Say whether a library of Windows can be loaded: our own copy first, then the system's."""
    inside = Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    for place in _places_of(name, (inside, inside / "PySide6", inside / "shiboken6")):
        try:
            ctypes.CDLL(place)
        except OSError:
            continue
        return True
    return False
