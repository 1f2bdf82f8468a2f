"""The desk of one school: made on the first day, unlocked every morning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from app.core.disks import read_disks, refuse_synced, refuse_unsafe
from app.core.files import make_private
from app.core.founding import SchoolFacts, TownFacts, cannot_make, is_set_up, making, refuse_filled
from app.core.going_back import go_back, go_back_with_code
from app.core.opened import SIGN_IN, Desk
from app.core.paths import Paths
from app.core.store import keys
from app.core.store.keys import Keys, Refused
from app.core.store.lock import DataLock
from app.core.store.recovery import new_code
from app.core.store.restore import finish
from app.core.store.slots import check_new_password
from app.core.store.tries import Clock
from app.core.users import User, look_at, refuse_missing, refuse_no_database

__all__ = [
    "Desk",
    "Refused",
    "SchoolFacts",
    "TownFacts",
    "User",
    "create",
    "go_back",
    "go_back_with_code",
    "is_set_up",
    "look_at",
    "recover",
    "unlock",
]


class _Entry(NamedTuple):
    keys: Keys
    key: bytes
    user: str


def create(
    paths: Paths,
    facts: SchoolFacts | TownFacts,
    user: str,
    password: str,
    *,
    code: str | None = None,
    after: Callable[[Desk], object] | None = None,
    sample: bool = False,
    holder: str = "窗口",
    now: Callable[[], datetime] = datetime.now,
) -> tuple[Desk, str]:
    """Make a school's data in an empty or missing folder; return its open desk and recovery code.

    With ``TownFacts`` it is the data of an office that takes in the files of many schools.

    ``code`` is one that was printed already. ``after`` fills the desk further (the sample school);
    if it fails, or the power does, the folder counts as empty again.

    Raises:
        UserError: a fact is wrong, or the folder is not empty or cannot be written to.

    """
    facts = facts.checked()
    check_new_password(password)
    refuse_unsafe(paths.data.resolve(), read_disks())
    refuse_synced(paths.data.resolve())
    refuse_filled(paths)
    code = code or new_code()
    lock = _lock_folder(paths, holder)
    try:
        with making(paths):
            found, key = keys.new_keys(user, password, code, school=facts.name)
            keys.save(found, paths.keys)
            desk = Desk(paths, found, key, found.users[0], lock=lock, now=now)
            try:
                made = "建立镇级汇总" if isinstance(facts, TownFacts) else "建立学校"
                desk.settings.put(facts.settings(now(), sample=sample), made)
                desk.know_its_kind()
                if after is not None:
                    after(desk)
            except BaseException:
                desk.store.close()
                raise
    except BaseException:
        lock.release()
        raise
    return desk, code


def unlock(
    paths: Paths,
    user: str,
    password: str,
    *,
    holder: str = "窗口",
    now: Callable[[], datetime] = datetime.now,
) -> Desk:
    """Open the desk for a user, by name or id.

    Raises:
        Refused: the password is wrong, or was tried too soon.
        UserError: it is open already, there is no such user, or the data cannot be used.

    """

    def way_in(found: Keys) -> _Entry:
        opened, key = keys.open_with_password(found, user, password, Clock.read())
        return _Entry(opened, key, user)

    return _enter(paths, way_in, holder=holder, now=now)


def recover(
    paths: Paths,
    code: str,
    user: str,
    new_password: str,
    *,
    holder: str = "窗口",
    now: Callable[[], datetime] = datetime.now,
) -> Desk:
    """Open the desk with the paper recovery code and give a user a new password.

    Raises:
        Refused: the code is wrong, or was tried too soon.
        UserError: the password is too short, there is no such user, or the data cannot be used.

    """
    check_new_password(new_password)

    def way_in(found: Keys) -> _Entry:
        who = found.user(user).id
        opened, key = keys.open_with_code(found, code, Clock.read())
        return _Entry(keys.set_password(opened, key, who, new_password), key, who)

    desk = _enter(paths, way_in, holder=holder, now=now)
    desk.store.note("用恢复码重设口令")
    return desk


def _enter(
    paths: Paths,
    way_in: Callable[[Keys], _Entry],
    *,
    holder: str,
    now: Callable[[], datetime],
) -> Desk:
    refuse_missing(paths)
    refuse_unsafe(paths.data.resolve(), read_disks())
    lock = DataLock(paths.lock, holder=holder)
    try:
        finish(paths.database)
        found = look_at(paths)
        try:
            entry = way_in(found)
        except Refused as refusal:
            if refusal.keys != found:
                keys.save(refusal.keys, paths.keys)
            raise
        if entry.keys != found or not keys.is_whole(paths.keys):
            keys.save(entry.keys, paths.keys)
        refuse_no_database(paths)
        slot = entry.keys.user(entry.user)
        desk = Desk(paths, entry.keys, entry.key, slot, lock=lock, now=now)
    except BaseException:
        lock.release()
        raise
    desk.store.note(SIGN_IN)
    return desk


def _lock_folder(paths: Paths, holder: str) -> DataLock:
    try:
        make_private(paths.data)
    except OSError as error:
        raise cannot_make(paths.data) from error
    return DataLock(paths.lock, holder=holder)
