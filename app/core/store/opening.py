"""Before the school's database is used: made, or looked through and brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from app.core.errors import UserError
from app.core.files import move_in, sync
from app.core.store.backup import back_up
from app.core.store.database import connect, is_plain, keeps_log, look
from app.core.store.migrate import migrate, steps_done, steps_known
from app.core.store.rescue import with_way_out
from app.core.store.trouble import UNTOUCHED, Damaged, FaultyFile, no_right, opening

_LOG_HEADER_BYTES = 32
LOG_LOST = UserError(
    "上次校安台没有正常关闭，而数据文件旁边的日志文件（-wal）不见了。",
    safe="更早的记录都在，但关机前最后几笔可能没有了。",
    do="请核对最近登记的内容，缺了就补登；以后拷贝数据请用“备份到U盘”。",
)


def make_ready(
    path: Path, key: bytes, *, backups: Path | None, now: Callable[[], datetime]
) -> list[UserError]:
    """Make a new database, or look through the one there is and run the steps it lacks.

    Nothing is written before the file is known to be whole, ours, and no newer than the program;
    before a step changes it, a copy goes into ``backups``. What comes back are warnings.

    Raises:
        UserError: it cannot be used; where ``backups`` holds a good copy, its date is named.

    """
    try:
        if not path.exists():
            _make(path, key)
            return []
        warnings = [LOG_LOST] if was_cut_off(path) and not _beside(path, "-wal").exists() else []
        if _look_through(path, key) < steps_known():
            if backups is not None:
                back_up(path, key, backups, now())
            with closing(connect(path, key)) as connection:
                migrate(connection)
    except Damaged as error:
        if backups is None:
            raise
        raise with_way_out(error, backups, key) from error
    except PermissionError as error:
        raise no_right(path) from error
    return warnings


def was_cut_off(path: Path) -> bool:
    """Say whether the database was open when the program last ended."""
    return _beside(path, "-open").exists()


def mark_open(path: Path) -> None:
    """Leave word that the database is open, and so has a log beside it."""
    with suppress(OSError):  # a full disk: reading goes on without
        _beside(path, "-open").touch()


def mark_closed(path: Path) -> None:
    """Take that word back; to be done while the log still lies there."""
    with suppress(OSError):
        _beside(path, "-open").unlink(missing_ok=True)


def _make(path: Path, key: bytes) -> None:
    """Make the database beside its place, so that a crash leaves none rather than half of one."""
    if _beside(path, "-wal").exists():
        raise Damaged(
            f"数据文件“{path.name}”不见了，旁边只剩下它的日志文件。",
            safe="日志文件没有被改动，备份也都还在。",
            do="请从备份恢复。",
        )
    half = _beside(path, ".new")
    try:
        mark_closed(path)
        _clear(half)
        with closing(connect(half, key)) as connection:
            migrate(connection)
        if is_plain(half):
            raise RuntimeError("the database was written without its key")
        sync(half)
        move_in(half, path)
    except OSError as error:
        raise UserError(
            "数据文件建不起来：这个文件夹写不进去。",
            safe="什么都没有改动。",
            do="请看看磁盘是否已满、是否写保护，或者换个位置。",
        ) from error
    finally:
        with suppress(OSError):
            _clear(half)


def _clear(half: Path) -> None:
    for rest in half.parent.glob(f"{half.name}*"):
        rest.unlink()


def _look_through(path: Path, key: bytes) -> int:
    """Return how many steps a sound file has had; reads every page, writes nothing."""
    with _leaving_nothing_beside(path):
        _refuse_foreign_log(path, key)
        with closing(look(path, key)) as connection:
            try:
                verdict = connection.execute("PRAGMA quick_check").fetchall()
                have = steps_done(connection)
                connection.execute("SELECT max(id) FROM action").fetchone()
            except FaultyFile as error:
                raise opening(error) from error
    if verdict != [("ok",)]:
        raise Damaged("数据文件有损坏的地方。", safe=UNTOUCHED, do="请从备份恢复。")
    return have


def _refuse_foreign_log(path: Path, key: bytes) -> None:
    """Refuse a log that was left by another file: SQLite would write its pages into this one."""
    log = _beside(path, "-wal")
    if not log.exists() or log.stat().st_size <= _LOG_HEADER_BYTES:
        return
    if keeps_log(path, key):
        return
    try:
        look(path, key, alone=True).close()
    except Damaged:
        return  # half written back from its log, or damaged: both read together decide
    raise Damaged(
        "数据文件被换过，旁边却还留着换之前的日志文件（-wal）。",
        safe="两个文件都没有被改动。",
        do="请用“从备份恢复”来换回备份，不要直接拷贝文件。",
    )


@contextmanager
def _leaving_nothing_beside(path: Path) -> Iterator[None]:
    """Remove what a mere look at a refused file has put beside it."""
    sides = [_beside(path, "-wal"), _beside(path, "-shm")]
    new = [side for side in sides if not side.exists()]
    try:
        yield
    except UserError:
        for side in new:
            side.unlink(missing_ok=True)
        raise


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
