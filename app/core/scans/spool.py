"""Pictures that wait until somebody says what becomes of them: sealed, and on the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Lock

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.core.errors import UserError

_NONCE_BYTES = 12


class Spool:
    """A file that has no name, sealed with a key that lives as long as this object.

    So a stack of any height takes no memory, and nothing that can be read is left behind.
    """

    def __init__(self) -> None:
        # without a buffer, which would try again what the full disk refused
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as its pictures
        self._seal = ChaCha20Poly1305(os.urandom(32))
        self._lock = Lock()
        self._end = self._tries = 0

    def keep(self, picture: bytes) -> Kept:
        """Put a picture away.

        Raises:
            UserError: the disk is full.

        """
        with self._lock:
            at, number = self._end, self._tries
            self._tries += 1  # also of a try that fails: a number seals once
            sealed = self._seal.encrypt(_nonce(number), picture, None)
            try:
                self._file.seek(at)
                rest = memoryview(sealed)
                while rest:
                    rest = rest[self._file.write(rest) :]
            except OSError as error:
                raise UserError(
                    "电脑磁盘满了，这些页读不下。",
                    safe="什么都没有登记，扫描件还在原来的地方。",
                    do="请清理磁盘，或者少选几个文件，再读一次。",
                ) from error
            self._end += len(sealed)
            return Kept(self, number, at, len(sealed))

    def read(self, kept: Kept) -> bytes:
        """Return a picture that was put away here."""
        with self._lock:
            self._file.seek(kept.at)
            return self._seal.decrypt(_nonce(kept.number), self._file.read(kept.size), None)


@dataclass(frozen=True, eq=False)
class Kept:
    """A picture that was put away; its spool lasts as long as any of its pictures."""

    spool: Spool
    number: int
    at: int
    size: int

    def read(self) -> bytes:
        """Return the picture."""
        return self.spool.read(self)

    def remade(self, make: Callable[[bytes], bytes]) -> Kept:
        """Return another picture made of this one, put away beside it."""
        return self.spool.keep(make(self.read()))


def _nonce(number: int) -> bytes:
    """Return what is used once under a key: the number of the try."""
    return number.to_bytes(_NONCE_BYTES, "big")
