"""The Windows package within a time: made and tried where that can be done, left out aloud."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_BUILT = 75  # as make.py says it
LEAST_S = 600
MAKE = [sys.executable, str(ROOT / "build" / "dev.py"), "package-windows"]


def main(seconds: int, make: list[str] = MAKE) -> int:
    """Return 0 where the package is right or was left out, else what the maker said."""
    if seconds < LEAST_S:
        return _left_out(f"只剩 {seconds} 秒，至少要 {LEAST_S} 秒")
    process = subprocess.Popen(make, cwd=ROOT, start_new_session=True)
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _end_wine()
        return _left_out(f"{seconds} 秒里没有做完")
    return _left_out("缺少做它的工具，或者没有下载到，见上面") if code == NOT_BUILT else code


def _left_out(why: str) -> int:
    print(f"这一次没有做好 Windows 的安装程序：{why}。别的都检查过了。", flush=True)
    return 0


def _end_wine() -> None:
    """End what Wine has left running in the place of the package, and nothing else."""
    sys.path.insert(0, str(Path(__file__).parent))
    from wine import Wine

    Wine(ROOT / "work" / "windows").end()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
