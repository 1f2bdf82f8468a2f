"""What of the data folder may stand in the way, looked for before the password is asked."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from app.core.disks import free_bytes
from app.core.errors import UserError
from app.core.paths import Paths
from app.core.store.lock import DataLock

TIGHT_BYTES = 100 * 1024**2  # a default: less than this and a backup may not fit any more


def refuse_this_folder(paths: Paths) -> None:
    """Go on only if the data there, if there is any, can be worked with.

    Raises:
        UserError: it is write-protected, or another program has it open.

    """
    refuse_read_only(paths)
    refuse_open_already(paths.lock)


def refuse_open_already(lock: Path) -> None:
    """Go on only if no other program has the data open.

    Raises:
        UserError: another one has it open, or the folder cannot be written to.

    """
    if lock.exists():
        hold(lock).release()


def hold(lock: Path) -> DataLock:
    """Hold a place for this window alone.

    Raises:
        UserError: another window holds it, or the folder cannot be written to.

    """
    try:
        return DataLock(lock, holder="窗口")
    except UserError as error:
        if "已经开着" not in error.what:
            raise
        raise UserError(
            error.what,
            safe="已经打开的那一个不受影响。",
            do="请在屏幕下面的任务栏里找到它，接着用；找不到就重启电脑，再打开一次。",
        ) from error


def refuse_read_only(paths: Paths) -> None:
    """Go on only if what is in the data folder may be written to.

    Raises:
        UserError: the folder, the database or the keys are write-protected.

    """
    if not paths.data.is_dir():
        return
    locked = [p for p in (paths.database, paths.keys) if p.exists() and not os.access(p, os.W_OK)]
    if not locked and _takes_a_file(paths.data):
        return
    name = locked[0].name if locked else paths.data.name
    raise UserError(
        f"资料写不进去：“{name}”不让写。",
        safe="里面的资料没有被改动。",
        do=(
            f"请看看文件夹“{paths.data}”：去掉它和里面文件的“只读”，"
            "或者把整个文件夹复制到自己能写的地方，再打开。"
        ),
    )


def tight_disk(paths: Paths) -> UserError | None:
    """Return a warning if the next backup may not fit where the data lies."""
    if not paths.data.is_dir():
        return None
    free = free_bytes(paths.data)
    size = paths.database.stat().st_size if paths.database.exists() else 0
    if free >= max(TIGHT_BYTES, 2 * size):
        return None
    return UserError(
        f"磁盘快满了：放资料的地方只剩{free // 1024**2}MB。",
        safe="资料都还在，现在还能打开。",
        do="请马上删掉些不用的文件、清空回收站，不然新的记录和备份可能存不上。",
    )


def _takes_a_file(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError as error:
        return error.errno == errno.ENOSPC  # a full disk is another matter
