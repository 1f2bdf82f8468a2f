"""Who may open a school's data; told before it is open as well."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from app.core.errors import UserError
from app.core.founding import is_set_up
from app.core.paths import Paths
from app.core.roles import Role
from app.core.store import keys
from app.core.store.backup import copies_in
from app.core.store.keyfile import LostKeys
from app.core.store.keys import Keys
from app.core.store.tries import Clock


@dataclass(frozen=True)
class User:
    """Somebody who may open the desk; ``class_uid`` is the class of a 班主任."""

    id: str
    name: str
    role: Role
    class_uid: str | None
    created: str


def users_of(found: Keys) -> list[User]:
    """Return the users a key file names."""
    return [
        User(slot.id, slot.name, Role(slot.role), slot.class_uid, slot.created)
        for slot in found.users
    ]


def look_at(paths: Paths) -> Keys:
    """Return who may open the data, without opening it: users, and the school's name.

    Where the key file and its second copy are lost, the newest backup's takes their place.

    Raises:
        UserError: there is no data, or no key file that could be read.

    """
    refuse_missing(paths)
    try:
        return keys.load(paths.keys)
    except LostKeys:
        for copy in reversed(copies_in(paths.backups)):
            with suppress(UserError):
                return keys.load(keys.keys_path(copy.path))
        raise


def wait_s(found: Keys, user: str) -> float:
    """Return how many seconds a user still has to wait after wrong tries."""
    return found.user(user).tries.left_s(Clock.read())


def refuse_missing(paths: Paths) -> None:
    """Go on only if a school's data lies in the data folder.

    Raises:
        UserError: the folder is not there, is empty, or was never finished.

    """
    if is_set_up(paths):
        return
    if not paths.data.is_dir():
        raise UserError(
            f"找不到数据文件夹：{paths.data}。",
            safe="什么都没有改动。",
            do="如果它在另一块硬盘上，请把那块硬盘接好，再试一次。",
        )
    raise UserError(
        f"“{paths.data.name}”里还没有学校的数据。",
        safe="什么都没有改动。",
        do="请先建立学校，或者选对数据文件夹。",
    )


def refuse_no_database(paths: Paths) -> None:
    """Go on only if the database itself is there; a missing one is never made anew by itself.

    Raises:
        UserError: it is missing, though its key file is there.

    """
    if not paths.database.exists():
        raise UserError(
            f"数据文件“{paths.database.name}”不见了，只剩下它的钥匙文件。",
            safe="钥匙文件没有被改动，备份也都还在。",
            do="请从备份恢复。",
        )
