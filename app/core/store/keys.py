"""The key file beside the database: who may open it, and the random key their passwords seal."""

from __future__ import annotations

import hashlib
import hmac
import math
import os
import secrets
from dataclasses import replace

from app.core.errors import UserError
from app.core.roles import Role
from app.core.store import slots
from app.core.store.keyfile import (
    MOST_SLOTS,
    Keys,
    clean_name,
    is_whole,
    keys_path,
    load,
    save,
)
from app.core.store.recovery import read_code
from app.core.store.slots import FLOOR, RECOVERY, Cost, Slot, WrongSecret
from app.core.store.tries import Clock, Tries

__all__ = ["Keys", "clean_name", "is_whole", "keys_path", "load", "save"]
_LONGEST_NAME = 20
_UNTOUCHED = "数据没有被改动。"
_UNCHANGED = "什么都没有改动。"


class Refused(UserError):  # noqa: N818 - a refusal, as all UserErrors are
    """A wrong password or code, or one tried too soon.

    ``wait_s`` is how long the next try has to wait; ``keys`` hold the count, and are to be saved
    before anybody is told.
    """

    def __init__(self, what: str, keys: Keys, *, do: str = "", wait_s: float = 0) -> None:
        super().__init__(what, safe=_UNTOUCHED, do=do)
        self.keys = keys
        self.wait_s = wait_s


def new_keys(name: str, password: str, code: str, *, school: str) -> tuple[Keys, bytes]:
    """Make a database key, the first 安全员 and the recovery slot; return the key as well."""
    key = os.urandom(slots.KEY_BYTES)
    keys = Keys(secrets.token_hex(16), _key_check(key), school, ())
    cost = slots.calibrate()
    keys = _with_user(keys, key, name, password, cost=cost, role=Role.OFFICER, class_uid=None)
    return set_code(keys, key, code), key


def open_with_password(keys: Keys, name: str, password: str, clock: Clock) -> tuple[Keys, bytes]:
    """Return the keys with the wrong tries forgotten, and the database key.

    Raises:
        Refused: the password is wrong, or the wait after the last wrong one is not over.
        UserError: there is no such user, or somebody edited who they are.

    """
    return _open(keys, keys.user(name), password, clock)


def open_with_code(keys: Keys, code: str, clock: Clock) -> tuple[Keys, bytes]:
    """Return the database key for the paper recovery code, as ``open_with_password`` does."""
    bare = read_code(code)
    slot = next((slot for slot in keys.slots if slot.kind == RECOVERY), None)
    if slot is None:
        raise UserError("这份数据没有恢复码。", safe=_UNTOUCHED, do="请用口令打开。")
    return _open(keys, slot, bare, clock)


def add_user(
    keys: Keys, key: bytes, name: str, password: str, *, role: Role, class_uid: str | None = None
) -> Keys:
    """Let one more person in, with a password of their own.

    Raises:
        UserError: the name is empty, taken or too long, or the password too short.

    """
    dearest = max((slot.cost for slot in keys.users), key=lambda c: c.memory_kib * c.passes)
    return _with_user(keys, key, name, password, cost=dearest, role=role, class_uid=class_uid)


def remove_user(keys: Keys, user_id: str) -> Keys:
    """Let a person in no longer.

    Raises:
        UserError: it is the last 安全员, without whom nobody could manage users.

    """
    gone = keys.user(user_id)
    left = replace(keys, slots=tuple(slot for slot in keys.slots if slot.id != gone.id))
    return _with_officer(left)


def set_facts(
    keys: Keys, key: bytes, user_id: str, *, role: Role, class_uid: str | None = None
) -> Keys:
    """Give a user another role or class; their password stays.

    Raises:
        UserError: the last 安全员 would be gone.

    """
    slot = replace(keys.user(user_id), role=role.value, class_uid=class_uid)
    return _with_officer(_put(keys, slots.stamp(slot, key, file_id=keys.file_id)))


def set_password(keys: Keys, key: bytes, user_id: str, password: str) -> Keys:
    """Give a user another password; no other slot and nothing in the database changes."""
    secret = slots.check_new_password(password)
    return _put(keys, slots.reseal(keys.user(user_id), secret, key, file_id=keys.file_id))


def set_code(keys: Keys, key: bytes, code: str) -> Keys:
    """Make this the recovery code; the old sheet opens nothing any more."""
    # 190 random bits need no dear derivation, only the same one.
    slot = slots.make_slot(
        read_code(code), key, file_id=keys.file_id, cost=FLOOR, name="纸质恢复码", kind=RECOVERY
    )
    return replace(keys, slots=(*keys.users, slot))


def rename_school(keys: Keys, school: str) -> Keys:
    """Show another school's name before unlocking."""
    return replace(keys, school=school)


