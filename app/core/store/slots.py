"""One slot of the key file: a password, or the recovery code, that opens the database key."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.core.errors import UserError
from app.core.store.tries import Tries

PASSWORD, RECOVERY = "password", "recovery"
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
LEAST_PASSWORD, MOST_PASSWORD = 8, 200
AIM_S, MOST_S = 0.45, 0.6


class WrongSecret(Exception):  # noqa: N818 - the ordinary outcome of a mistyped password
    """The secret does not open the slot, or the slot was edited: the two look alike."""


class NotSlot(Exception):  # noqa: N818 - a finding about a file
    """What was read is not a slot this program would ever have written."""


@dataclass(frozen=True)
class Cost:
    """How dear one guess is made: Argon2id's memory in KiB, passes and lanes."""

    memory_kib: int
    passes: int
    lanes: int = 1


FLOOR = Cost(64 * 1024, 3)  # RFC 9106's second recommendation; never less, however slow the PC
_ROOMY = 128 * 1024
_LIMITS = {"memory_kib": (8 * 1024, 256 * 1024), "passes": (1, 64), "lanes": (1, 4)}


@dataclass(frozen=True)
class Slot:
    """A user, or the recovery code, with the database key sealed under what only they know.

    ``sealed`` is the key under the password, bound to id, kind, created, cost and salt. ``badge``
    binds name, role and class under the key itself, so the officer can correct them without the
    user's password, and nobody without a password can.
    """

    id: str
    kind: str
    name: str
    role: str
    class_uid: str | None
    created: str
    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes
    badge_nonce: bytes
    badge: bytes
    tries: Tries = field(default_factory=Tries)


def clean_password(text: str) -> str:
    """Return a password as it counts: full width or half width, blanks around it or none."""
    return unicodedata.normalize("NFKC", text).strip()


def check_new_password(text: str) -> str:
    """Return the password to keep.

    Raises:
        UserError: it is shorter than 8 characters, or absurdly long; there are no other rules.

    """
    clean = clean_password(text)
    if not LEAST_PASSWORD <= len(clean) <= MOST_PASSWORD:
        short = len(clean) < LEAST_PASSWORD
        raise UserError(
            f"口令太短：至少{LEAST_PASSWORD}个字，现在是{len(clean)}个。"
            if short
            else f"口令太长：最多{MOST_PASSWORD}个字。",
            safe="什么都没有改动。",
            do="汉字、字母、数字都可以，一句好记的话最好。" if short else "请换一个短些的口令。",
        )
    return clean


def calibrate(seconds: Callable[[Cost], float] | None = None) -> Cost:
    """Choose what one unlocking costs on this PC: about 0.45 s, and never below the floor."""
    measure = seconds or _time
    floor_s = min(measure(FLOOR), measure(FLOOR))
    if floor_s * 2 <= MOST_S:
        per_pass = floor_s * 2 / FLOOR.passes
        return Cost(_ROOMY, max(FLOOR.passes, int(AIM_S / per_pass)))
    return Cost(FLOOR.memory_kib, max(FLOOR.passes, int(AIM_S / (floor_s / FLOOR.passes))))


def make_slot(
    secret: str,
    key: bytes,
    *,
    file_id: str,
    cost: Cost,
    name: str,
    kind: str = PASSWORD,
    role: str = "",
    class_uid: str | None = None,
) -> Slot:
    """Seal the database key under a secret."""
    blank = Slot(
        id=secrets.token_hex(8),
        kind=kind,
        name=name,
        role=role,
        class_uid=class_uid,
        created=time.strftime("%Y-%m-%d"),
        cost=cost,
        salt=b"",
        nonce=b"",
        sealed=b"",
        badge_nonce=b"",
        badge=b"",
    )
    return stamp(reseal(blank, secret, key, file_id=file_id), key, file_id=file_id)


def reseal(slot: Slot, secret: str, key: bytes, *, file_id: str) -> Slot:
    """Return the slot under another secret, with fresh salt and no wrong tries."""
    fresh = replace(slot, salt=os.urandom(SALT_BYTES), nonce=os.urandom(NONCE_BYTES), tries=Tries())
    cipher = AESGCM(_derive(secret, fresh.cost, fresh.salt))
    return replace(fresh, sealed=cipher.encrypt(fresh.nonce, key, _lock_facts(fresh, file_id)))


