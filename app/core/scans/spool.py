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
        self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as its pictures
        self._seal = ChaCha20Poly1305(os.urandom(32))
        self._lock = Lock()
        self._end = 0

    def keep(self, picture: bytes) -> Kept:
        """Put a picture away.

        Raises:
            UserError: the disk is full.

        """
        with self._lock:
            at = self._end
            try:
                self._file.seek(at)
                self._end += self._file.write(self._seal.encrypt(_nonce(at), picture, None))
            except OSError as error:
                raise UserError(
                    "电脑磁盘满了，这些页读不下。",
                    safe="什么都没有登记，扫描件还在原来的地方。",
                    do="请清理磁盘，或者少选几个文件，再读一次。",
                ) from error
            return Kept(self, at, self._end - at)

    def read(self, at: int, size: int) -> bytes:
        """Return the picture that was put at this place."""
        with self._lock:
            self._file.seek(at)
            return self._seal.decrypt(_nonce(at), self._file.read(size), None)


@dataclass(frozen=True, eq=False)
class Kept:
    """A picture that was put away; its spool lasts as long as any of its pictures."""

    spool: Spool
    at: int
    size: int

    def read(self) -> bytes:
        """Return the picture."""
        return self.spool.read(self.at, self.size)

    def remade(self, make: Callable[[bytes], bytes]) -> Kept:
        """Return another picture made of this one, put away beside it."""
        return self.spool.keep(make(self.read()))


def _nonce(at: int) -> bytes:
    """Return what is used once under a key: the place, which is written once."""
    return at.to_bytes(_NONCE_BYTES, "big")
