"""The letters of the school: sending a batch, taking receipts back, knowing who is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.paper import Covers, Layout, Printed
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Row, View
from app.letters import counting, lines, printing, views
from app.letters.letterforms import LetterForm, find_letter
from app.letters.lines import BatchLine, BatchStatus, ClassLine, ReceiptLine, standing
from app.letters.printing import Cover, Sample
from app.letters.proof import ProofDesk
from app.letters.receiving import Outcome, Receiving, put_by_hand
from app.letters.records import LetterBatch, LetterReceipt, Status
from app.letters.scanning import ScanDesk
from app.letters.sending_later import SendingLater
from app.letters.sharing import share
from app.letters.town import town_rows
from app.students import StudentRegister

_NOTHING_SENT = "没有发出任何信。"


class LetterRegister(SendingLater):
    """The school's letters and their receipts. A 班主任 sees those of the own class alone.

    ``letter_forms`` are the letters in the drawer, by id. A batch is named by its code, in
    whatever shape people type it.
    """

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        letter_forms: Mapping[str, LetterForm],
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(store, students, letter_forms, today)
        self.scans = ScanDesk(store, today)
        self.proofs = ProofDesk(store, students, today)
        self.views: dict[str, View] = views.of(self) | {"town": partial(town_rows, store)}

    def lacks_class(self) -> bool:
        """Say whether a 班主任 sits here who was given no class yet."""
        return self._store.sitter.only_class == ""

    def may(self, right: Right) -> bool:
        """Say whether whoever sits here may do this."""
        return self._store.sitter.may(right)

    def done(self, first: date, last: date) -> list[Done]:
        """Return the letters sent in these days; their kind is the letter's id."""
        columns = (LetterBatch.issued_on, LetterBatch.letter, LetterBatch.code, LetterBatch.title)
        wanted = select(*columns).where(LetterBatch.issued_on.between(first, last))
        with self._store.read() as session:
            rows = session.execute(wanted.where(LetterBatch.void_reason.is_(None))).all()
        return [Done(on, letter, code, f"{title} {code}") for on, letter, code, title in rows]

    # --- taking back -------------------------------------------------------------------------

    def receive(self, batch: str, codes: Sequence[str]) -> list[Outcome]:
        """Take back receipts by their codes, however typed; say of each what became of it.

        All are one change and one undo. Taking the same one twice changes nothing; a receipt of
        another batch, or of a class that is not one's own, is named and left alone.

        Raises:
            UserError: the role may not.

        """
        self._store.sitter.demand(Right.RECEIVE)
        sent = self.batch(batch)
        with self._store.change("登记回执") as session:
            return Receiving(
                session,
                sent,
                school=self._school_code(),
                only_class=self._store.sitter.only_class,
                who=self._store.sitter.name,
                today=self._today(),
            ).take(codes)

    def mark(self, uids: Collection[str], status: Status, *, note: str = "") -> None:
        """Say by hand how it stands with these receipts: 已交, 未交, 拒签 or 无法联系.

        Raises:
            UserError: the role may not, or one of them is another class's.

        """
        self._store.sitter.demand(Right.RECEIVE)
        who = self._store.sitter.name
        with self._store.change(f"回执记为{status}") as session:
            receipts = [self._store.get(LetterReceipt, uid) for uid in uids]
            for receipt in receipts:
                self._refuse_other_class(receipt.class_uid)
                put_by_hand(receipt, Status(status), note, who=who, today=self._today())
            share(session, receipts)

    # --- looking -----------------------------------------------------------------------------

    def batches(self) -> list[BatchLine]:
        """Return the batches one may see, the newest first; numbers only, so anybody may."""
        with self._store.read() as session:
            return counting.batch_lines(session, self._store.sitter.only_class)

    def classes(self, batch: str) -> list[ClassLine]:
        """Return the classes of a batch one may see, with their receipts counted."""
        sent = self.batch(batch)
        with self._store.read() as session:
            found = counting.class_lines(session, sent.id, self._store.sitter.only_class)
        return [replace(line, asks=sent.has_receipt) for line in found]

    def receipts(self, batch: str, *, class_uid: str | None = None) -> list[ReceiptLine]:
        """Return the receipts of a batch, or of one class in it, in the order they were printed.

        Raises:
            UserError: the role may not see pupils, or the class is not one's own.

        """
        self._store.sitter.demand(Right.SEE_STUDENTS)
        if class_uid is not None:
            self._refuse_other_class(class_uid)
        only = self._store.sitter.only_class if class_uid is None else class_uid
        sent = self.batch(batch)
        with self._store.read() as session:
            return lines.receipt_lines(session, batch_id=sent.id, class_uid=only)

    def receipt(self, uid: str) -> ReceiptLine:
        """Return one receipt by its uid.

        Raises:
            UserError: the role may not see pupils, it is another class's, or it is there no more.

        """
        self._store.sitter.demand(Right.SEE_STUDENTS)
        with self._store.read() as session:
            found = lines.receipt_lines(session, uids=[uid])
        if not found:
            raise UserError("这份回执已经不在了。", safe="什么都没有改动。", do="请刷新后再看。")
        (line,) = found
        self._refuse_other_class(line.class_uid)
        return line

    def codes(self, batch: str) -> list[str]:
        """Return the codes of a batch in the order they were printed."""
        return [line.code for line in self.receipts(batch)]

    def status(self, batch: str) -> BatchStatus:
        """Return how many were sent and came back, and who is missing."""
        return standing(self.receipts(batch))

    # --- printing ----------------------------------------------------------------------------

    def print_letters(
        self,
        batch: str,
        *,
        class_uid: str | None = None,
        uids: Collection[str] | None = None,
        cover: Cover | None = None,
        tick: Callable[[int, int], object] = lambda done, total: None,
    ) -> Printed:
        """Make the letters of a batch with their receipts, or those of one class or of some.

        With ``cover`` each class is led by its sheet of names and counts.

        Making them leaves no trace; whoever lets them out says so by ``printed``.

        Raises:
            UserError: the role may not see pupils, or nothing is left to print.

        """
        sent = self.batch(batch)
        every = self.receipts(sent.code, class_uid=class_uid)
        younger = self._younger(sent)
        if uids is None:
            wanted = [line for line in every if not line.on_slip]
            if every and not wanted:
                raise UserError(
                    "这里的信都和年级高的兄弟姐妹印在一张纸上。",
                    do="请印整批，或者印哥哥姐姐那个班的。",
                )
        else:
            papers = {line.on_slip or line.uid for line in every if line.uid in uids}
            with self._store.read() as session:
                wanted = lines.receipt_lines(session, uids=papers)
        covers = self._covers(sent, every, cover) if cover else None
        return printing.print_batch(
            sent, wanted, self._facts(), families=younger, covers=covers, tick=tick
        )

    def printed(self, batch: str, how: str = "打印") -> None:
        """Have it written down that letters of a batch were printed or saved."""
        sent = self.batch(batch)
        self._store.note(f"{how}家长信：{sent.title}", about=sent.uid)

    def preview(
        self,
        letter: str | LetterForm,
        *,
        blocks: Collection[str] | None = None,
        filled: Mapping[str, str] | None = None,
        layout: Layout | None = None,
        due_on: date | None = None,
    ) -> Sample:
        """Show how a letter would look to one pupil, before it is sent, and how it fits."""
        form = find_letter(self.letter_forms, letter) if isinstance(letter, str) else letter
        parts = self.compose(form, blocks, filled)
        today = self._today()
        return printing.print_sample(
            form, parts, self._facts(), layout=layout, today=today, due_on=due_on
        )

    # --- within ------------------------------------------------------------------------------

    def _facts(self) -> printing.Facts:
        return printing.Facts(
            school=self._settings.get("school.name", ""),
            school_code=self._school_code(),
            printed_by=self._store.sitter.name,
        )

    def _covers(self, sent: LetterBatch, every: Sequence[ReceiptLine], cover: Cover) -> Covers:
        room = {line.student_uid: line.class_uid for line in every}
        by_room: dict[str, list[Row]] = {}
        for row in views.cover_rows(sent, every):
            by_room.setdefault(room[row["student_uid"]], []).append(row)
        return Covers(cover.form, cover.context, by_room)

    def _younger(self, batch: LetterBatch) -> dict[str, list[ReceiptLine]]:
        """Return the children who stand on the paper of the eldest, by that paper's receipt."""
        with self._store.read() as session:
            found = lines.receipt_lines(session, batch_id=batch.id, on_slips=True)
        younger: dict[str, list[ReceiptLine]] = {}
        for line in found:
            younger.setdefault(line.on_slip, []).append(line)
        return younger

    def _refuse_other_class(self, class_uid: str) -> None:
        if self._store.sitter.only_class not in (None, class_uid):
            raise UserError(
                "这不是您班上的回执。",
                safe="什么都没有改动。",
                do="请交给那个班的班主任，或者请安全员来登记。",
            )
