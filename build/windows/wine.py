"""A Windows to build and try on: Wine with a home, a screen and a Python of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = {
    "wine": "wine",
    "/usr/lib/wine/wine64": "wine64",
    "xvfb-run": "xvfb",
    "xauth": "xauth",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "xdotool": "xdotool",
    "import": "imagemagick",
}
# Windows brings these, Wine 8 does not; they stay in its own folder and never ship.
STAND_INS = {"icuuc": (), "mscms": (), "bcryptprimitives": ("-ladvapi32",)}
# Python asks WMI about the platform and Wine 8 dies of it; the menu builder writes into our home.
# A school's PC has no C++ runtime of its own, either: whatever is not in the program is not there.
OVERRIDES = (
    "mscoree,mshtml,wbemprox,winedbg.exe,winemenubuilder.exe=;mscms=n;"
    "msvcp140,msvcp140_1,msvcp140_2,vcruntime140,vcruntime140_1,concrt140=n"
)
_NOISE = ("X connection", "after ", "it looks like wine32", "multiarch", "wine32:i386")


def have_tools() -> None:
    """Install what is missing where that is allowed, or say the one line that would."""
    missing = [package for tool, package in PACKAGES.items() if not shutil.which(tool)]
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid():
        sys.exit(f"做 Windows 的安装程序要用到：{'、'.join(missing)}。请先运行：\n  sudo {line}")
    subprocess.run(["apt-get", "update", "-qq"])
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*line.split(), "-qq"], env=quiet, check=True, stdout=subprocess.DEVNULL)


class Wine:
    """One Windows 10 in a folder; nothing of it lies anywhere else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.prefix = folder / "prefix"
        self.drive = self.prefix / "drive_c"

    def begin(self) -> None:
        """Make it anew, with the stand-ins for what Wine lacks."""
        shutil.rmtree(self.prefix, ignore_errors=True)
        (self._folder / "home").mkdir(parents=True, exist_ok=True)
        self.run("wineboot", "-i", may_fail=True)
        self.run("winecfg", "-v", "win10")
        system = self.drive / "windows" / "system32"
        (system / "mscms.dll").unlink(missing_ok=True)
        for name, libraries in STAND_INS.items():
            compiler = ["x86_64-w64-mingw32-gcc", "-O1", "-s", "-shared"]
            target = ["-o", str(system / f"{name}.dll"), str(HERE / "shim" / f"{name}.c")]
            subprocess.run([*compiler, *target, *libraries], check=True)

    def run(
        self,
        *words: str | Path,
        more: dict[str, str] | None = None,
        cwd: Path | None = None,
        timeout_s: float = 600,
        may_fail: bool = False,
    ) -> str:
        """Run a Windows program on a screen of its own; return what it printed.

        Its output goes through a pipe: Python 3.13 under Wine 8 aborts when it is a plain file.
        """
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "wine"]
        done = subprocess.run(
            [*screen, *map(str, words)],
            env=self.environment(more),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout_s,
        )
        said = done.stdout.decode("utf-8", errors="replace")
        said = "\n".join(ln for ln in said.splitlines() if not any(n in ln for n in _NOISE))
        if done.returncode and not may_fail:
            sys.exit(
                f"{said}\n在 Wine 里没有成功（{done.returncode}）：{' '.join(map(str, words))}"
            )
        return said

    def end(self) -> None:
        """End every program under this Wine."""
        subprocess.run(["wineserver", "-k"], env=self.environment(), capture_output=True)

    def environment(self, more: dict[str, str] | None = None) -> dict[str, str]:
        """Return the variables a program under this Wine is started with."""
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("QT_", "XIAOAN", "PYTHON"))
        }
        mine = {
            "HOME": str(self._folder / "home"),
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": OVERRIDES,
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
        }
        return kept | mine | (more or {})

    def seen_by_windows(self, path: Path) -> str:
        """Return a path of this machine as a program under Wine names it."""
        return "Z:" + str(path.resolve()).replace("/", "\\")
