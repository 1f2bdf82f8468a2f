"""What the disk or the database refuses, in words for a person."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2

from app.core.errors import UserError

NOTHING_LOST = "原来的记录都还在，这一次的改动没有保存。"
UNTOUCHED = "数据文件没有被改动。"
FaultyFile = (dbapi2.DatabaseError, MemoryError)  # SQLCipher's answer to a bad page is either
_SAVING = {
    "SQLITE_FULL": ("没有存上：磁盘满了。", "请删掉些不用的文件，再试一次。"),
    "SQLITE_READONLY": ("没有存上：数据文件不让写。", "请看看磁盘是否写保护，再试一次。"),
    "SQLITE_IOERR": ("没有存上：磁盘读写出错。", "请再试一次；还不行，就把数据备份到别的磁盘。"),
    "SQLITE_CANTOPEN": ("没有存上：找不到数据文件。", "请看看数据所在的磁盘是否还在，再试一次。"),
    "SQLITE_BUSY": ("没有存上：数据正被另一个程序使用。", "请关掉另一个校安台窗口，再试一次。"),
}
_OPENING = {
    "SQLITE_FULL": ("数据打不开：磁盘满了。", "请删掉些不用的文件，再打开一次。"),
    "SQLITE_READONLY": (
        "数据打不开：数据所在的文件夹不让写。",
        "请看看磁盘是否写保护，再打开一次。",
    ),
    "SQLITE_IOERR": ("数据打不开：磁盘读写出错。", "请看看磁盘是否插好，再打开一次。"),
    "SQLITE_CANTOPEN": (
        "数据打不开：找不到数据文件，或者它所在的文件夹不让写。",
        "请看看数据所在的磁盘是否还在、是否写保护，再打开一次。",
    ),
    "SQLITE_BUSY": (
        "数据打不开：它正被另一个程序使用。",
        "请关掉另一个校安台窗口，再打开一次。",
    ),
}
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class Damaged(UserError):  # noqa: N818 - a finding about a file
    """The database file cannot be used as it is; a backup has to take its place."""


def saving(error: Exception) -> UserError | None:
    """Say in words why a change was not saved, None if it is a fault of ours."""
    if isinstance(error, StaleDataError):
        return UserError(
            "没有存上：这条记录刚才已经被改过。", safe=NOTHING_LOST, do="请刷新后再改一次。"
        )
    return _known(error, _SAVING, NOTHING_LOST) or reading(error)


def reading(error: Exception) -> UserError | None:
    """Say in words why the records could not be read, None if it is a fault of ours."""
    if isinstance(error, MemoryError) or _name(error).startswith(_DAMAGE):
        return Damaged(
            "有一处记录读不出来：数据文件已经损坏。",
            safe="备份都还在，这一次没有保存任何改动。",
            do="请关掉校安台再打开，然后从备份恢复。",
        )
    return _known(error, _OPENING, UNTOUCHED)


def opening(error: Exception) -> UserError:
    """Say in words why the database did not open."""
    return _known(error, _OPENING, UNTOUCHED) or Damaged(
        "数据文件打不开：文件已经损坏，或者它和钥匙文件不是一套。",
        safe=UNTOUCHED,
        do="请从备份恢复。",
    )


def no_right(path: Path) -> UserError:
    """Say that the system keeps this user from the file."""
    return UserError(
        f"数据打不开：电脑不让当前的系统用户读“{path.name}”。",
        safe=UNTOUCHED,
        do="请用平时的系统用户登录电脑，或者请管电脑的老师看看这个文件夹的权限。",
    )


def _known(error: Exception, words: dict[str, tuple[str, str]], safe: str) -> UserError | None:
    name = _name(error)
    for known, (what, do) in words.items():
        if name.startswith(known):
            return UserError(what, safe=safe, do=do)
    return None


def told_by_trigger(error: DBAPIError) -> str:
    """Return why a trigger refused a change, empty if it was another constraint.

    Only what a trigger says is Chinese; the library hands out no finer code than CONSTRAINT.
    """
    said = str(error.orig)
    return "" if said.isascii() else said


def _name(error: Exception) -> str:
    raised = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(raised, "sqlite_errorname", ""))
