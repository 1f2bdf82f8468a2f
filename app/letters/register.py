"""The letters of the school: sending a batch, taking receipts back, knowing who is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from app.core.errors import UserError
from app.core.paper import Printed
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Store
from app.core.views import Filter, View
from app.letters import lines, printing, views
from app.letters.codes import batch_code
from app.letters.letterforms import LetterForm, find_letter
from app.letters.lines import BatchLine, BatchStatus, ClassLine, ReceiptLine, standing
from app.letters.proof import ProofDesk
from app.letters.receiving import Outcome, Receiving, put_by_hand
from app.letters.records import LetterBatch, LetterReceipt, Status
from app.letters.scanning import ScanDesk
from app.letters.sending import in_words, pupils_of, receipts_for, worded
from app.students import Pupil, StudentRegister

_NOTHING_SENT = "没有发出任何信。"


class LetterRegister:
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
        self._store = store
        self._settings = Settings(store)
        self._today = today
        self.students = students
        self.letter_forms = letter_forms
        self.scans = ScanDesk(store, today)
        self.proofs = ProofDesk(store, students, today)
        self.views: dict[str, View] = views.of(self)

    def today(self) -> date:
        """Return the day on which a letter would be sent now."""
        return self._today()

    def lacks_class(self) -> bool:
        """Say whether a 班主任 sits here who was given no class yet."""
        return self._store.sitter.only_class == ""

    def may(self, right: Right) -> bool:
        """Say whether whoever sits here may do this."""
        return self._store.sitter.may(right)

    # --- sending -----------------------------------------------------------------------------

    def issue(
        self,
        letter: str,
        *,
        where: Filter | None = None,
        classes: Collection[str] | None = None,
        blocks: Collection[str] | None = None,
        filled: Mapping[str, str] | None = None,
        due_on: date | None = None,
    ) -> LetterBatch:
        """Send a letter to all pupils, or to those the filter or the classes (uids) name.

        ``blocks`` are the parts to be sent, the usual ones unless said; ``filled`` is what stands
        in the letter's own blanks.

        Raises:
            UserError: the role may not, there is no such letter, nobody would get it, or it would
                have to come back before it is sent.

        """
        self._store.sitter.demand(Right.LETTERS)
        form, today = find_letter(self.letter_forms, letter), self._today()
        if due_on is not None and due_on < today:
            raise UserError("收回日期比今天还早。", safe=_NOTHING_SENT, do="请改成今天以后的日子。")
        parts = form.compose(blocks, filled=filled)
        scope = {"where": dict(where or {}), "classes": list(classes or ())}
        pupils = pupils_of(self.students, scope)
        if not pupils:
            raise UserError(
                "没有找到要发信的学生。", safe=_NOTHING_SENT, do="请先导入名册，或换一个范围。"
            )
        with self._store.change(f"发信：{form.title}") as session:
            batch = LetterBatch(
                code=self._next_code(form.code, today.year),
                letter=form.id,
                title=form.title,
                version=form.version,
                text=worded(form, parts),
                has_receipt=form.receipt,
                scope=scope | {"say": in_words(scope, pupils)},
                issued_on=today,
                due_on=due_on,
            )
            session.add(batch)
            session.flush()
            session.add_all(receipts_for(batch, pupils, range(1, len(pupils) + 1)))
        return batch

    def newcomers(self, batch: str) -> list[Pupil]:
        """Return the pupils within the batch's scope who have no letter of it, as after a move."""
        self._store.sitter.demand(Right.LETTERS)
        sent = self.batch(batch)
        with self._store.read() as session:
            have = set(
                session.scalars(
                    select(LetterReceipt.student_uid).where(LetterReceipt.batch_id == sent.id)
                )
            )
        return [pupil for pupil in pupils_of(self.students, sent.scope) if pupil.uid not in have]

    def add(self, batch: str, pupils: Sequence[Pupil]) -> list[str]:
        """Send an old batch to pupils who came later; return the uids of their receipts."""
        self._store.sitter.demand(Right.LETTERS)
        sent = self.batch(batch)
        with self._store.change(f"补发：{sent.title}") as session:
            last = session.scalar(
                select(func.max(LetterReceipt.number))
                .where(LetterReceipt.batch_id == sent.id)
                .execution_options(**WITH_VOID)
            )
            numbers = [self._store.count(sent.code, after=last or 0) for _ in pupils]
            receipts = receipts_for(sent, pupils, numbers)
            session.add_all(receipts)
        return [receipt.uid for receipt in receipts]

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
                school=self._settings.get("school.code", ""),
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
        with self._store.change(f"回执记为{status}"):
            for uid in uids:
                receipt = self._store.get(LetterReceipt, uid)
                self._refuse_other_class(receipt.class_uid)
                put_by_hand(receipt, Status(status), note, who=who, today=self._today())

    # --- looking -----------------------------------------------------------------------------

    def batch(self, name: str) -> LetterBatch:
        """Return a batch by its code, its uid, or its title if only one bears it.

        Raises:
            UserError: there is none, or several.

        """
        with self._store.read() as session:
            return lines.find_batch(session, name)

    def batches(self) -> list[BatchLine]:
        """Return the batches one may see, the newest first; numbers only, so anybody may."""
        with self._store.read() as session:
            return lines.batch_lines(session, self._store.sitter.only_class)

    def classes(self, batch: str) -> list[ClassLine]:
        """Return the classes of a batch one may see, with their receipts counted."""
        sent = self.batch(batch)
        with self._store.read() as session:
            return lines.class_lines(session, sent.id, self._store.sitter.only_class)

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
            UserError: the role may not see pupils, or it is another class's.

        """
        self._store.sitter.demand(Right.SEE_STUDENTS)
        with self._store.read() as session:
            (line,) = lines.receipt_lines(session, uids=[uid])
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
        tick: Callable[[int, int], object] = lambda done, total: None,
    ) -> Printed:
        """Make the letters of a batch with their receipts, or those of one class or of some.

        Making them leaves no trace; whoever lets them out says so by ``printed``.

        Raises:
            UserError: the role may not see pupils, or nothing is left to print.

        """
        sent = self.batch(batch)
        every = self.receipts(sent.code, class_uid=class_uid)
        wanted = [line for line in every if uids is None or line.uid in uids]
        return printing.print_batch(sent, wanted, self._facts(), tick=tick)

    def printed(self, batch: str, how: str = "打印") -> None:
        """Have it written down that letters of a batch were printed or saved."""
        sent = self.batch(batch)
        self._store.note(f"{how}家长信：{sent.title}", about=sent.uid)

    def preview(
        self,
        letter: str,
        *,
        blocks: Collection[str] | None = None,
        filled: Mapping[str, str] | None = None,
    ) -> Printed:
        """Show how a letter would look to one pupil, before it is sent."""
        form = find_letter(self.letter_forms, letter)
        return printing.print_sample(
            form, form.compose(blocks, filled=filled), self._facts(), today=self._today()
        )

    # --- within ------------------------------------------------------------------------------

    def _facts(self) -> printing.Facts:
        return printing.Facts(
            school=self._settings.get("school.name", ""),
            school_code=self._settings.get("school.code", ""),
            printed_by=self._store.sitter.name,
        )

    def _next_code(self, stem: str, year: int) -> str:
        return batch_code(stem, year, self._store.count(f"家长信 {stem}", year))

    def _refuse_other_class(self, class_uid: str) -> None:
        if self._store.sitter.only_class not in (None, class_uid):
            raise UserError(
                "这不是您班上的回执。",
                safe="什么都没有改动。",
                do="请交给那个班的班主任，或者请安全员来登记。",
            )
