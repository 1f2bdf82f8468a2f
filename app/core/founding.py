"""The first day of a school's data: its facts, and a folder that is never left half made."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.calendar import term_of
from app.core.errors import UserError
from app.core.files import sync
from app.core.paths import Paths

TOWN = "镇级汇总"  # what stands for the kind of school where schools hand in
KINDS = ("小学", "初中", "九年一贯", "幼儿园", "教学点")
DESK_KIND = "desk.kind"  # "town" where the files of many schools come in
_LONGEST_NAME = 40
_CODE_LENGTH = (4, 20)
_UNCHANGED = "什么都没有改动。"
# What lies in a folder without anybody having put it there.
_NOT_ANYBODYS = {"desktop.ini", "Thumbs.db", ".DS_Store", "lost+found"}


@dataclass(frozen=True)
class SchoolFacts:
    """What the program has to know of a school: ``code`` is the one the town knows it by."""

    name: str
    code: str
    kind: str
    has_kindergarten: bool = False
    boards: bool = False
    has_canteen: bool = False
    has_bus: bool = False

    def faults(self) -> dict[str, str]:
        """Return what is missing or wrong, by the name of the fact."""
        found = _faults_of("学校", self.name, self.code)
        if not self.kind:
            found["kind"] = "“学校类型”没有选"
        elif self.kind not in KINDS:
            found["kind"] = f"“学校类型”只能选：{'、'.join(KINDS)}"
        return found

    def checked(self) -> SchoolFacts:
        """Return the facts as they are kept: half width, no blanks around, the code in capitals.

        Raises:
            UserError: all that is missing or wrong, in one sentence.

        """
        _refuse(self.faults())
        name, code = _tidy(self.name, self.code)
        return replace(self, name=name, code=code)

    def settings(self, now: datetime, *, sample: bool) -> dict[str, Any]:
        """Return the facts by the keys they are kept under, and the school year of this day."""
        return {
            **{f"school.{name}": value for name, value in vars(self).items()},
            "school.sample": sample,
            "school.year": term_of(now.date()).year,
            "store.created": now.isoformat(timespec="seconds"),
        }


@dataclass(frozen=True)
class TownFacts:
    """What the program has to know of an office that takes in the files of its schools."""

    name: str
    code: str

    def faults(self) -> dict[str, str]:
        """Return what is missing or wrong, by the name of the fact."""
        return _faults_of("单位", self.name, self.code)

    def checked(self) -> TownFacts:
        """Return the facts as they are kept; see ``SchoolFacts.checked``.

        Raises:
            UserError: all that is missing or wrong, in one sentence.

        """
        _refuse(self.faults())
        return TownFacts(*_tidy(self.name, self.code))

    def settings(self, now: datetime, *, sample: bool) -> dict[str, Any]:
        """Return the facts by the keys they are kept under, and what this desk is."""
        facts = SchoolFacts(self.name, self.code, TOWN)
        return facts.settings(now, sample=sample) | {DESK_KIND: "town"}


def _faults_of(what: str, name: str, code: str) -> dict[str, str]:
    name, code = _tidy(name, code)
    low, high = _CODE_LENGTH
    found = {}
    if not name:
        found["name"] = f"“{what}名称”没有填"
    elif len(name) > _LONGEST_NAME or not name.isprintable():
        found["name"] = f"“{what}名称”最多{_LONGEST_NAME}个字"
    if not (low <= len(code) <= high and code.isascii() and code.isalnum()):
        found["code"] = f"“{what}代码”要填{low}到{high}位字母或数字"
    return found


def _tidy(name: str, code: str) -> tuple[str, str]:
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    return name, unicodedata.normalize("NFKC", code).strip().upper()


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        said = "；".join(faults.values())
        raise UserError(f"{said}。", safe=_UNCHANGED, do="请改好再继续。")


def is_set_up(paths: Paths) -> bool:
    """Say whether a school's data lies there: then it is unlocked, else it is made."""
    is_finished = not paths.half_made.exists()
    return is_finished and (paths.database.exists() or paths.keys.exists())


def refuse_filled(paths: Paths) -> None:
    """Go on only if the data folder is missing, empty, or holds what a crash left half made.

    Raises:
        UserError: a school's data, or something else, lies there.

    """
    if is_set_up(paths):
        raise UserError(
            f"“{paths.data.name}”里已经有一所学校的数据。",
            safe="里面的数据没有被改动。",
            do="请直接打开它；要另建一所，请换一个文件夹。",
        )
    ours = set() if not paths.half_made.exists() else set(_ours(paths))
    if others := [
        path for path in _in(paths.data) if path not in ours and not _is_harmless(path, paths)
    ]:
        raise UserError(
            f"“{paths.data.name}”不是空文件夹：里面有“{others[0].name}”。",
            safe="里面的东西没有被改动。",
            do="请选一个空文件夹，或者填一个新的文件夹名。",
        )


@contextmanager
def making(paths: Paths) -> Iterator[None]:
    """Let the block fill the data folder; if it fails, or the power does, it counts as empty.

    A mark lies in the folder from before the first file until after the last. What an earlier
    attempt left is removed first.

    Raises:
        UserError: the folder cannot be made or written to.

    """
    try:
        paths.half_made.touch()
        sync(paths.data)
        _remove_ours(paths)
    except OSError as error:
        raise cannot_make(paths.data) from error
    try:
        yield
        paths.half_made.unlink()
        sync(paths.data)
    except BaseException:
        _remove_ours(paths)
        paths.half_made.unlink(missing_ok=True)
        raise


def cannot_make(folder: Path) -> UserError:
    """Say that the data folder cannot be made."""
    return UserError(
        f"数据文件夹“{folder.name}”建不起来：这个位置写不进去。",
        safe=_UNCHANGED,
        do="请看看磁盘是否已满、是否写保护，或者换一个位置。",
    )


def _ours(paths: Paths) -> list[Path]:
    """Return what a set-up may have made so far, its mark and the lock aside."""
    return [*paths.data.glob(f"{paths.database.name}*"), *paths.data.glob(paths.backups.name)]


def _remove_ours(paths: Paths) -> None:
    for path in _ours(paths):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _is_harmless(path: Path, paths: Paths) -> bool:
    own = {paths.half_made, paths.lock, paths.bug_log}
    return path in own or path.name in _NOT_ANYBODYS


def _in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise cannot_make(folder) from error
