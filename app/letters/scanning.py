"""Taking receipts back by scanned paper: read everything first, then write it in one change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.scans import Look, Page, read_scans
from app.core.settings import Settings
from app.core.store import WITH_VOID, Store, in_lots
from app.core.store.blobs import Blobs
from app.letters import lines, printing
from app.letters.codes import SCANNED, read_code
from app.letters.matching import FOREIGN, Known, ScanFate, Seen, Verdict, match
from app.letters.records import Delivery, LetterBatch, LetterReceipt, Status, Way
from app.students import Status as Place
from app.students import Student

_JPEG = "image/jpeg"


@dataclass(frozen=True)
class Unread:
    """A page somebody has to read by eye; ``picture`` is None if it could not even be drawn."""

    file: Path
    page: int
    picture: bytes | None


@dataclass
class Stack:
    """Scanned pages of one batch, read and matched; nothing of it is written yet."""

    batch: str
    pages: int = 0
    empty: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    images: list[bytes] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    faults: list[UserError] = field(default_factory=list)

    def count(self, *fates: ScanFate) -> int:
        """Return how many receipts had one of these fates."""
        return sum(verdict.fate in fates for verdict in self.verdicts)

    @property
    def foreign(self) -> int:
        """How many receipts do not belong to this batch."""
        return self.count(*FOREIGN)

    @property
    def already(self) -> int:
        """How many had come back before, or come twice."""
        return self.count(ScanFate.ALREADY, ScanFate.AGAIN)


@dataclass(frozen=True)
class Reading:
    """What a person says of a page the program could not read."""

    uid: str
    status: Status = Status.BACK
    note: str = ""
    delivered: tuple[Delivery, ...] = ()
    picture: bytes | None = None


class ScanDesk:
    """Where scanned receipts are read, matched and booked; a 班主任 books the own class alone."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store = store
        self._settings = Settings(store)
        self._today = today

    def read(
        self,
        batch: str,
        files: Sequence[Path],
        *,
        step: Callable[[int, int, str], object] = lambda done, total, what: None,
    ) -> Stack:
        """Read these files and say of every receipt in them what it is; nothing is written.

        ``step`` hears of every page and several times a second; what it raises ends the reading.

        Raises:
            UserError: the role may not take receipts back, or there is no such batch.

        """
        self._store.sitter.demand(Right.RECEIVE)
        stack, seen = Stack(self._batch(batch)), list[Seen]()
        at = (0, 0, "")

        def tick() -> None:
            step(*at)

        for one in read_scans(files, self._look(), fault=stack.faults.append, tick=tick):
            at = (one.done, one.total, one.file.name)
            step(*at)
            self._lay(stack, seen, one.file, one.page)
        stack.verdicts = self._match(stack.batch, seen)
        return stack

    def book(
        self,
        stack: Stack,
        readings: Sequence[Reading] = (),
        *,
        elsewhere: bool = False,
    ) -> int:
        """Write a stack and what a person read; return how many came back by it.

        All is one change and one undo. ``elsewhere`` also books what belongs to other batches.

        Raises:
            UserError: the role may not, or a receipt read by a person is another class's.

        """
        self._store.sitter.demand(Right.RECEIVE)
        with self._store.change("扫描件收回执") as session:
            return _Booking(
                session, Blobs(self._store), self._store.sitter.name, self._today()
            ).write(stack, readings, elsewhere=elsewhere, only_class=self._only_class)

    def find(self, text: str) -> lines.ReceiptLine:
        """Return the receipt of a code somebody read off a picture.

        Raises:
            UserError: it is no code of this school, was never sent, or is not of one's class.

        """
        self._store.sitter.demand(Right.RECEIVE)
        code = str(read_code(text, school=self._settings.get("school.code", "")))
        with self._store.read() as session:
            found = lines.find_codes(session, [code]).get(code)
            if found is None or found.void_reason is not None:
                raise UserError(f"没有发过编号是 {code} 的回执。", do="请再对一对纸上的编号。")
            (line,) = lines.receipt_lines(session, uids=[found.uid])
        if self._only_class not in (None, line.class_uid):
            raise UserError("这不是您班上的回执。", do="请交给那个班的班主任。")
        return line

    @property
    def _only_class(self) -> str | None:
        return self._store.sitter.only_class

    def _batch(self, name: str) -> str:
        with self._store.read() as session:
            return lines.find_batch(session, name).code

    def _look(self) -> Look:
        facts = printing.Facts(
            school=self._settings.get("school.name", ""),
            school_code=self._settings.get("school.code", ""),
            printed_by="",
        )
        with self._store.read() as session:
            batches = session.scalars(select(LetterBatch).where(LetterBatch.has_receipt)).all()
        return Look(SCANNED, printing.slips_of(batches, facts))

    def _lay(self, stack: Stack, seen: list[Seen], file: Path, page: Page) -> None:
        stack.pages += 1
        stack.empty += page.is_empty
        for cut in page.cuts:
            seen.append(Seen(cut.text, file.name, page.number))
            stack.images.append(cut.image)
        if page.is_unreadable:
            stack.unread.append(Unread(file, page.number, page.picture))

    def _match(self, batch: str, seen: Sequence[Seen]) -> list[Verdict]:
        school = self._settings.get("school.code", "")
        codes = {code for one in seen if (code := _code(one.text, school))}
        with self._store.read() as session:
            known = _known(session, codes)
        return match(seen, batch=batch, school=school, only_class=self._only_class, known=known)


