"""Photos and scans, kept once each under the SHA-256 of their bytes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store.database import permit_writes
from app.core.store.records import Base

if TYPE_CHECKING:
    from app.core.store.store import Store


class Blob(Base):
    """The bytes of one photo or scan; ``kind`` is its media type. Rows are only ever added."""

    __tablename__ = "blob"

    hash: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    bytes: Mapped[bytes]


class Blobs:
    """The kept photos and scans of one store; records hold the hash, never the bytes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, data: bytes, *, kind: str) -> str:
        """Keep these bytes and return their hash; the same bytes are kept once.

        ``kind`` is the media type, such as ``image/jpeg``. Inside a change it joins that change.
        """
        name = sha256(data).hexdigest()
        with self._store.change("存入附件") as session:
            connection = session.connection()
            if session.scalar(select(Blob.hash).where(Blob.hash == name)) is None:
                permit_writes(connection, True)
                connection.execute(insert(Blob).values(hash=name, kind=kind, bytes=data))
                permit_writes(connection, False)
        return name

    def get(self, name: str) -> bytes | None:
        """Return the bytes kept under this hash, None if they were forgotten."""
        with self._store.read() as session:
            return session.scalar(select(Blob.bytes).where(Blob.hash == name))
