"""One program at a time in a data folder; the lock dies with the process that holds it."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

from app.core.errors import UserError

_FAR = 1 << 20  # Windows locks bytes: one far behind the text, so that the text stays readable
_MOST_TEXT = 200


class DataLock:
    """Held from opening a data folder to closing it; ``holder`` says what holds it, as “窗口”.

    Raises:
        UserError: another program holds it, or the folder cannot be written to.

    """

    def __init__(self, path: Path, *, holder: str, now: datetime | None = None) -> None:
        self._handle = _open(path)
        try:
            _take(self._handle)
        except OSError as error:
            refusal = _refusal(self._handle)
            os.close(self._handle)
            raise refusal from error
        text = f"{holder}（{now or datetime.now():%m月%d日 %H:%M}）".encode()
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, text)

    def release(self) -> None:
        """Let the next program in; releasing twice does no harm."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise UserError(
            f"数据文件夹“{path.parent.name}”打不开，或者不让写。",
            safe="里面的数据没有被改动。",
            do="请看看磁盘是否还在、文件夹是否写保护，再试一次。",
        ) from error


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _refusal(handle: int) -> UserError:
    os.lseek(handle, 0, os.SEEK_SET)
    holder = os.read(handle, _MOST_TEXT).decode("utf-8", "replace").strip()
    return UserError(
        f"校安台已经开着：{holder}。" if holder else "校安台已经开着。",
        safe="数据没有被改动。",
        do="请先关掉已经打开的校安台，再试一次。",
    )
