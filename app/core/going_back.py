"""Going back to a backup: also where nothing opens any more, or on a new PC."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.core.errors import UserError
from app.core.files import make_private
from app.core.founding import cannot_make
from app.core.paths import Paths
from app.core.roles import Right, Role, Sitter
from app.core.store import keys
from app.core.store.backup import last_backup
from app.core.store.database import look
from app.core.store.keys import Keys, Refused, keys_path
from app.core.store.lock import DataLock
from app.core.store.rescue import is_good
from app.core.store.restore import finish, restore
from app.core.store.tries import Clock
from app.core.store.trouble import FaultyFile
from app.core.users import User, users_of

_UNTOUCHED = "现在的数据没有被改动。"


class _Opened(NamedTuple):
    key: bytes
    who: str


def go_back(paths: Paths, copy: Path, user: str, password: str) -> None:
    """Put a backup in the data folder, for a user who knows a password of today or of the backup.

    Today's passwords count where today's key file has the backup's key, else the backup's.

    Raises:
        Refused: the password is wrong, or was tried too soon.
        UserError: this user may not, the backup cannot be used, or the folder is in use. Nothing
            has changed.

    """

    def way_in(found: Keys) -> _Opened:
        opened, key = keys.open_with_password(found, user, password, Clock.read())
        slot = opened.user(user)
        Sitter(slot.name, Role(slot.role)).demand(Right.MANAGE)
        return _Opened(key, slot.name)

    _go_back(paths, copy, way_in)


def go_back_with_code(paths: Paths, copy: Path, code: str) -> None:
    """Do the same with the paper recovery code; all passwords stay as they are."""

    def way_in(found: Keys) -> _Opened:
        return _Opened(keys.open_with_code(found, code, Clock.read())[1], "")

    _go_back(paths, copy, way_in)


def users_for(paths: Paths, copy: Path) -> list[User]:
    """Return whose passwords open a backup: today's users, or those of its own key file."""
    return users_of(_keys_for(paths, copy))


def key_of_copy(copy: Path, key: bytes, *, user: str, password: str) -> bytes:
    """Return the key of a backup: the one in hand, or the one its own key file seals.

    Raises:
        UserError: it is another key, and the password was not given or is wrong.

    """
    own = _read(keys_path(copy))
    if own is None or keys.fits(own, key):
        return key
    if not password:
        raise UserError(
            "这份备份是用另一把钥匙锁的，可能是以前重新建立过数据。",
            safe=_UNTOUCHED,
            do="请填写建立这份备份的时候您用的口令。",
        )
    return keys.open_with_password(own, user, password, Clock.read())[1]


def faults_of(paths: Paths, key: bytes) -> list[str]:
    """Read every page of the open database, its key file and the newest backup."""
    found = []
    if not keys.is_whole(paths.keys):
        found.append("钥匙文件的两份里有一份坏了；关闭再打开一次校安台，会自动补好。")
    try:
        with closing(look(paths.database, key)) as opened:
            for question in ("integrity_check", "foreign_key_check"):
                rows = opened.execute(f"PRAGMA {question}").fetchall()
                if [row for row in rows if row != ("ok",)]:
                    found.append("数据文件有损坏的地方，请从备份恢复。")
                    break
    except (UserError, *FaultyFile):
        found.append("数据文件读不完整，请从备份恢复。")
    newest = last_backup(paths.backups)
    if newest is not None and not is_good(newest, key):
        found.append(f"最近的一份备份“{newest.path.name}”读不出来，请再备份一次。")
    return found


def _go_back(paths: Paths, copy: Path, way_in: Callable[[Keys], _Opened]) -> None:
    try:
        make_private(paths.data)
    except OSError as error:
        raise cannot_make(paths.data) from error
    lock = DataLock(paths.lock, holder="从备份恢复")
    try:
        finish(paths.database)
        found = _keys_for(paths, copy)
        try:
            opened = way_in(found)
        except Refused as refusal:
            if found == _read(paths.keys):
                keys.save(refusal.keys, paths.keys)
            raise
        restore(paths.database, copy, opened.key, paths.backups, datetime.now(), who=opened.who)
        paths.half_made.unlink(missing_ok=True)
    finally:
        lock.release()


def _keys_for(paths: Paths, copy: Path) -> Keys:
    """Return the key file whose passwords count.

    Raises:
        UserError: there is none, or other data that nobody has unlocked stands in the way.

    """
    today = None if paths.half_made.exists() else _read(paths.keys)
    own = _read(keys_path(copy))
    is_foreign = today is not None and own is not None and not keys.same_key(today, own)
    if is_foreign and paths.database.exists():
        raise UserError(
            "这份备份和现在的数据不是同一把钥匙锁的。",
            safe=_UNTOUCHED,
            do="请先用口令打开现在的数据，再从菜单里恢复这份备份。",
        )
    if (found := own if is_foreign else today or own) is None:
        raise UserError(
            f"备份“{copy.name}”旁边没有钥匙文件，打不开它。",
            safe=_UNTOUCHED,
            do="请把备份旁边的钥匙文件（.keys）一起拷来，或者换一份备份。",
        )
    return found


def _read(path: Path) -> Keys | None:
    try:
        return keys.load(path)
    except UserError:
        return None
