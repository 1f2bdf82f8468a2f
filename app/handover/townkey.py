"""The town's key file: made once by the town, taken in once by each school, compared aloud.

It holds the town's public signing key, by which a school knows its answers, and the public key
data files may be sealed to (age). The private halves never leave the town's encrypted data.
"""

from __future__ import annotations

import json
from base64 import b32encode
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store

SUFFIX = ".xiaoan-key"
SIGNING_KEY = "handover.private_key"  # what a desk signs with, school or town
_SEAL_KEY = "town.seal_key"  # what opens files sealed to the town
_KEPT = "handover.town_key"  # at a school: the town's public keys
_FORMAT, _SEAL, _MOST_BYTES = "xiaoan-town-key", b"xiaoan-town-key-v1\0", 10_000
_WRONG = "请让镇里用校安台重新生成公钥文件，再拷过来。"


@dataclass(frozen=True)
class TownKey:
    """The public keys of a town: ``sign`` 64 hexadecimal digits, ``seal`` an age recipient."""

    name: str
    code: str
    sign: str
    seal: str

    @property
    def fingerprint(self) -> str:
        """Both keys as people compare them aloud: four groups of four."""
        both = b32encode(sha256(f"{self.sign} {self.seal}".encode()).digest()[:10]).decode()
        return "-".join(both[at : at + 4] for at in range(0, 16, 4))

    def written(self, private: bytes) -> bytes:
        """Return the bytes of the key file, signed with the town's own private key."""
        said = {"format": _FORMAT, "version": 1, **asdict(self)}
        signature = Ed25519PrivateKey.from_private_bytes(private).sign(_signed(said)).hex()
        whole = {**said, "fingerprint": self.fingerprint, "signature": signature}
        return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def read_town_key(data: bytes) -> TownKey:
    """Read a key file.

    Raises:
        UserError: it is no key file, or was changed.

    """
    try:
        said = json.loads(data.decode("utf-8")) if len(data) <= _MOST_BYTES else None
        if not isinstance(said, dict) or said.get("format") != _FORMAT or said["version"] != 1:
            raise ValueError
        key = TownKey(*(_text(said[name]) for name in ("name", "code", "sign", "seal")))
        if not key.seal.startswith("age1") or said["fingerprint"] != key.fingerprint:
            raise ValueError
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.sign))
        kept = {"format": _FORMAT, "version": 1, **asdict(key)}
        public.verify(bytes.fromhex(_text(said["signature"])), _signed(kept))
    except (ValueError, KeyError, TypeError, RecursionError, InvalidSignature):
        raise UserError(
            "这不是镇级公钥文件，或者文件被改动过。", safe="什么都没有改动。", do=_WRONG
        ) from None
    return key


class TownKeys:
    """The keys of this desk's town: at the town its own, at a school the ones it was given."""

    def __init__(self, store: Store) -> None:
        self._store, self._settings = store, Settings(store)

    # At the town.

    def make(self) -> None:
        """Make the keys a town has beside the one it signs with; once."""
        if self._settings.get(_SEAL_KEY) is None:
            from pyrage import x25519

            made = str(x25519.Identity.generate())
            self._settings.put({_SEAL_KEY: made}, "生成镇级密钥")

    def own(self) -> TownKey:
        """Return the public keys of this town."""
        from pyrage import x25519

        seal = x25519.Identity.from_str(self.opens_with()).to_public()
        public = Ed25519PrivateKey.from_private_bytes(self.signs_with()).public_key()
        name, code = (str(self._settings.get(f"school.{key}", "")) for key in ("name", "code"))
        return TownKey(name, code, public.public_bytes_raw().hex(), str(seal))

    def file(self) -> bytes:
        """Return the key file for the schools."""
        return self.own().written(self.signs_with())

    def signs_with(self) -> bytes:
        """Return the private key this desk signs with."""
        return bytes.fromhex(self._private(SIGNING_KEY))

    def opens_with(self) -> str:
        """Return what opens files sealed to this town (an age identity)."""
        return self._private(_SEAL_KEY)

    # At a school.

    def town(self) -> TownKey | None:
        """Return the keys of the town this school hands in to, None if none were taken in."""
        kept = self._settings.get(_KEPT)
        return TownKey(*(kept[k] for k in ("name", "code", "sign", "seal"))) if kept else None

    def take(self, path: Path, *, on: date, fingerprint: str = "") -> TownKey:
        """Keep the town's keys; those of another town only with its ``fingerprint`` compared.

        Raises:
            UserError: the role does not include it, the file is none, or another key is kept.

        """
        self._store.sitter.demand(Right.EXPORT)
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except OSError:
            raise UserError(
                f"文件“{path.name}”读不出来。", do="请看看U盘有没有插好，再试一次。"
            ) from None
        key, had = read_town_key(data), self.town()
        if had is not None and had != key and fingerprint != key.fingerprint:
            raise UserError(
                f"已经有“{had.name}”的公钥，和这一份不一样。",
                safe="原来的公钥没有动。",
                do=f"请打电话和镇里核对十六个字符：{key.fingerprint}。一样，再换。",
            )
        if had != key:
            self._settings.put({_KEPT: {**asdict(key), "on": on.isoformat()}}, "收下镇级公钥")
        return key

    def _private(self, name: str) -> str:
        kept: Any = self._settings.get(name)
        if kept is None:
            raise UserError("这份数据里没有镇级密钥。", do="请从备份恢复，或重新建立镇级汇总。")
        return str(kept)


def _signed(said: dict[str, Any]) -> bytes:
    return _SEAL + json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError
    return value
