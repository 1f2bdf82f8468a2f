"""Photos and scans, kept once each under the SHA-256 of their bytes."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import UserError
from app.core.store.database import permit_writes
from app.core.store.lots import in_lots
from app.core.store.records import Base

if TYPE_CHECKING:
    from app.core.store.store import Store

MOST_BYTES = 20 * 2**20
DATA_FILE = "application/zip"
MOST_DATA_FILE_BYTES = 200_000_000  # what a school's data file may have
_BEGINNINGS = {
    DATA_FILE: b"PK\x03\x04",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "application/pdf": b"%PDF-",
}


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

        ``kind`` is ``image/jpeg``, ``image/png``, ``application/pdf`` or ``application/zip`` for a
        data file. Inside a change it joins that change.

        Raises:
            UserError: it is larger than 20 MB (a data file 200 MB), or is not what ``kind`` says.

        """
        return self.keep_all([data], kind=kind)[0]

    def keep_all(self, every: Sequence[bytes], *, kind: str) -> list[str]:
        """Keep each of these and return their hashes, as ``keep`` does with one.

        Raises:
            UserError: one of them cannot be kept; then none is.

        """
        for data in every:
            _refuse_strange(data, kind)
        names = [sha256(data).hexdigest() for data in every]
        found = dict(zip(names, every, strict=True))
        with self._store.change("存入附件") as session:
            connection = session.connection()
            had: set[str] = set()
            for lot in in_lots(list(found)):
                had.update(session.scalars(select(Blob.hash).where(Blob.hash.in_(lot))))
            new = [
                {"hash": name, "kind": kind, "bytes": data}
                for name, data in found.items()
                if name not in had
            ]
            if new:
                permit_writes(connection, True)
                connection.execute(insert(Blob), new)
                permit_writes(connection, False)
        return names

    def get(self, name: str) -> bytes | None:
        """Return the bytes kept under this hash, None if they were forgotten."""
        with self._store.read() as session:
            return session.scalar(select(Blob.bytes).where(Blob.hash == name))


def _refuse_strange(data: bytes, kind: str) -> None:
    most = MOST_DATA_FILE_BYTES if kind == DATA_FILE else MOST_BYTES
    if len(data) > most:
        raise UserError(
            f"这个文件有{len(data) / 2**20:.0f} MB，太大了：最多{most // 2**20} MB。",
            safe="没有存入，原来的记录没有变。",
            do="请换一张小一点的照片，或者把扫描件分成几份。",
        )
    if not data.startswith(_BEGINNINGS[kind]):
        raise UserError(
            "这个文件不是照片，也不是PDF，或者已经损坏。"
            if kind != DATA_FILE
            else "这个文件不是数据文件，或者已经损坏。",
            safe="没有存入，原来的记录没有变。",
            do="请选JPG、PNG图片或PDF文件。" if kind != DATA_FILE else "请重新拷贝一次。",
        )
