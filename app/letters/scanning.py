"""Taking receipts back by scanned paper: read everything first, then write it in one change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.scans import Look, Page, read_scans, shrunk
from app.core.settings import Settings
from app.core.store import WITH_VOID, Blobs, Store, in_lots
from app.letters import lines, printing
from app.letters.booking import Booking, Reading, Stack, Unread, not_mine
from app.letters.codes import SCANNED, read_code
from app.letters.matching import Known, Seen, Verdict, match
from app.letters.records import LetterBatch, LetterReceipt, Status
from app.letters.sharing import share
from app.students import Status as Place
from app.students import Student

# What a person may note of a receipt beside its standing.
WRITTEN = ("delivered", "signer", "relation", "phone", "signed_on", "box")


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

        told, rest = stack.faults.append, stack.rest.extend
        for one in read_scans(files, self._look(), fault=told, rest=rest, tick=tick):
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
        readings = [
            replace(one, picture=one.picture.remade(shrunk)) if one.picture else one
            for one in readings
        ]
        with self._store.change("扫描件收回执") as session:
            return Booking(
                session, Blobs(self._store), self._store.sitter.name, self._today()
            ).write(stack, readings, elsewhere=elsewhere, only_class=self._only_class)

    def find(self, text: str) -> lines.ReceiptLine:
        """Return the receipt of a code somebody read off a picture.

        Raises:
            UserError: it is no code of this school, was never sent, or is not of one's class.

        """
        self._store.sitter.demand(Right.RECEIVE)
        with self._store.read() as session:
            marks = lines.marks(session)
            code = str(read_code(text, school=self._school, marks=marks))
            found = lines.find_codes(session, [code]).get(code)
            if found is None or found.void_reason is not None:
                raise UserError(f"没有发过编号是 {code} 的回执。", do="请再对一对纸上的编号。")
            (line,) = lines.receipt_lines(session, uids=[found.uid])
        if self._only_class not in (None, line.class_uid):
            raise not_mine()
        return line

    def picture(self, uid: str) -> bytes | None:
        """Return the picture of a receipt, None if none was kept; the look is written down.

        Raises:
            UserError: the role may not, or it is another class's.

        """
        self._store.sitter.demand(Right.RECEIVE)
        receipt = self._store.get(LetterReceipt, uid)
        self._refuse_other_class(receipt)
        if receipt.image is None:
            return None
        self._store.note("看回执图像", about=uid)
        return Blobs(self._store).get(receipt.image)

    def write_down(self, uid: str, values: Mapping[str, Any]) -> None:
        """Keep what stands on a receipt and where its paper lies; ``values`` by ``WRITTEN``.

        Raises:
            UserError: the role may not, or it is another class's.

        """
        self._store.sitter.demand(Right.RECEIVE)
        with self._store.change("回执资料") as session:
            receipt = self._store.get(LetterReceipt, uid)
            self._refuse_other_class(receipt)
            for key in WRITTEN:
                if key in values:
                    setattr(receipt, key, values[key] or None)
            share(session, [receipt])

    def _refuse_other_class(self, receipt: LetterReceipt) -> None:
        if self._only_class not in (None, receipt.class_uid):
            raise not_mine()

    @property
    def _only_class(self) -> str | None:
        return self._store.sitter.only_class

    @property
    def _school(self) -> str:
        return str(self._settings.get("school.code", ""))

    def _batch(self, name: str) -> str:
        with self._store.read() as session:
            return lines.find_batch(session, name).code

    def _look(self) -> Look:
        facts = printing.Facts(
            school=self._settings.get("school.name", ""),
            school_code=self._school,
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
            stack.images.append(stack.spool.keep(cut.image))
        if page.is_unreadable:
            picture = stack.spool.keep(page.picture) if page.picture else None
            stack.unread.append(Unread(file, page.number, picture))

    def _match(self, batch: str, seen: Sequence[Seen]) -> list[Verdict]:
        with self._store.read() as session:
            marks = lines.marks(session)
            codes = {code for one in seen if (code := _code(one.text, self._school, marks))}
            known = _known(session, codes)
        return match(
            seen,
            batch=batch,
            school=self._school,
            marks=marks,
            only_class=self._only_class,
            known=known,
        )


def _code(text: str, school: str, marks: Mapping[str, str]) -> str:
    try:
        return str(read_code(text, school=school, marks=marks))
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
                seat_no=receipt.seat_no,
                name=name or "",
                is_back=receipt.status == Status.BACK,
                has_image=receipt.image is not None,
                is_void=receipt.void_reason is not None,
                gone="不在名册里" if void or place is None else _gone(place),
            )
    return known


def _gone(place: str) -> str:
    return "" if place == Place.HERE else place
