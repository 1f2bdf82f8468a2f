"""The place to work in: .venv with what pyproject.toml asks for, and the libraries Qt needs."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MARK = VENV / ".ready"
SOURCES = (ROOT / "pyproject.toml", ROOT / "build" / "constraints.txt")
# What Qt loads from the system, and the Debian package that brings it. Those of the second group
# are needed by a window on an X screen only.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def ready() -> str:
    """Return the Python of an environment that has everything, making it if need be."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file meets any Python there is
        sys.exit("校安台需要 Python 3.11 或更新的版本。")
    _install_libraries()
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()
    if not (MARK.exists() and MARK.read_text() == wanted and PYTHON.exists()):
        _make_environment()
        MARK.write_text(wanted)
    return str(PYTHON)


def has_screen() -> bool:
    """Say whether a window could be seen here."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _make_environment() -> None:
    print("第一次运行：正在准备 .venv，需要几分钟。", flush=True)
    if not _has_pip():
        shutil.rmtree(VENV, ignore_errors=True)
        _make_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    _demand([*pip, *_requirements(), "-c", str(ROOT / "build" / "constraints.txt")])


def _requirements() -> list[str]:
    """Return what pyproject.toml asks for, so that the project itself is never installed."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


def _make_venv() -> None:
    """Make .venv with pip in it, also where Debian has split ensurepip off."""
    if _try([sys.executable, "-m", "venv", str(VENV)]) and _has_pip():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if _try([sys.executable, "-m", "virtualenv", "--quiet", str(VENV)]) and _has_pip():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if _try([sys.executable, "-m", "venv", "--without-pip", str(VENV)]) and _borrow_pip():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    _apt(["python3-venv"], "创建 .venv 所需的 python3-venv")
    _demand([sys.executable, "-m", "venv", str(VENV)])


def _borrow_pip() -> bool:
    """Have the pip of the system put one into .venv."""
    borrowed = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "pip"]
    return _try(borrowed) and _has_pip()


def _has_pip() -> bool:
    return PYTHON.exists() and _try([str(PYTHON), "-m", "pip", "--version"])


def _install_libraries() -> None:
    """Install the system libraries Qt lacks here, or say the one line that would."""
    if not sys.platform.startswith("linux"):
        return
    wanted = LIBRARIES | (SCREEN_LIBRARIES if has_screen() else {})
    if missing := sorted(package for name, package in wanted.items() if not _loads(name)):
        _apt(missing, "窗口程序所需的系统库")


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _apt(packages: list[str], why: str) -> None:
    """Install Debian packages as root, on a terminal only after a yes; else end with the line."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not shutil.which("apt-get"):
        sys.exit(f"这台电脑缺少{why}：{'、'.join(packages)}。请用系统的软件管理器装上再试。")
    print(f"这台电脑缺少{why}：{'、'.join(packages)}。", flush=True)
    sudo = [] if as_root else ["sudo"]
    on_terminal = sys.stdin is not None and sys.stdin.isatty()
    if on_terminal:
        if input("现在用 apt-get 安装吗？[Y/n] ").strip().lower() not in ("", "y", "yes", "是"):
            sys.exit(f"没有安装。需要时请运行：\n  sudo {line}")
    elif not as_root:
        sys.exit(f"请先运行这一行，再试一次：\n  sudo apt-get update && sudo {line}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, "apt-get", "update", "-qq"], env=environment)
    _demand([*sudo, *line.split(), "-qq"], environment)


def _try(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def _demand(command: list[str], environment: dict[str, str] | None = None) -> None:
    if subprocess.run(command, env=environment).returncode:
        sys.exit(f"这一步没有成功：{' '.join(command[:4])} … 请看上面的说明，改好再试。")
