"""What this school hands to the town: the keys it signs with, the tables, the files made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped

from app.core.errors import UserError
from app.core.files import put
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Record, Store
from app.core.views import Row
from app.handover.package import Sender, Table, TableField, fingerprint, pack
from app.handover.reading import MOST_BYTES, Report, inspect

_KEY = "handover.private_key"


class SentFile(Record):
    """One data file that was made; ``rows`` counts the rows of each table."""

    __tablename__ = "sent_file"

    seq: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str]
    rows: Mapped[dict[str, Any]]


@dataclass(frozen=True)
class Source:
    """Where the rows of one table come from: a room's view made for the town."""

    name: str
    title: str
    fields: tuple[TableField, ...]
    read: Callable[[], list[Row]]


class HandoverRegister:
    """The data files of this school; ``sources`` are the tables in the order they are written."""

    def __init__(
        self,
        store: Store,
        sources: Sequence[Source],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._store = store
        self._settings = Settings(store)
        self._sources = sources
        self._now = now

    def make_key(self) -> None:
        """Make the key pair this school signs with; once, when the database is made."""
        if self._settings.get(_KEY) is None:
            private = Ed25519PrivateKey.generate().private_bytes_raw()
            self._settings.put({_KEY: private.hex()}, label="生成报送签名")

    def fingerprint(self) -> str:
        """Return the public key as it is compared by telephone."""
        private = Ed25519PrivateKey.from_private_bytes(self._private_key())
        return fingerprint(private.public_key().public_bytes_raw())

    def export(self, target: Path) -> dict[str, int]:
        """Write the data file and read it back; return the number of rows of each table.

        Raises:
            UserError: the role does not include it, the place cannot be written to, or what was
                written does not read back.

        """
        self._store.sitter.demand(Right.EXPORT)
        tables = [Table(s.name, s.title, s.fields, s.read()) for s in self._sources]
        with self._store.change("生成数据文件", undoable=False) as session:
            last = session.scalar(select(func.max(SentFile.seq)).execution_options(**WITH_VOID))
            seq = self._store.count("报送", after=last or 0)
            data = pack(
                self._sender(), tables, seq=seq, made_at=self._now(), key=self._private_key()
            )
            rows = {table.name: len(table.rows) for table in tables}
            session.add(
                SentFile(
                    seq=seq,
                    made_at=self._now(),
                    made_by=self._store.sitter.name,
                    name=target.name,
                    sha256=sha256(data).hexdigest(),
                    rows=rows,
                )
            )
            put(target, data)
            self._read_back(target, data)
        return rows

    def file_name(self) -> str:
        """Offer a name for the next file: 校安台_学校_日期.zip."""
        return f"校安台报送_{self._settings.get('school.name', '')}_{self._now():%Y%m%d}.zip"

    def sent(self) -> Sequence[SentFile]:
        """Return the files made so far, the newest first."""
        with self._store.read() as session:
            return session.scalars(select(SentFile).order_by(SentFile.seq.desc())).all()

    def titles(self) -> dict[str, str]:
        """Return what each table is called."""
        return {source.name: source.title for source in self._sources}

    def _sender(self) -> Sender:
        facts = [self._settings.get(f"school.{key}", "") for key in ("code", "name", "kind")]
        return Sender(*facts)

    def _private_key(self) -> bytes:
        kept = self._settings.get(_KEY)
        if kept is None:
            raise UserError("这份数据里没有报送用的签名。", do="请从备份恢复，或重新建立学校数据。")
        return bytes.fromhex(kept)

    def _read_back(self, target: Path, data: bytes) -> None:
        try:
            same = target.read_bytes() == data
        except OSError:
            same = False
        if not same or not inspect(data).ok:
            target.unlink(missing_ok=True)
            raise UserError(
                "数据文件写出去以后读回来不一样，已经把它删掉。",
                safe="校安台里的记录都没有变。",
                do="请换一个U盘或文件夹再试一次。",
            )


def verify(path: Path) -> Report:
    """Read a data file from wherever it lies and say what it holds and what is wrong with it.

    Raises:
        UserError: there is no such file, or it cannot be read at all.

    """
    try:
        if path.stat().st_size > MOST_BYTES:
            return Report(problems=["文件太大，不是校安台生成的数据文件。"])
        return inspect(path.read_bytes())
    except OSError:
        raise UserError(
            f"文件“{path.name}”读不出来。", do="请看看文件还在不在、U盘有没有插好，再试一次。"
        ) from None
