"""A stack of scanned receipts: what was found in it, what a person read, and writing both."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.scans import Kept, Spool
from app.core.store import Blobs, in_lots
from app.letters.matching import FOREIGN, ScanFate, Verdict
from app.letters.records import Delivery, LetterReceipt, Status, Way
from app.letters.sharing import share

_JPEG = "image/jpeg"


@dataclass(frozen=True)
class Unread:
    """A page somebody has to read by eye; ``picture`` is None if it could not even be drawn."""

    file: Path
    page: int
    picture: Kept | None


@dataclass
class Stack:
    """Scanned pages of one batch, read and matched; nothing of it is written yet.

    ``rest`` are the files that were not begun, since the stack was high enough for once.
    """

    batch: str
    pages: int = 0
    empty: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    images: list[Kept] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    faults: list[UserError] = field(default_factory=list)
    rest: list[Path] = field(default_factory=list)
    spool: Spool = field(default_factory=Spool)

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
    picture: Kept | None = None


class Booking:
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
        """Write what was matched and what was read; return how many came back by it.

        Raises:
            UserError: a receipt read by a person is another class's, or was taken back meanwhile.

        """
        kept = {ScanFate.MATCHED, ScanFate.ALREADY} | (
            {ScanFate.OTHER_BATCH} if elsewhere else set()
        )
        pairs = zip(stack.verdicts, stack.images, strict=True)
        images = {v.uid: image for v, image in pairs if v.fate in kept and v.keeps}
        receipts = self._receipts([*images, *(reading.uid for reading in readings)])
        back = sum(
            self._take(receipts[uid], image) for uid, image in images.items() if uid in receipts
        )
        for reading in readings:
            receipt = receipts.get(reading.uid)
            if receipt is None:
                raise UserError(
                    "有一份回执刚刚被撤销了。", safe="什么都没有改动。", do="请重新读一次。"
                )
            if only_class not in (None, receipt.class_uid):
                raise not_mine()
            back += self._read(receipt, reading)
        share(self._session, receipts.values())
        return back

    def _receipts(self, uids: Collection[str]) -> dict[str, LetterReceipt]:
        found = {}
        for lot in in_lots(list(dict.fromkeys(uids))):
            for receipt in self._session.scalars(
                select(LetterReceipt).where(LetterReceipt.uid.in_(lot))
            ):
                found[receipt.uid] = receipt
        return found

    def _take(self, receipt: LetterReceipt, image: Kept | None) -> bool:
        """Keep the picture; say whether the receipt came back by it."""
        self._keep(receipt, image)
        if receipt.status == Status.BACK:
            return False
        receipt.status, receipt.way = Status.BACK, Way.SCAN
        receipt.returned_on, receipt.received_by = self._today, self._who
        receipt.note = None
        return True

    def _keep(self, receipt: LetterReceipt, image: Kept | None) -> None:
        if image is not None and receipt.image is None:
            receipt.image = self._blobs.keep(image.read(), kind=_JPEG)

    def _read(self, receipt: LetterReceipt, reading: Reading) -> bool:
        if reading.delivered:
            receipt.delivered = [str(way) for way in reading.delivered]
        is_back = reading.status is Status.BACK and self._take(receipt, reading.picture)
        if reading.status is not Status.BACK:
            receipt.status, receipt.way = reading.status, None
            receipt.returned_on = receipt.received_by = None
            self._keep(receipt, reading.picture)
        if note := reading.note.strip():
            receipt.note = note
        return is_back


def not_mine() -> UserError:
    """Return what to say of the receipt of another class."""
    return UserError(
        "这不是您班上的回执。",
        safe="什么都没有改动。",
        do="请交给那个班的班主任，或者请安全员来登记。",
    )
