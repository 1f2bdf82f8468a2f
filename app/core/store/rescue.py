"""When the database cannot be used: which backups could take its place."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import UserError
from app.core.store.backup import Copy, DamagedCopy, check, copies_in
from app.core.store.trouble import Damaged

_MOST_TRIED = 20


def newest_good(folder: Path, key: bytes) -> Copy | None:
    """Return the newest copy that reads back whole with this key; looks at the 20 newest."""
    for copy in reversed(copies_in(folder)[-_MOST_TRIED:]):
        if is_good(copy, key):
            return copy
    return None


def is_good(copy: Copy, key: bytes) -> bool:
    """Say whether a copy reads back whole with this key."""
    try:
        check(copy.path, key)
    except (DamagedCopy, UserError, OSError):
        return False
    return True


def with_way_out(error: Damaged, folder: Path, key: bytes) -> Damaged:
    """Say the same, and which backup to go back to."""
    if copy := newest_good(folder, key):
        day = f"{copy.made_at.year}年{copy.made_at.month}月{copy.made_at.day}日"
        way = f"最近一份完好的备份是{day}{copy.made_at:%H:%M}的，请从它恢复。"
    else:
        way = "电脑里没有找到能用的备份，请插上备份U盘，从U盘上的备份恢复。"
    return Damaged(error.what, safe=error.safe, do=way)
