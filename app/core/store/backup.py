"""Copies of the database that a teacher can go back to: NAME.db, and NAME.db.keys beside it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from app.core.errors import UserError
from app.core.files import move_in, sync
from app.core.store.database import is_plain, look
from app.core.store.keyfile import is_whole, keys_path, load, save
from app.core.store.migrate import steps_done
from app.core.store.thinning import to_drop
from app.core.store.trouble import Damaged, FaultyFile, reading

_NAME = re.compile(r"校安台-(\d{8,})-(\d{8}-\d{6})\.db(\.keys)?")
_HALF = "校安台.part"


class DamagedCopy(UserError):  # noqa: N818 - a finding about a file
    """A copy does not read back whole."""

    def __init__(self, what: str = "这份备份读不出来：文件不完整或者已经损坏。") -> None:
        super().__init__(what, safe="现在的数据没有被改动。", do="请换一份备份。")


@dataclass(frozen=True, order=True)
class Copy:
    """One backup: the newest action it holds, and the day the clock showed."""

    number: int
    day: date
    path: Path = field(default=Path(), compare=False)

    @property
    def made_at(self) -> datetime:
        """The moment the clock showed."""
        name = _NAME.fullmatch(self.path.name)
        assert name is not None
        return datetime.strptime(name[2], "%Y%m%d-%H%M%S")


def back_up(database: Path, key: bytes, folder: Path, now: datetime) -> Path:
    """Copy the database whole, check that the copy reads, and return where it lies.

    ``VACUUM INTO`` sees the write-ahead log, goes on beside a writer, and leaves no free pages.
    The name carries the number of the newest action, since the clock of an old PC may jump.
    The key file is moved in first, so that no copy ever lies there that nobody could open.

    Raises:
        DamagedCopy: the copy does not read back; it has been removed again.
        UserError: the disk is full, cannot be written to or is gone, or the database is damaged.

    """
    half = folder / _HALF
    with _in_words(), _removing(half):
        folder.mkdir(parents=True, exist_ok=True)
        with closing(look(database, key)) as source:
            source.execute("VACUUM INTO ?", (str(half),))
        number = check(half, key)
        sync(half)
        target = folder / f"校安台-{number:08}-{now:%Y%m%d-%H%M%S}.db"
        copy_keys(database, target)
        move_in(half, target)
    return target


def back_up_if_changed(database: Path, key: bytes, folder: Path, now: datetime) -> Path | None:
    """Make a copy unless the newest one already holds everything; then thin out the old ones."""
    with _in_words(), closing(look(database, key)) as source:
        number = newest_action(source)
    last = last_backup(folder)
    if last is not None and last.number == number and _has_its_keys(last, database):
        return None
    target = back_up(database, key, folder, now)
    thin(folder, now.date())
    return target


def _has_its_keys(copy: Copy, database: Path) -> bool:
    return keys_path(copy.path).exists() or not keys_path(database).exists()


def copies_in(folder: Path) -> list[Copy]:
    """Return the copies in this folder, the oldest first; other files are not ours to judge."""
    found = []
    for path in folder.glob("校安台-*.db"):
        if name := _NAME.fullmatch(path.name):
            try:
                at = datetime.strptime(name[2], "%Y%m%d-%H%M%S")
            except ValueError:
                continue
            found.append(Copy(int(name[1]), at.date(), path))
    return sorted(found, key=lambda copy: (copy, copy.path.name))


def last_backup(folder: Path) -> Copy | None:
    """Return the newest copy by the journal's order, None if there is none."""
    return max(copies_in(folder), default=None, key=lambda copy: (copy, copy.path.name))


def thin(folder: Path, today: date) -> list[Copy]:
    """Drop the copies that need not be kept (see ``to_drop``), and key files left alone."""
    dropped = to_drop(copies_in(folder), today)
    drop(dropped)
    for keys in folder.glob("校安台-*.db.keys"):
        if _NAME.fullmatch(keys.name) and not keys.with_suffix("").exists():
            keys.unlink(missing_ok=True)
    return dropped


def drop(copies: Iterable[Copy]) -> None:
    """Remove copies, each before its key file; what a scanner holds stays for the next time."""
    for copy in copies:
        try:
            copy.path.unlink(missing_ok=True)
            keys_path(copy.path).unlink(missing_ok=True)
        except PermissionError:
            continue


def check(copy: Path, key: bytes) -> int:
    """Return the newest action in a copy that reads back whole, on its own, with its key.

    Raises:
        DamagedCopy: it does not.
        UserError: a newer program wrote it, or it is not there.

    """
    if not copy.is_file():
        raise UserError(
            f"找不到备份“{copy.name}”。",
            safe="现在的数据没有被改动。",
            do="请看看U盘是否插好、文件名有没有写错，再试一次。",
        )
    try:
        if is_plain(copy):
            raise DamagedCopy("这份备份没有加密，不是校安台的备份。")
        with closing(look(copy, key, alone=True)) as opened:
            for question in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
                if [row for row in opened.execute(f"PRAGMA {question}") if row != ("ok",)]:
                    raise DamagedCopy
            steps_done(opened)
            return newest_action(opened)
    except (Damaged, *FaultyFile) as error:
        raise DamagedCopy from error


def newest_action(connection: object) -> int:
    """Return the number of the last thing anybody did, 0 in a new database."""
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM action").fetchone()  # type: ignore[attr-defined]
    return int(number)


def copy_keys(database: Path, copy: Path) -> None:
    """Lay the database's key file beside a copy of it, mended first if one of its two is bad.

    Raises:
        UserError: both are damaged: a copy with such a key file could never be opened again.

    """
    keys = keys_path(database)
    if not any(keys.parent.glob(f"{keys.name}*")):
        return
    if not is_whole(keys):
        save(load(keys), keys)
    half = copy.with_name(_HALF + ".keys")
    with _removing(half):
        shutil.copyfile(keys, half)
        sync(half)
        move_in(half, keys_path(copy))


@contextmanager
def _removing(half: Path) -> Iterator[None]:
    """Leave nothing half done, whatever happens; what an earlier crash left goes too."""

    def remove() -> None:
        for rest in half.parent.glob(f"{half.name}*"):
            rest.unlink(missing_ok=True)

    remove()
    try:
        yield
    finally:
        remove()


@contextmanager
def _in_words() -> Iterator[None]:
    safe = "原来的数据和以前的备份都还在。"
    try:
        yield
    except FaultyFile as error:
        if isinstance(told := reading(error), Damaged):
            raise told from error
        raise UserError(
            "没有备份成：磁盘满了，或者备份的位置写不进去。",
            safe=safe,
            do="请看看磁盘是否插好、是否已满、是否写保护，再备份一次。",
        ) from error
    except OSError as error:
        raise UserError(
            "没有备份成：备份的位置写不进去。",
            safe=safe,
            do="请看看磁盘是否插好、是否已满、是否写保护，再备份一次。",
        ) from error
