"""The letters of the school: sending a batch, taking receipts back, knowing who is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from app.core.errors import UserError
from app.core.paper import Printed
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Store
from app.core.views import Filter, Row, View
from app.letters import lines, printing, views
from app.letters.codes import Code, batch_code, read_batch
from app.letters.letterforms import LetterForm, find_letter
from app.letters.lines import BatchLine, ClassLine, ReceiptLine
from app.letters.receiving import Outcome, Receiving
from app.letters.records import LetterBatch, LetterReceipt, Status, Way
from app.students import Pupil, StudentRegister

WHOLE_SCHOOL = "全校"
_NOTHING_SENT = "没有发出任何信。"


@dataclass(frozen=True)
class BatchStatus:
    """How it stands with a batch; each one missing is named by name, grade and class_no."""

    issued: int
    returned: int
    missing: list[Row]


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
        self.views: dict[str, View] = views.of(self)

    def today(self) -> date:
        """Return the day on which a letter would be sent now."""
        return self._today()

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
        pupils = self._pupils(scope)
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
                text=_worded(form, parts),
                has_receipt=form.receipt,
                scope=scope | {"say": _say(scope, pupils)},
                issued_on=today,
                due_on=due_on,
            )
            session.add(batch)
            session.flush()
            session.add_all(_receipts(batch, pupils, range(1, len(pupils) + 1)))
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
        return [pupil for pupil in self._pupils(sent.scope) if pupil.uid not in have]

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
            receipts = _receipts(sent, pupils, numbers)
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
        with self._store.change(f"回执记为{status}"):
            for uid in uids:
                receipt = self._store.get(LetterReceipt, uid)
                self._refuse_other_class(receipt.class_uid)
                self._put(receipt, Status(status), note)

    # --- looking -----------------------------------------------------------------------------

    def batch(self, name: str) -> LetterBatch:
        """Return a batch by its code, its uid, or its title if only one bears it.

        Raises:
            UserError: there is none, or several.

        """
        wanted = read_batch(name)
        asked = or_(
            LetterBatch.code == wanted, LetterBatch.uid == wanted, LetterBatch.title == wanted
        )
        with self._store.read() as session:
            found = session.scalars(select(LetterBatch).where(asked)).all()
            if len(found) == 1:
                return found[0]
            codes = session.scalars(select(LetterBatch.code).order_by(LetterBatch.id.desc()))
            known = "、".join(codes.all()[:8])
        what = f"叫“{wanted}”的批次不止一批。" if found else f"没有“{wanted}”这一批信。"
        do = f"请写批次编号，现有的是：{known}。" if known else "请先发一批信。"
        raise UserError(what, safe="什么都没有改动。", do=do)

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
        every = self.receipts(batch)
        missing = [line for line in every if line.status is not Status.BACK]
        return BatchStatus(
            issued=len(every),
            returned=len(every) - len(missing),
            missing=[
                {"name": line.name, "grade": line.grade, "class_no": line.class_no}
                for line in missing
            ],
        )

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
        wanted = [
            line
            for line in self.receipts(sent.code, class_uid=class_uid)
            if uids is None or line.uid in uids
        ]
        if not wanted:
            raise UserError("没有可以打印的信。", do="请换一个班，或换一批信。")
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

    def _pupils(self, scope: Mapping[str, Any]) -> list[Pupil]:
        pupils = self.students.pupils()
        if where := scope["where"]:
            named = {row["uid"] for row in self.students.views["list"](where)}
            pupils = [pupil for pupil in pupils if pupil.uid in named]
        if classes := scope["classes"]:
            pupils = [pupil for pupil in pupils if pupil.class_uid in classes]
        return pupils

    def _next_code(self, stem: str, year: int) -> str:
        return batch_code(stem, year, self._store.count(f"家长信 {stem}", year))

    def _put(self, receipt: LetterReceipt, status: Status, note: str) -> None:
        is_back = status is Status.BACK
        if is_back and receipt.status == status:
            return
        receipt.status = status
        receipt.returned_on = self._today() if is_back else None
        receipt.received_by = self._store.sitter.name if is_back else None
        receipt.way = Way.HAND if is_back else None
        receipt.note = note.strip() or None

    def _refuse_other_class(self, class_uid: str) -> None:
        if self._store.sitter.only_class not in (None, class_uid):
            raise UserError(
                "这不是您班上的回执。",
                safe="什么都没有改动。",
                do="请交给那个班的班主任，或者请安全员来登记。",
            )


def _worded(form: LetterForm, parts: list[list[str]]) -> dict[str, Any]:
    """Return a letter's words as a batch keeps them."""
    return {
        "heading": form.heading,
        "greeting": form.greeting,
        "parts": parts,
        "confirm": form.confirm,
    }


def _receipts(
    batch: LetterBatch, pupils: Sequence[Pupil], numbers: Iterable[int]
) -> list[LetterReceipt]:
    return [
        LetterReceipt(
            batch_id=batch.id,
            student_uid=pupil.uid,
            number=number,
            code=str(Code(batch.code, number)),
            class_uid=pupil.class_uid,
            class_name=pupil.class_name,
            grade=pupil.grade,
            class_no=pupil.class_no,
            seat_no=pupil.seat_no,
            status=Status.OUT,
        )
        for number, pupil in zip(numbers, pupils, strict=True)
    ]


def _say(scope: Mapping[str, Any], pupils: Sequence[Pupil]) -> str:
    """Say in words to whom a batch goes."""
    if scope["classes"]:
        return "、".join(dict.fromkeys(pupil.class_name for pupil in pupils))
    return "、".join(scope["where"].values()) or WHOLE_SCHOOL