class _Booking:
    """One stack being written, inside a change."""

    def __init__(self, session: Session, blobs: Blobs, who: str, today: date) -> None:
        self._session, self._blobs = session, blobs
        self._who, self._today = who, today

    def write(
        self,
        stack: Stack,
        readings: Sequence[Reading],
        *,
        elsewhere: bool,
        only_class: str | None,
    ) -> int:
        kept = {ScanFate.MATCHED, ScanFate.ALREADY} | (
            {ScanFate.OTHER_BATCH} if elsewhere else set()
        )
        pairs = zip(stack.verdicts, stack.images, strict=True)
        images = {v.uid: image for v, image in pairs if v.fate in kept and v.keeps}
        receipts = self._receipts([*images, *(reading.uid for reading in readings)])
        back = sum(self._take(receipts[uid], image) for uid, image in images.items())
        for reading in readings:
            receipt = receipts[reading.uid]
            if only_class not in (None, receipt.class_uid):
                raise UserError("这不是您班上的回执。", safe="什么都没有改动。")
            back += self._read(receipt, reading)
        return back

    def _receipts(self, uids: Collection[str]) -> dict[str, LetterReceipt]:
        found = {}
        for lot in in_lots(list(dict.fromkeys(uids))):
            for receipt in self._session.scalars(
                select(LetterReceipt).where(LetterReceipt.uid.in_(lot))
            ):
                found[receipt.uid] = receipt
        return found

    def _take(self, receipt: LetterReceipt, image: bytes | None) -> bool:
        """Keep the picture; say whether the receipt came back by it."""
        if image is not None and receipt.image is None:
            receipt.image = self._blobs.keep(image, kind=_JPEG)
        if receipt.status == Status.BACK:
            return False
        receipt.status, receipt.way = Status.BACK, Way.SCAN
        receipt.returned_on, receipt.received_by = self._today, self._who
        receipt.note = None
        return True

    def _read(self, receipt: LetterReceipt, reading: Reading) -> bool:
        if reading.delivered:
            receipt.delivered = [str(way) for way in reading.delivered]
        is_back = reading.status is Status.BACK and self._take(receipt, reading.picture)
        if reading.status is not Status.BACK:
            receipt.status, receipt.way = reading.status, None
            receipt.returned_on = receipt.received_by = None
            if reading.picture is not None and receipt.image is None:
                receipt.image = self._blobs.keep(reading.picture, kind=_JPEG)
        if note := reading.note.strip():
            receipt.note = note
        return is_back


def _code(text: str, school: str) -> str:
    try:
        return str(read_code(text, school=school))
    except UserError:
        return ""


def _known(session: Session, codes: Collection[str]) -> dict[str, Known]:
    known = {}
    for lot in in_lots(list(codes)):
        wanted = (
            select(LetterReceipt, LetterBatch, Student.name, Student.status, Student.void_reason)
            .join(LetterBatch, LetterBatch.id == LetterReceipt.batch_id)
            .join(Student, Student.uid == LetterReceipt.student_uid, isouter=True)
            .where(LetterReceipt.code.in_(lot))
            .execution_options(**WITH_VOID)
        )
        for receipt, batch, name, place, void in session.execute(wanted):
            known[receipt.code] = Known(
                uid=receipt.uid,
                batch=batch.code,
                title=batch.title,
                class_uid=receipt.class_uid,
                class_name=receipt.class_name,
                name=name or "",
                is_back=receipt.status == Status.BACK,
                has_image=receipt.image is not None,
                is_void=receipt.void_reason is not None,
                gone="不在名册里" if void or place is None else _GONE.get(place, ""),
            )
    return known


_GONE = {place: str(place) for place in Place if place is not Place.HERE}