def stamp(slot: Slot, key: bytes, *, file_id: str) -> Slot:
    """Return the slot with its name, role and class vouched for by the database key."""
    nonce = os.urandom(NONCE_BYTES)
    badge = AESGCM(_badge_key(key)).encrypt(nonce, b"", _badge_facts(slot, file_id))
    return replace(slot, badge_nonce=nonce, badge=badge)


def open_slot(slot: Slot, secret: str, *, file_id: str) -> bytes:
    """Return the database key.

    Raises:
        WrongSecret: the secret is wrong, or the slot is not as it was written.

    """
    cipher = AESGCM(_derive(secret, slot.cost, slot.salt))
    try:
        key = cipher.decrypt(slot.nonce, slot.sealed, _lock_facts(slot, file_id))
    except InvalidTag:
        raise WrongSecret from None
    return key


def is_stamped(slot: Slot, key: bytes, *, file_id: str) -> bool:
    """Say whether name, role and class are as somebody with the key last set them."""
    try:
        facts = _badge_facts(slot, file_id)
        AESGCM(_badge_key(key)).decrypt(slot.badge_nonce, slot.badge, facts)
    except InvalidTag:
        return False
    return True


def to_json(slot: Slot) -> dict[str, Any]:
    """Return the slot as it is written to the key file."""
    found = {name: getattr(slot, name) for name in Slot.__dataclass_fields__}
    found["cost"] = {"alg": "argon2id", **vars(slot.cost)}
    found["tries"] = vars(slot.tries)
    return {k: v.hex() if isinstance(v, bytes) else v for k, v in found.items()}


def from_json(found: Mapping[str, Any]) -> Slot:
    """Read a slot of the key file, refusing costs that would exhaust the PC.

    Raises:
        NotSlot: a part is missing, of another type, or out of bounds.

    """
    try:
        cost = Cost(**{name: _bounded(found["cost"], name) for name in _LIMITS})
        given = found["tries"]
        tries = Tries(int(given["fails"]), float(given["wall_s"]), float(given["uptime_s"]))
        class_uid = found["class_uid"]
        slot = Slot(
            id=str(found["id"]),
            kind=str(found["kind"]),
            name=str(found["name"]),
            role=str(found["role"]),
            class_uid=None if class_uid is None else str(class_uid),
            created=str(found["created"]),
            cost=cost,
            salt=bytes.fromhex(found["salt"]),
            nonce=bytes.fromhex(found["nonce"]),
            sealed=bytes.fromhex(found["sealed"]),
            badge_nonce=bytes.fromhex(found["badge_nonce"]),
            badge=bytes.fromhex(found["badge"]),
            tries=tries,
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise NotSlot from error
    nonces = {len(slot.nonce), len(slot.badge_nonce)}
    known = slot.kind in (PASSWORD, RECOVERY) and tries.fails >= 0
    if not known or len(slot.salt) != SALT_BYTES or nonces != {NONCE_BYTES}:
        raise NotSlot
    return slot


def _bounded(costs: Mapping[str, Any], name: str) -> int:
    low, high = _LIMITS[name]
    value = costs[name]
    if type(value) is not int or not low <= value <= high or costs["alg"] != "argon2id":
        raise NotSlot
    return value


def _time(cost: Cost) -> float:
    begun = time.perf_counter()
    _derive("", cost, bytes(SALT_BYTES))
    return time.perf_counter() - begun


def _derive(secret: str, cost: Cost, salt: bytes) -> bytes:
    try:
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=cost.passes,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
        ).derive(clean_password(secret).encode("utf-8", "surrogatepass"))
    except MemoryError as error:
        raise UserError(
            f"电脑的内存不够用了：核对口令要{cost.memory_kib // 1024}MB。",
            safe="数据没有被改动。",
            do="请关掉一些别的程序，再试一次。",
        ) from error


def _lock_facts(slot: Slot, file_id: str) -> bytes:
    facts = [slot.id, slot.kind, slot.created, vars(slot.cost), slot.salt.hex(), slot.nonce.hex()]
    return _canonical("xiaoan-lock", file_id, facts)


def _badge_facts(slot: Slot, file_id: str) -> bytes:
    facts = [slot.id, slot.kind, slot.name, slot.role, slot.class_uid]
    return _canonical("xiaoan-badge", file_id, facts)


def _canonical(*parts: Any) -> bytes:
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _badge_key(key: bytes) -> bytes:
    return hashlib.sha256(b"xiaoan badge" + key).digest()
