"""What this school hands to the town: the keys it signs with, the tables, the files made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.bare import bare
from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Blobs, Store
from app.core.views import Row, View
from app.handover.archive import MOST_BYTES
from app.handover.faults import Problem
from app.handover.package import pack
from app.handover.parts import LEAP, Attachment, Letterhead, Period, Sender, Table, TableField
from app.handover.parts import fingerprint as fingerprint_of
from app.handover.periods import Span, period_of
from app.handover.reading import Report, inspect
from app.handover.records import SentFile
from app.handover.sealing import seal
from app.handover.stick import place
from app.handover.townkey import SIGNING_KEY, TownKey, TownKeys
from app.handover.views import views

Tick = Callable[[int, int, str], object]
_NEVER = Period(date.min, date.min)


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
    """What one file shall be: its days, by when it is due, with photos, sealed for the town."""

    period: Period
    span: Span = Span.OWN
    due_at: datetime | None = None
    photos: bool = False
    sealed_for: TownKey | None = None


@dataclass(frozen=True)
class Made:
    """A file ready to be written: what goes to the disk, and what the log keeps of it."""

    written: bytes
    packed: bytes
    rows: dict[str, int]
    attachments: int


class Gap(NamedTuple):
    """One thing that is missing; ``room`` is where to go, ``is_late`` says it is overdue."""

    text: str
    room: str
    is_late: bool = False


class HandoverRegister:
    """The data files of this school; ``sources`` are the tables in the order they are written."""

    def __init__(
        self,
        store: Store,
        sources: Sequence[Source],
        now: Callable[[], datetime] = datetime.now,
        term: Callable[[], Period] | None = None,
    ) -> None:
        self.store = store
        self._settings = Settings(store)
        self._sources = sources
        self.town_keys = TownKeys(store)
        self.views: dict[str, View] = views(self)
        # The tables that may change while the program runs: a ledger is a file somebody drops in.
        self.further: Callable[[], Sequence[Source]] = tuple
        # What a file of these days would still lack; the house says it, who knows all rooms.
        self.gaps: Callable[[Period], list[Gap]] = lambda _period: []
        # By when a file of these days is asked for, as the school's rules have it.
        self.due: Callable[[Span, Period], datetime | None] = lambda _span, _period: None
        self._now = now
        self._term = term or (lambda: period_of(Span.YEAR, now().date(), _NEVER))

    def make_key(self) -> None:
        """Make the key pair this school signs with; once, when the database is made."""
        if self._settings.get(SIGNING_KEY) is None:
            private = Ed25519PrivateKey.generate().private_bytes_raw()
            self._settings.put({SIGNING_KEY: private.hex()}, label="生成报送签名")

    def fingerprint(self) -> str:
        """Return the public key as it is compared by telephone."""
        private = Ed25519PrivateKey.from_private_bytes(self.private_key())
        return fingerprint_of(private.public_key().public_bytes_raw())

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self._now().date()

    def period(self, span: Span) -> Period:
        """Return the days a word means today; 自选 begins as the school year."""
        return period_of(span, self.today(), self._term())

    def export(
        self, target: Path, order: Order | None = None, *, tick: Tick = lambda *_: None
    ) -> SentFile:
        """Write the data file, read it back, and put it into the log.

        Without an order it tells of the school year. ``tick`` hears of each table as it is read;
        what it raises stops the work before anything is written.

        Raises:
            UserError: the role does not include it, the place cannot be written to, or what was
                written does not read back.

        """
        self.store.sitter.demand(Right.EXPORT)
        order = order or Order(self.period(Span.YEAR), Span.YEAR)
        tables = self.tables(order.period, tick=tick)
        tick(len(tables), len(tables), "装好、签名、读回来核对")
        pictures = self._pictures(tables, order)
        with self.store.change("生成数据文件", undoable=False) as session:
            head = self._head(session, order)
            made = self._make(tables, head, order, pictures)
            sent = SentFile(
                seq=head.seq,
                made_at=head.made_at,
                made_by=self.store.sitter.name,
                name=target.name,
                sha256=sha256(made.packed).hexdigest(),
                rows=made.rows,
                span=str(order.span),
                first_on=order.period.first,
                last_on=order.period.last,
                revision=head.revision,
                attachments=made.attachments,
                sealed_for=order.sealed_for.name if order.sealed_for else None,
                due_at=order.due_at,
            )
            session.add(sent)
            place(target, made.written)
        return sent

    def tables(self, period: Period, *, tick: Tick = lambda *_: None) -> list[Table]:
        """Return the tables of a file that tells of these days."""
        every, made = self._every(), []
        for number, source in enumerate(every):
            tick(number, len(every), source.title)
            made.append(Table(source.name, source.title, source.fields, source.read(period)))
        return made

    def _every(self) -> list[Source]:
        return [*self._sources, *self.further()]

    def hand_over(self, uid: str, *, to: str) -> None:
        """Write down that a file was handed over just now, and to whom.

        Raises:
            UserError: the role may not, nobody is named, or it was handed over before.

        """
        self.store.sitter.demand(Right.EXPORT)
        if not to.strip():
            raise UserError("“接收人”没有填。", safe="没有登记。", do="请写上镇里是谁收的。")
        with self.store.change("登记交接"):
            sent = self.store.get(SentFile, uid)
            if sent.handed_at is not None:
                raise UserError(
                    "这一份已经登记过交接。", safe="没有改动。", do="请看右边的交接情况。"
                )
            sent.handed_at = self._now()
            sent.handed_by = self.store.sitter.name
            sent.handed_to = to.strip()

    def file_name(self, order: Order | None = None) -> str:
        """Offer a name for the next file: 校安台报送_学校_日期.zip, .age when it is sealed."""
        name = f"校安台报送_{self._settings.get('school.name', '')}_{self._now():%Y%m%d}.zip"
        return f"{name}.age" if order and order.sealed_for else name

    def sent(self) -> Sequence[SentFile]:
        """Return the files made so far, the newest first."""
        with self.store.read() as session:
            return session.scalars(select(SentFile).order_by(SentFile.seq.desc())).all()

    def titles(self) -> dict[str, str]:
        """Return what each table is called."""
        return {source.name: source.title for source in self._every()}

    def sender(self) -> Sender:
        """Return who hands over, as files say it."""
        keys = ("code", "name", "kind", "area")
        return Sender(*(self._settings.get(f"school.{key}") or "" for key in keys))

    def _head(self, session: Session, order: Order) -> Letterhead:
        """Return what the next file says of itself."""
        every = select(SentFile).order_by(SentFile.seq.desc()).execution_options(**WITH_VOID)
        last = session.scalar(every.limit(1))
        period = order.period
        same = select(func.max(SentFile.revision)).where(
            SentFile.first_on == period.first, SentFile.last_on == period.last
        )
        came_back = self.store.was_restored_since(last.uid if last else None)
        return Letterhead(
            period,
            seq=self.store.count(
                "报送", after=last.seq if last else 0, leap=LEAP if came_back else 0
            ),
            revision=(session.scalar(same.execution_options(**WITH_VOID)) or 0) + 1,
            made_at=self._now(),
            previous=last.sha256 if last else "",
        )

    def _make(
        self,
        tables: Sequence[Table],
        head: Letterhead,
        order: Order,
        pictures: Sequence[Attachment],
    ) -> Made:
        packed = pack(self.sender(), tables, head, key=self.private_key(), attachments=pictures)
        if problems := inspect(packed).problems:
            raise UserError(
                f"数据文件没有生成：{problems[0].message}",
                safe="什么都没有写，校安台里的记录没有变。",
                do="请在那张表里找特别长的文字，改短以后再来一次。",
            )
        town = order.sealed_for
        written = seal(packed, town.seal) if town else packed
        rows = {table.name: len(table.rows) for table in tables}
        return Made(written, packed, rows, len(pictures))

    def _pictures(self, tables: Sequence[Table], order: Order) -> list[Attachment]:
        """Return the photos the rows name, bare, and have the rows name them by their new hash."""
        blobs, found = Blobs(self.store), dict[str, Attachment]()
        for table in tables:
            for row in table.rows:
                if "photos" not in row:
                    continue
                kept = [_bare(blobs, name) for name in row["photos"] or ()] if order.photos else []
                mine = [picture for picture in kept if picture is not None]
                found |= {picture.path: picture for picture in mine}
                row["photos"] = " ".join(picture.path for picture in mine) or None  # type: ignore[index]
        return list(found.values())

    def private_key(self) -> bytes:
        """Return what this school signs with.

        Raises:
            UserError: it is not in this data.

        """
        kept = self._settings.get(SIGNING_KEY)
        if kept is None:
            raise UserError("这份数据里没有报送用的签名。", do="请从备份恢复，或重新建立学校数据。")
        return bytes.fromhex(kept)


def _bare(blobs: Blobs, name: str) -> Attachment | None:
    data = blobs.get(name)
    if data is None:
        return None
    try:
        clean = bare(data)
    except ValueError:
        return None
    return Attachment(clean, "png" if clean.startswith(b"\x89PNG") else "jpg")


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
