"""An open desk: its store and settings, who may open it, its backups, and its closing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from app.core.disks import Kind, disk_of, read_disks
from app.core.errors import UserError
from app.core.founding import DESK_KIND
from app.core.going_back import faults_of, key_of_copy
from app.core.paths import Paths
from app.core.roles import Right, Role, Sitter
from app.core.settings import Settings
from app.core.store import Store, keys
from app.core.store.backup import check, last_backup
from app.core.store.keys import Keys, Refused
from app.core.store.lock import DataLock
from app.core.store.recovery import new_code
from app.core.store.restore import restore
from app.core.store.slots import Slot, check_new_password
from app.core.store.stick import Tick, copy_out
from app.core.store.tries import Clock
from app.core.store.trouble import Damaged
from app.core.users import User, users_of
from app.core.version import version

SIGN_IN = "打开校安台"
_USB_ON = "backup.usb_on"
_VERSION = "program.version"
_ALL_SAVED = "刚才做的都已经存好，以前的备份也都还在。"


class Desk:
    """An open school: its store, its settings, and who may open it.

    ``warnings`` are what the user is to be told about the opening. Closing makes a checked backup
    if anything was done, and lets the next program in.
    """

    def __init__(
        self,
        paths: Paths,
        found: Keys,
        key: bytes,
        slot: Slot,
        *,
        lock: DataLock,
        now: Callable[[], datetime],
    ) -> None:
        self.paths = paths
        self._keys = found
        self._key = key
        self._me = slot.id
        self._lock = lock
        self._now = now
        self._is_open = True
        self.store = Store(paths.database, key, now=now, backups=paths.backups)
        self.settings = Settings(self.store)
        self._seat(slot)
        self.warnings: list[UserError] = list(self.store.warnings)
        self._meet_version()

    def _seat(self, slot: Slot) -> None:
        self.store.sitter = Sitter(slot.name, Role(slot.role), slot.class_uid)
        self.know_its_kind()

    def know_its_kind(self) -> None:
        """Tell whoever sits here whether this is the desk of a school or of a town."""
        is_town = self.settings.get(DESK_KIND) == "town"
        self.store.sitter = replace(self.store.sitter, is_town=is_town)

    @property
    def name(self) -> str:
        """Who sits here."""
        return self.store.sitter.name

    @property
    def role(self) -> Role:
        """As what they sit here."""
        return self.store.sitter.role

    def users(self) -> list[User]:
        """Return everybody who may open this desk."""
        return users_of(self._keys)

    def add_user(
        self, name: str, password: str, *, role: Role, class_uid: str | None = None
    ) -> User:
        """Let one more person in.

        Raises:
            UserError: the sitter may not, the name is taken, or the password too short.

        """
        self.store.sitter.demand(Right.MANAGE)
        made = keys.add_user(
            self._keys, self._key, name, password, role=role, class_uid=_class_of(role, class_uid)
        )
        self._keep(made, "添加用户")
        return self.users()[-1]

    def remove_user(self, user_id: str) -> None:
        """Let a person in no longer; who sits here cannot remove themselves.

        Raises:
            UserError: the sitter may not, it is the sitter, or no officer would be left.

        """
        self.store.sitter.demand(Right.MANAGE)
        if user_id == self._me:
            raise UserError(
                "不能删除正在使用的用户。",
                safe="什么都没有改动。",
                do="请让另一名安全员打开校安台来删除。",
            )
        self._keep(keys.remove_user(self._keys, user_id), "删除用户")

    def change_user(self, user_id: str, *, role: Role, class_uid: str | None = None) -> None:
        """Give a user another role or class; their password stays.

        Raises:
            UserError: the sitter may not, or no officer would be left.

        """
        self.store.sitter.demand(Right.MANAGE)
        changed = keys.set_facts(
            self._keys, self._key, user_id, role=role, class_uid=_class_of(role, class_uid)
        )
        self._keep(changed, "修改用户身份")
        if user_id == self._me:
            slot = self._keys.user(user_id)
            self._seat(slot)

    def set_password(self, user_id: str, new: str) -> None:
        """Give another user a new password, because they forgot theirs.

        Raises:
            UserError: the sitter may not, or the password is too short.

        """
        self.store.sitter.demand(Right.MANAGE)
        self._keep(keys.set_password(self._keys, self._key, user_id, new), "重设用户口令")

    def change_password(self, old: str, new: str) -> None:
        """Change the sitter's own password.

        Raises:
            Refused: the old password is wrong, which counts as a wrong try.
            UserError: the new one is too short.

        """
        check_new_password(new)
        opened = self._prove(old)
        self._keep(keys.set_password(opened, self._key, self._me, new), "修改口令")

    def is_my_password(self, password: str) -> bool:
        """Say that this is the sitter's password, as somebody back at the desk proves it.

        Raises:
            Refused: it is not, which counts as a wrong try.

        """
        opened = self._prove(password)
        if opened != self._keys:
            keys.save(opened, self.paths.keys)
            self._keys = opened
        return True

    def _prove(self, password: str) -> Keys:
        try:
            return keys.open_with_password(self._keys, self._me, password, Clock.read())[0]
        except Refused as refusal:
            keys.save(refusal.keys, self.paths.keys)
            self._keys = refusal.keys
            raise

    def new_recovery_code(self, code: str | None = None) -> str:
        """Make a new paper recovery code and return it; the old sheet opens nothing any more.

        Raises:
            UserError: the sitter may not.

        """
        self.store.sitter.demand(Right.MANAGE)
        code = code or new_code()
        self._keep(keys.set_code(self._keys, self._key, code), "更换恢复码")
        return code

    def back_up(self) -> Path | None:
        """Make a checked copy if anything was done since the last one; return where it lies."""
        return self.store.back_up() if self._has_work() else None

    def copy_to(self, folder: Path, *, tick: Tick = lambda *_: None) -> Path:
        """Write a fresh, checked copy into a folder (a stick) and read it back from there.

        ``tick`` hears how far it is; what it raises stops the copy, and nothing half done stays.

        Raises:
            UserError: the sitter may not, or the copy did not arrive whole.

        """
        self.store.sitter.demand(Right.MANAGE)
        tick(0, 0, "先在电脑里备份")
        self.store.back_up()
        newest = last_backup(self.paths.backups)
        assert newest is not None
        written = copy_out(newest.path, folder, tick=tick)
        if disk_of(folder.resolve(), read_disks()).kind is Kind.REMOVABLE:
            self.store.remember(_USB_ON, self._now().date().isoformat(), for_all=True)
        self.store.note("备份到另外的文件夹")
        return written

    def restore(self, copy: Path, password: str = "") -> None:
        """Put a backup in the place of the data; the desk is closed then, to be unlocked anew.

        ``password`` is the sitter's as of the backup, needed only where another key seals it.

        Raises:
            UserError: the sitter may not, or the backup cannot be used; the desk stays open.

        """
        self.store.sitter.demand(Right.MANAGE)
        key = key_of_copy(copy, self._key, user=self.name, password=password)
        check(copy, key)
        self.store.close()
        self._is_open = False
        try:
            restore(
                self.paths.database,
                copy,
                key,
                self.paths.backups,
                self._now(),
                who=self.name,
                present_key=self._key,
            )
        finally:
            self._lock.release()

    def problems(self) -> list[str]:
        """Look through everything and say what is not as it should be."""
        found = [warning.what for warning in self.warnings]
        found += faults_of(self.paths, self._key)
        if (clock := self.store.clock.warning()) is not None:
            found.append(clock.what)
        return found

    def last_backup(self) -> datetime | None:
        """Return when the newest copy was made, None if there is none."""
        copy = last_backup(self.paths.backups)
        return copy.made_at if copy else None

    def usb_copy_age(self) -> int | None:
        """Return how many days old the newest copy on a stick is, None if there never was one."""
        made_on = self.store.recall(_USB_ON, for_all=True)
        if made_on is None:
            return None
        return max(0, (self._now().date() - date.fromisoformat(made_on)).days)

    def close(self) -> None:
        """Close the store after a checked backup, and let the next program in; twice is no harm.

        Raises:
            UserError: the backup was not made; everything is saved and closed all the same.

        """
        if not self._is_open:
            return
        self._is_open = False
        try:
            self._sync_school_name()
            self.back_up()
        except Damaged:
            raise
        except UserError as error:
            raise UserError(error.what, safe=_ALL_SAVED, do=error.do) from error
        finally:
            self.store.close()
            self._lock.release()

    def _has_work(self) -> bool:
        """Say whether a record or the key file has changed since the newest copy.

        Looks and prints alone make no copy; they come along with the next one.
        """
        self.store.settle()
        last = last_backup(self.paths.backups)
        if last is None or not self._has_my_keys(last.path):
            return True
        newest, worked = self.store.newest()
        return not worked <= last.number <= newest

    def _has_my_keys(self, copy: Path) -> bool:
        try:
            return keys.load(keys.keys_path(copy)).slots == self._keys.slots
        except UserError:
            return False

    def _meet_version(self) -> None:
        """Before this version changes what another one kept, see that a checked backup is there."""
        if self.store.recall(_VERSION, for_all=True) == version():
            return
        newest, _worked = self.store.newest()
        try:
            if newest:
                self.store.back_up()
        except UserError as error:
            self.warnings.append(error)
            return
        self.store.remember(_VERSION, version(), for_all=True)

    def _keep(self, changed: Keys, label: str) -> None:
        keys.save(changed, self.paths.keys)
        self._keys = changed
        with self.store.change(label, undoable=False):
            pass

    def _sync_school_name(self) -> None:
        """Let the name on the unlock window follow the settings."""
        name = self.settings.get("school.name", "")
        if name and name != self._keys.school:
            self._keys = keys.rename_school(self._keys, name)
            with suppress(UserError):
                keys.save(self._keys, self.paths.keys)


def _class_of(role: Role, class_uid: str | None) -> str | None:
    return class_uid if role is Role.TEACHER else None
