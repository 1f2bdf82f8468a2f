"""What this school hands to the town: the keys it signs with, the tables, the files made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session

from app.core.errors import UserError
from app.core.files import put
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Record, Store
from app.core.views import Row
from app.handover.archive import MOST_BYTES
from app.handover.faults import Problem
from app.handover.package import pack
from app.handover.parts import Letterhead, Period, Sender, Table, TableField, fingerprint
from app.handover.periods import Span, period_of
from app.handover.reading import Report, inspect

_KEY = "handover.private_key"
_NEVER = Period(date.min, date.min)


class SentFile(Record):
    """One data file that was made; ``rows`` counts the rows of each table.

    ``sha256`` is of the file before it is sealed, so that both ends can tell it; ``revision``
    counts the files of the same days. It is ``handed_at`` once both have signed for it.
    """

    __tablename__ = "sent_file"

    seq: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str]
    rows: Mapped[dict[str, Any]]
    span: Mapped[str | None]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    revision: Mapped[int]
    attachments: Mapped[int]
    sealed_for: Mapped[str | None]
    due_at: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    handed_by: Mapped[str | None]
    handed_to: Mapped[str | None]


@dataclass(frozen=True)
class Source:
    """Where the rows of one table come from: a room's view made for the town.

    ``read`` is asked for the days the file tells of.
    """

    name: str
    title: str
    fields: tuple[TableField, ...]
    read: Callable[[Period], list[Row]]


@dataclass(frozen=True)
class Order:
    """What one file shall be: its days, and by when it is due."""

    period: Period
    span: Span = Span.OWN
    due_at: datetime | None = None


class HandoverRegister:
    """The data files of this school; ``sources`` are the tables in the order they are written."""

    def __init__(
        self,
        store: Store,
        sources: Sequence[Source],
        now: Callable[[], datetime] = datetime.now,
        term: Callable[[], Period] | None = None,
    ) -> None:
        self._store = store
        self._settings = Settings(store)
        self._sources = sources
        self._now = now
        self._term = term or (lambda: period_of(Span.YEAR, now().date(), _NEVER))

    def make_key(self) -> None:
        """Make the key pair this school signs with; once, when the database is made."""
        if self._settings.get(_KEY) is None:
            private = Ed25519PrivateKey.generate().private_bytes_raw()
            self._settings.put({_KEY: private.hex()}, label="生成报送签名")

    def fingerprint(self) -> str:
        """Return the public key as it is compared by telephone."""
        private = Ed25519PrivateKey.from_private_bytes(self._private_key())
        return fingerprint(private.public_key().public_bytes_raw())

    def period(self, span: Span) -> Period:
        """Return the days a word means today; 自选 begins as the school year."""
        return period_of(span, self._now().date(), self._term())

    def export(self, target: Path, order: Order | None = None) -> dict[str, int]:
        """Write the data file and read it back; return the number of rows of each table.

        Without an order it tells of the school year.

        Raises:
            UserError: the role does not include it, the place cannot be written to, or what was
                written does not read back.

        """
        self._store.sitter.demand(Right.EXPORT)
        order = order or Order(self.period(Span.YEAR), Span.YEAR)
        tables = self.tables(order.period)
        with self._store.change("生成数据文件", undoable=False) as session:
            head = self._head(session, order)
            data = pack(self._sender(), tables, head, key=self._private_key())
            rows = {table.name: len(table.rows) for table in tables}
            session.add(
                SentFile(
                    seq=head.seq,
                    made_at=head.made_at,
                    made_by=self._store.sitter.name,
                    name=target.name,
                    sha256=sha256(data).hexdigest(),
                    rows=rows,
                    span=str(order.span),
                    first_on=order.period.first,
                    last_on=order.period.last,
                    revision=head.revision,
                    attachments=0,
                    due_at=order.due_at,
                )
            )
            put(target, data)
            self._read_back(target, data)
        return rows

    def tables(self, period: Period) -> list[Table]:
        """Return the tables of a file that tells of these days."""
        return [Table(s.name, s.title, s.fields, s.read(period)) for s in self._sources]

    def _head(self, session: Session, order: Order) -> Letterhead:
        """Return what the next file says of itself."""
        every = select(SentFile).order_by(SentFile.seq.desc()).execution_options(**WITH_VOID)
        last = session.scalar(every.limit(1))
        period = order.period
        same = select(func.max(SentFile.revision)).where(
            SentFile.first_on == period.first, SentFile.last_on == period.last
        )
        return Letterhead(
            period,
            seq=self._store.count("报送", after=last.seq if last else 0),
            revision=(session.scalar(same.execution_options(**WITH_VOID)) or 0) + 1,
            made_at=self._now(),
            previous=last.sha256 if last else "",
        )

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
        keys = ("code", "name", "kind", "area")
        return Sender(*(self._settings.get(f"school.{key}") or "" for key in keys))

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
            return Report(problems=[Problem("TOOBIG", "文件太大，不是校安台生成的数据文件。")])
        return inspect(path.read_bytes())
    except OSError:
        raise UserError(
            f"文件“{path.name}”读不出来。", do="请看看文件还在不在、U盘有没有插好，再试一次。"
        ) from None
