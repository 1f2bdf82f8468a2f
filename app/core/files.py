"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import time
from pathlib import Path

from app.core.errors import UserError

_IS_SCANNED = os.name == "nt"
_TRIES = 10
_FIRST_PAUSE_S = 0.02


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may look into; one that is there stays as it is.

    Windows gives a folder the rights of the one it lies in, so that a stick works on any PC.
    """
    folder.mkdir(mode=0o700 if os.name == "posix" else 0o777, parents=True, exist_ok=True)


def put(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, have the disk keep it, and move it in.

    Raises:
        UserError: the place cannot be written to or is full; an older file there is untouched.

    """
    half = path.with_name(f".{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with half.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            move_in(half, path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"文件“{path.name}”没有存上：这个位置写不进去。",
            safe="原来的文件和校安台里的记录都没有变。",
            do="请看看磁盘是否已满、是否写保护，文件是否正被别的程序打开，再换个位置试一次。",
        ) from error


def move_in(half: Path, target: Path) -> None:
    """Put a finished file in its place and have the disk keep the move."""
    move(half, target)
    sync(target.parent)


def move(here: Path, there: Path) -> None:
    """Move a file or a folder on its own disk, in the place of a file that lies there.

    On Windows a virus scanner may hold either for a moment, or anything inside a folder that was
    just written: tried again with growing pauses.
    """
    for attempt in range(_TRIES):
        try:
            here.replace(there)
            return
        except PermissionError:
            if not _IS_SCANNED or attempt == _TRIES - 1:
                raise
            time.sleep(_FIRST_PAUSE_S * 2**attempt)


def sync(path: Path) -> None:
    """Have the disk itself keep a file or a folder; Windows cannot do so for a folder."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        if not path.is_dir() or error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise  # a stick or a share may not know how to keep a folder
    finally:
        os.close(handle)
