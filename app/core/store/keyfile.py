"""The key file on the disk: what it holds, read whole and written so that one copy survives."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.files import move_in
from app.core.store import slots
from app.core.store.slots import RECOVERY, NotSlot, Slot
from app.core.version import version

FORMAT, VERSION = "xiaoan-keys", 1
SUFFIX = ".keys"
MOST_SLOTS = 200
_MOST_BYTES = 1_000_000
_UNTOUCHED = "数据没有被改动。"


class LostKeys(UserError):  # noqa: N818 - a finding about a file
    """Both copies of a key file are gone or damaged; a backup has another."""


class _Damaged(Exception):  # noqa: N818 - a finding about a file
    pass


@dataclass(frozen=True)
class Keys:
    """The key file's content; every change returns a new one, which ``save`` then keeps."""

    file_id: str
    key_check: str
    school: str
    slots: tuple[Slot, ...]

    @property
    def users(self) -> tuple[Slot, ...]:
        """The people who may open the database, in the order they were added."""
        return tuple(slot for slot in self.slots if slot.kind != RECOVERY)

    def user(self, name_or_id: str) -> Slot:
        """Return a user by name (however it was typed) or by id.

        Raises:
            UserError: there is no such user.

        """
        wanted = clean_name(name_or_id)
        for slot in self.users:
            if name_or_id == slot.id or wanted == slot.name:
                return slot
        raise UserError(
            f"没有叫“{wanted}”的用户。",
            safe=_UNTOUCHED,
            do="请看看名字是不是和建立时填的一样。",
        )


def keys_path(database: Path) -> Path:
    """Return where the key file of a database, or of a backup of it, lies: ``NAME.db.keys``."""
    return database.with_name(database.name + SUFFIX)


def load(path: Path) -> Keys:
    """Read a key file, or the second copy beside it where the first is damaged or gone.

    Raises:
        LostKeys: both are gone or damaged.
        UserError: it is not ours, or a newer version wrote it.

    """
    for place in (path, _second(path)):
        try:
            return _read(place)
        except (OSError, _Damaged, NotSlot):
            continue
    lost = not path.exists()
    raise LostKeys(
        f"钥匙文件“{path.name}”不见了。" if lost else f"钥匙文件“{path.name}”坏了。",
        safe="数据文件没有被改动，但没有钥匙文件谁也打不开它。",
        do="请从备份恢复：每份备份旁边都有一份钥匙文件。",
    )


def is_whole(path: Path) -> bool:
    """Say whether the key file and its second copy both read back, and alike."""
    try:
        return _read(path) == _read(_second(path))
    except (OSError, _Damaged, NotSlot, UserError):
        return False


def save(keys: Keys, path: Path) -> None:
    """Keep the keys in two copies; whatever happens, one of them is whole at any moment.

    The second copy is written after the first stands, so that it never holds an old password
    or a user who was removed.

    Raises:
        UserError: the disk refused; the keys are as they were.

    """
    data = _to_bytes(keys)
    halves = {place: place.with_name(place.name + ".tmp") for place in (path, _second(path))}
    try:
        for half in halves.values():
            _write(half, data)
        for place, half in halves.items():
            move_in(half, place)
    except OSError as error:
        raise UserError(
            "没有存上：钥匙文件写不进去。",
            safe="原来的用户、口令和数据都没有变。",
            do="请看看磁盘是否已满、文件夹是否不让写，再试一次。",
        ) from error
    finally:
        for half in halves.values():
            half.unlink(missing_ok=True)


def clean_name(text: str) -> str:
    """Return a user's name as it counts: half width, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _second(path: Path) -> Path:
    return path.with_name(path.name + ".bak")


def _to_bytes(keys: Keys) -> bytes:
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "file_id": keys.file_id,
        "key_check": keys.key_check,
        "school": keys.school,
        "slots": [slots.to_json(slot) for slot in keys.slots],
    }
    content["sum"] = _sum(content)
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _sum(content: dict[str, Any]) -> str:
    """Return a sum that tells a flipped bit from a wrong password; it keeps out nobody."""
    told = {name: value for name, value in content.items() if name != "sum"}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _read(path: Path) -> Keys:
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise _Damaged
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _Damaged from error
    if not isinstance(content, dict):
        raise _Damaged
    _refuse_foreign(content, path.name)
    try:
        if content["sum"] != _sum(content):
            raise _Damaged
        found = tuple(slots.from_json(slot) for slot in content["slots"])
        heads = {name: content[name] for name in ("file_id", "key_check", "school")}
    except (KeyError, TypeError) as error:
        raise _Damaged from error
    strange = not 0 < len(found) <= MOST_SLOTS
    if strange or not all(isinstance(head, str) for head in heads.values()):
        raise _Damaged
    return Keys(slots=found, **heads)


def _refuse_foreign(content: dict[str, Any], name: str) -> None:
    if content.get("format") != FORMAT:
        raise UserError(
            f"“{name}”不是校安台的钥匙文件。",
            safe=_UNTOUCHED,
            do="请把它移到别处，再从备份恢复。",
        )
    number = content.get("version")
    if type(number) is not int or number < 1:
        raise _Damaged
    if number > VERSION:
        raise UserError(
            f"这份钥匙文件是新版校安台写的，这一版（{version()}）打不开。",
            safe=_UNTOUCHED,
            do="请安装新版校安台后再打开。",
        )


def _write(half: Path, data: bytes) -> None:
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if half.read_bytes() != data:
        raise OSError("what was written does not read back")
