"""A copy on a USB stick, read back before anybody pulls it out."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from app.core.errors import UserError
from app.core.files import move_in
from app.core.store.keyfile import keys_path

_BLOCK = 2**20
_SAFE = "电脑里的数据和备份都还在，U盘上以前的备份也没有动。"


def copy_out(copy: Path, folder: Path) -> Path:
    """Write a backup and its key file into a folder on a stick and compare what arrived.

    Raises:
        UserError: the stick is full or was pulled out, or does not give back what was written;
            nothing half done is left there.

    """
    target = folder / copy.name
    with _in_words():
        folder.mkdir(parents=True, exist_ok=True)
        if keys_path(copy).exists():
            _copy(keys_path(copy), keys_path(target))
        _copy(copy, target)
    return target


def _copy(source: Path, target: Path) -> None:
    half = target.with_name(f"{target.name}.part")
    try:
        written = _write(source, half)
        if _read_back(half) != written:
            raise UserError(
                "U盘读回来的内容和写进去的不一样，这只U盘靠不住。",
                safe=_SAFE,
                do="请换一只U盘再备份一次。",
            )
        move_in(half, target)
    finally:
        half.unlink(missing_ok=True)


def _write(source: Path, half: Path) -> bytes:
    """Write a file block by block onto the stick itself, and return the SHA-256 of its bytes."""
    sum_ = sha256()
    with source.open("rb") as here, half.open("wb") as there:
        while block := here.read(_BLOCK):
            sum_.update(block)
            there.write(block)
        there.flush()
        os.fsync(there.fileno())
    return sum_.digest()


def _read_back(half: Path) -> bytes:
    """Return the SHA-256 of what the stick holds, and not of what memory still knows of it."""
    sum_ = sha256()
    with half.open("rb") as there:
        if sys.platform == "linux":
            os.posix_fadvise(there.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := there.read(_BLOCK):
            sum_.update(block)
    return sum_.digest()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
        raise UserError(
            "没有备份到U盘：U盘满了。" if full else "没有备份到U盘：U盘写不进去，或者被拔掉了。",
            safe=_SAFE,
            do="请删掉U盘上不用的文件，或者换一只U盘，再备份一次。"
            if full
            else "请看看U盘是否插好、是否写保护，再备份一次。",
        ) from error
