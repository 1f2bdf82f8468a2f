"""A copy on a USB stick, read back before anybody pulls it out."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from app.core.errors import UserError
from app.core.files import move_in
from app.core.store.keyfile import keys_path

_BLOCK = 2**20
Tick = Callable[[int, int, str], object]
_Told = Callable[[int, str], object]
_SAFE = "电脑里的数据和备份都还在，U盘上以前的备份也没有动。"


def copy_out(copy: Path, folder: Path, *, tick: Tick = lambda *_: None) -> Path:
    """Write a backup and its key file into a folder on a stick and compare what arrived.

    ``tick`` hears the MB done, of how many, and what is going on; it may stop it all by raising.

    Raises:
        UserError: the stick is full or was pulled out, or does not give back what was written;
            nothing half done is left there.

    """
    target = folder / copy.name
    mb = max(copy.stat().st_size // _BLOCK, 1)
    with _in_words(), _alone_no_keys(target):
        folder.mkdir(parents=True, exist_ok=True)
        if keys_path(copy).exists():
            _copy(keys_path(copy), keys_path(target))
        _copy(copy, target, lambda done, what: tick(min(done, 2 * mb), 2 * mb, what))
    return target


@contextmanager
def _alone_no_keys(target: Path) -> Iterator[None]:
    """Leave no key file there whose copy has not arrived."""
    there = keys_path(target).exists()
    try:
        yield
    except BaseException:
        if not there and not target.exists():
            keys_path(target).unlink(missing_ok=True)
        raise


def _copy(source: Path, target: Path, told: _Told = lambda done, what: None) -> None:
    half = target.with_name(f"{target.name}.part")
    try:
        written = _write(source, half, told)
        if _read_back(half, told) != written:
            raise UserError(
                "U盘读回来的内容和写进去的不一样，这只U盘靠不住。",
                safe=_SAFE,
                do="请换一只U盘再备份一次。",
            )
        move_in(half, target)
    finally:
        half.unlink(missing_ok=True)


def _write(source: Path, half: Path, told: _Told) -> bytes:
    """Write a file block by block onto the stick itself, and return the SHA-256 of its bytes."""
    sum_, done = sha256(), 0
    with source.open("rb") as here, half.open("wb") as there:
        while block := here.read(_BLOCK):
            told(done, "写到U盘")
            sum_.update(block)
            there.write(block)
            done += 1
        there.flush()
        os.fsync(there.fileno())
    return sum_.digest()


def _read_back(half: Path, told: _Told) -> bytes:
    """Return the SHA-256 of what the stick holds, and not of what memory still knows of it."""
    sum_, done = sha256(), half.stat().st_size // _BLOCK
    with half.open("rb") as there:
        if sys.platform == "linux":
            os.posix_fadvise(there.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := there.read(_BLOCK):
            told(done, "读回来核对")
            sum_.update(block)
            done += 1
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
