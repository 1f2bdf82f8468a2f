"""Putting a file on a stick so that it is there: room first, then written, then read back."""

from __future__ import annotations

import os
from pathlib import Path

from app.core.disks import Kind, disk_of, free_bytes, read_disks
from app.core.errors import UserError
from app.core.files import put

_SPARE_BYTES = 1_000_000  # what a stick needs for itself beside the file


def sticks() -> list[tuple[Path, int]]:
    """Return the sticks and portable disks that are in, each with what is free on it."""
    roots = [Path(disk.root) for disk in read_disks() if disk.kind is Kind.REMOVABLE]
    return [(root, free_bytes(root)) for root in roots if os.access(root, os.W_OK)]


def is_stick(target: Path) -> bool:
    """Say whether a file lies on something that will be pulled out."""
    return disk_of(target.absolute().parent, read_disks()).kind is Kind.REMOVABLE


def place(target: Path, data: bytes) -> None:
    """Write the file, have the disk keep it, and compare what the disk gives back.

    Raises:
        UserError: there is no room, the disk does not take it or is gone, or it gives back
            something else. No half-written file is left.

    """
    free = free_bytes(target.parent)
    if free < len(data) + _SPARE_BYTES:
        raise UserError(
            f"这里放不下：文件有{_mb(len(data))}MB，只剩{_mb(free)}MB。",
            safe="什么都没有写，校安台里的记录没有变。",
            do="请换一个U盘，或者删掉些不用的文件再来。",
        )
    put(target, data)
    try:
        same = _read_afresh(target) == data
    except OSError:
        raise UserError(
            "文件写出去以后读不回来，U盘可能松了或者已经拔下。",
            safe="校安台里的记录没有变，这一份不算生成过。",
            do="请插好U盘再来一次；U盘上如果有这个文件，请不要交出去。",
        ) from None
    if not same:
        target.unlink(missing_ok=True)
        raise UserError(
            "数据文件写出去以后读回来不一样，已经把它删掉。",
            safe="校安台里的记录没有变。",
            do="请换一个U盘或文件夹再试一次。",
        )


def said_of(target: Path) -> str:
    """Say whether the stick may be pulled out now, no more than is known."""
    if not is_stick(target):
        return "文件在这台电脑上，已经存好、读回来比较过。要交给镇里，请再拷到U盘。"
    if os.name == "nt":
        return "文件已经写进U盘，读回来比较过，一个字节也不差。请点右下角“安全删除硬件”，再拔U盘。"
    return "文件已经写进U盘，读回来比较过，一个字节也不差。请先“弹出”，再拔U盘。"


def _read_afresh(target: Path) -> bytes:
    """Read from the disk itself where the system lets go of what it remembers of a file."""
    with target.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f}"
