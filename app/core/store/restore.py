"""Going back to a backup: whatever the instant at which the power fails, old or new stands whole.

All is made ready beside the database first. One rename then decides, and what follows it is
done again by ``finish`` if it was cut short:

    NAME.restoring.part   being made ready; as long as it lies there nothing has happened
    NAME.restoring        ready; from here on only forward
    NAME.restoring.keys   the key file that goes with it, where today's does not
    NAME.before-restore   the database as it was, to be kept
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.files import move_in, sync
from app.core.store.backup import back_up, check, copies_in, newest_action
from app.core.store.database import connect, look, open_copy
from app.core.store.journal import RESTORED
from app.core.store.keys import Keys, fits, keys_path, load, merge_for_restore, save
from app.core.store.opening import mark_closed
from app.core.store.trouble import Damaged, FaultyFile

_LOGS = ("-wal", "-journal")
Counts = dict[tuple[str, int], int]


def restore(
    database: Path,
    copy: Path,
    key: bytes,
    backups: Path,
    now: datetime,
    *,
    who: str = "",
    present_key: bytes | None = None,
) -> None:
    """Put a backup in the place of the database, which must be closed.

    ``key`` opens the backup; ``present_key`` the database, where that is another. The database as
    it is goes into ``backups`` first, or if it cannot be read is kept aside as it lies. Numbers
    given out since the backup are not given out again; users and passwords stay today's where
    the key is the same.

    Raises:
        DamagedCopy: the backup does not read back whole with this key. Nothing has changed.
        UserError: a newer program wrote it, its key file is missing, or the disk refused.

    """
    finish(database)
    part, ready = _beside(database, ".restoring.part"), _beside(database, ".restoring")
    with _in_words():
        try:
            shutil.copyfile(copy, part)
            check(part, key)
            present = _back_up_present(database, present_key or key, backups, now)
            _go_on_from(part, key, _newest(present, backups), present[1], who=who, now=now)
            sync(part)
            _lay_keys(database, copy, key)
            for old in database.parent.glob(f"{database.name}.before-restore*"):
                old.unlink()
            move_in(part, ready)
        finally:
            _abandon(database)
        finish(database)


def finish(database: Path) -> None:
    """Bring a restoring that was cut short to its end, or forget it; before anything is opened."""
    if _beside(database, ".restoring.part").exists():
        _abandon(database)
        return
    ready, keys = _beside(database, ".restoring"), _beside(database, ".restoring.keys")
    if ready.exists():
        if database.exists():
            _set_aside(database)
        mark_closed(database)
        move_in(ready, database)
    if keys.exists():
        save(load(keys), keys_path(database))
        _drop_keys(keys)


def _abandon(database: Path) -> None:
    """Forget what was made ready, unless it has been decided upon."""
    part = _beside(database, ".restoring.part")
    if part.exists():
        _drop_keys(_beside(database, ".restoring.keys"))
        part.unlink()


def _drop_keys(keys: Path) -> None:
    _beside(keys, ".bak").unlink(missing_ok=True)
    keys.unlink(missing_ok=True)


def _back_up_present(
    database: Path, key: bytes, backups: Path, now: datetime
) -> tuple[int, Counts]:
    """Return the newest action and the counters of the database, once it is in ``backups``."""
    if not database.exists():
        return 0, {}
    try:
        back_up(database, key, backups, now)
        with closing(look(database, key)) as opened:
            counts = _counts(opened)
            newest = newest_action(opened)
        with closing(connect(database, key)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            opened.execute("PRAGMA journal_mode = DELETE").fetchall()  # no log may survive the swap
    except (Damaged, *FaultyFile):
        return 0, {}
    return newest, counts


def _newest(present: tuple[int, Counts], backups: Path) -> int:
    """Return the last number any copy or the database bears, so that new ones come after it."""
    return max([present[0], *(copy.number for copy in copies_in(backups))])


def _go_on_from(
    part: Path, key: bytes, newest: int, counts: Counts, *, who: str, now: datetime
) -> None:
    """Have the copy go on where the database was: in the journal, and in numbers given out."""
    with closing(open_copy(part, key)) as opened:
        opened.execute("BEGIN IMMEDIATE")
        opened.execute(
            "INSERT INTO action (id, label, at, who, undoable) VALUES (?, ?, ?, ?, 0)",
            (
                max(newest, newest_action(opened)) + 1,
                RESTORED,
                now.isoformat(" ", "microseconds"),
                who,
            ),
        )
        given = {**counts, **{k: max(v, counts.get(k, 0)) for k, v in _counts(opened).items()}}
        opened.executemany(
            "INSERT OR REPLACE INTO counter (series, year, last) VALUES (?, ?, ?)",
            [(series, year, last) for (series, year), last in given.items()],
        )
        opened.execute("COMMIT")


def _counts(opened: Any) -> Counts:
    rows = opened.execute("SELECT series, year, last FROM counter").fetchall()
    return {(series, year): last for series, year, last in rows}


def _lay_keys(database: Path, copy: Path, key: bytes) -> None:
    """Lay the key file ready that is to stand beside the restored database, if not today's."""
    today, backup = _read(keys_path(database)), _read(keys_path(copy))
    if backup is None:
        if today is not None and not fits(today, key):
            raise UserError(
                "这份备份旁边没有钥匙文件，恢复以后谁也打不开它。",
                safe="现在的数据没有被改动。",
                do="请把备份旁边的钥匙文件（.keys）一起拷来，或者换一份备份。",
            )
        return
    chosen = merge_for_restore(today, backup)
    if chosen is not today:
        save(chosen, _beside(database, ".restoring.keys"))


def _read(path: Path) -> Keys | None:
    try:
        return load(path)
    except UserError:
        return None


def _set_aside(database: Path) -> None:
    """Keep the database as it is under another name, with a log that could not be written in."""
    kept = _beside(database, ".before-restore")
    if not kept.exists():
        try:
            os.link(database, kept)
        except OSError:  # FAT and some shares know no links
            half = _beside(database, ".before-restore.part")
            shutil.copyfile(database, half)
            sync(half)
            move_in(half, kept)
    for log in _LOGS:
        with suppress(FileNotFoundError):
            move_in(_beside(database, log), _beside(kept, log))
    _beside(database, "-shm").unlink(missing_ok=True)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (OSError, *FaultyFile) as error:
        raise UserError(
            "没有恢复成：读不出备份，或者数据所在的磁盘写不进去。",
            safe="现在的数据没有被改动，备份也都还在。",
            do="请看看磁盘和U盘是否插好、是否已满，再恢复一次。",
        ) from error


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