def check_name(text: str) -> str:
    """Return a new user's name as it is kept.

    Raises:
        UserError: it is empty, too long, or holds what cannot be seen.

    """
    name = clean_name(text)
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UserError(
            "用户的姓名没有填。" if not name else f"用户的姓名太长：最多{_LONGEST_NAME}个字。",
            safe=_UNCHANGED,
            do="请填平时的称呼，如“张老师”。",
        )
    return name


def same_key(one: Keys, other: Keys) -> bool:
    """Say whether both open databases written with the same key."""
    return hmac.compare_digest(one.key_check, other.key_check)


def fits(keys: Keys, key: bytes) -> bool:
    """Say whether this is the database key the file seals."""
    return hmac.compare_digest(keys.key_check, _key_check(key))


def merge_for_restore(today: Keys | None, backup: Keys) -> Keys:
    """Choose the key file to stand beside a restored database.

    Where the database key is the same, today's users and passwords stay: going back to an older
    backup brings back neither an old password nor a user who has left.
    """
    return today if today is not None and same_key(today, backup) else backup


def _open(keys: Keys, slot: Slot, secret: str, clock: Clock) -> tuple[Keys, bytes]:
    slot = replace(slot, tries=slot.tries.settled(clock))
    if (left_s := slot.tries.left_s(clock)) > 0:
        what = f"刚才输错的次数多了，请等{_count(left_s)}再试。"
        raise Refused(what, _put(keys, slot), wait_s=left_s)
    try:
        key = slots.open_slot(slot, secret, file_id=keys.file_id)
    except WrongSecret:
        raise _wrong(keys, replace(slot, tries=slot.tries.failed(clock))) from None
    if not fits(keys, key) or not slots.is_stamped(slot, key, file_id=keys.file_id):
        raise UserError(
            "钥匙文件里这个用户的身份被人改动过，校安台不认它。",
            safe=_UNTOUCHED,
            do="请从备份恢复，或者用另一个用户、纸质恢复码打开。",
        )
    return _put(keys, replace(slot, tries=Tries())), key


def _wrong(keys: Keys, slot: Slot) -> Refused:
    counted = _put(keys, slot)
    is_code = slot.kind == RECOVERY
    word = "恢复码" if is_code else "口令"
    if slot.tries.free:
        hint = "请和纸上再对一遍。" if is_code else "大写键是不是开着？"
        return Refused(f"{word}不对，还可以试{slot.tries.free}次。", counted, do=hint)
    wait_s = slot.tries.wait_s
    hint = "请看看是不是这所学校的恢复码。" if is_code else "想不起来的话，可以用纸质恢复码。"
    return Refused(f"{word}不对，请等{_count(wait_s)}再试。", counted, do=hint, wait_s=wait_s)


def _count(seconds: float) -> str:
    whole = max(1, math.ceil(seconds))
    return f"{whole}秒" if whole < 60 else f"{whole // 60}分{whole % 60:02}秒"


def _with_user(
    keys: Keys,
    key: bytes,
    name: str,
    password: str,
    *,
    cost: Cost,
    role: Role,
    class_uid: str | None,
) -> Keys:
    known = check_name(name)
    _refuse_taken(keys, known)
    slot = slots.make_slot(
        slots.check_new_password(password),
        key,
        file_id=keys.file_id,
        cost=cost,
        name=known,
        role=role.value,
        class_uid=class_uid,
    )
    codes = tuple(slot for slot in keys.slots if slot.kind == RECOVERY)
    return replace(keys, slots=(*keys.users, slot, *codes))


def _refuse_taken(keys: Keys, name: str) -> None:
    if any(name.casefold() == slot.name.casefold() for slot in keys.users):
        raise UserError(
            f"已经有叫“{name}”的用户了。",
            safe=_UNCHANGED,
            do="请换一个叫法，如加上任教的班级。",
        )
    if len(keys.slots) >= MOST_SLOTS:
        raise UserError(
            f"用户太多了：最多{MOST_SLOTS - 1}个。",
            safe=_UNCHANGED,
            do="请先删掉不再使用的用户。",
        )


def _with_officer(keys: Keys) -> Keys:
    if not any(slot.role == Role.OFFICER for slot in keys.users):
        raise UserError(
            "至少要留一名安全员，否则没有人能管理用户和备份。",
            safe=_UNCHANGED,
            do="请先让另一名用户当安全员。",
        )
    return keys


def _put(keys: Keys, slot: Slot) -> Keys:
    same = (slot if known.id == slot.id else known for known in keys.slots)
    return replace(keys, slots=tuple(same))


def _key_check(key: bytes) -> str:
    return hashlib.sha256(b"xiaoan key check" + key).hexdigest()[:16]
