"""Taking receipts back: what each code that was typed or scanned turns out to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.store import WITH_VOID
from app.core.values import show
from app.letters import lines
from app.letters.codes import read_code
from app.letters.lines import ReceiptLine
from app.letters.records import LetterBatch, LetterReceipt, Status, Way
from app.letters.sharing import share


class Fate(StrEnum):
    """What became of one code."""

    RECEIVED = "已登记"
    AGAIN = "早已登记"
    ELSEWHERE = "别的批次"
    NOT_OURS = "不归这里收"
    WRONG = "没有登记"


@dataclass(frozen=True)
class Outcome:
    """What became of one code, in a sentence.

    ``batch`` is the code of the batch the receipt belongs to; ``receipt`` names its record.
    """

    code: str
    fate: Fate
    sentence: str
    batch: str = ""
    name: str = ""
    class_name: str = ""
    receipt: str = ""
    seat_no: int | None = None

    @property
    def place(self) -> str:
        """Class and seat, which tell two pupils of one name apart."""
        return self.class_name if self.seat_no is None else f"{self.class_name} {self.seat_no}号"


class Receiving:
    """One stack of receipts taken back into one batch, inside a change."""

    def __init__(
        self,
        session: Session,
        batch: LetterBatch,
        *,
        school: str,
        only_class: str | None,
        who: str,
        today: date,
    ) -> None:
        self._session = session
        self._batch = batch
        self._school = school
        self._only_class = only_class
        self._who = who
        self._today = today
        self._marks = lines.marks(session)

    def take(self, texts: Sequence[str]) -> list[Outcome]:
        """Take each one back that can be; return what became of each, in the same order."""
        read = [self._read(text) for text in texts]
        codes = [code for code in read if isinstance(code, str)]
        found = lines.find_codes(self._session, codes)
        names = {
            line.uid: line
            for line in lines.receipt_lines(self._session, uids=[r.uid for r in found.values()])
        }
        outcomes = [
            code if isinstance(code, Outcome) else self._one(text, code, found.get(code), names)
            for text, code in zip(texts, read, strict=True)
        ]
        taken = {outcome.receipt for outcome in outcomes if outcome.fate is Fate.RECEIVED}
        share(self._session, [receipt for receipt in found.values() if receipt.uid in taken])
        return outcomes

    def _read(self, text: str) -> str | Outcome:
        try:
            return str(read_code(text, school=self._school, marks=self._marks))
        except UserError as error:
            return Outcome(text, Fate.WRONG, error.what + error.do)

    def _one(
        self, text: str, code: str, receipt: LetterReceipt | None, names: dict[str, ReceiptLine]
    ) -> Outcome:
        if receipt is None:
            return Outcome(text, Fate.WRONG, f"没有发过编号是 {code} 的回执。请看看是不是本校的。")
        if receipt.void_reason is not None:
            return Outcome(text, Fate.WRONG, f"编号 {code} 的那批信已经撤销，不用再收。")
        line = names[receipt.uid]
        if self._only_class not in (None, receipt.class_uid):
            sentence = f"这是{line.class_name}的回执，请交给那个班的班主任。"
            return Outcome(text, Fate.NOT_OURS, sentence)
        if receipt.batch_id != self._batch.id:
            return self._elsewhere(text, line, receipt.batch_id)
        who = line.whose
        if receipt.status == Status.BACK:
            by = f"，{receipt.received_by}收的" if receipt.received_by else ""
            sentence = f"{who}的回执{show(receipt.returned_on)}已经收过{by}。"
            return self._told(text, Fate.AGAIN, sentence, line, self._batch.code)
        receipt.status = Status.BACK
        receipt.returned_on = self._today
        receipt.received_by = self._who
        receipt.way = Way.CODE
        receipt.note = None
        return self._told(text, Fate.RECEIVED, f"{who}的回执收到了。", line, self._batch.code)

    def _elsewhere(self, text: str, line: ReceiptLine, batch_id: int) -> Outcome:
        wanted = select(LetterBatch).where(LetterBatch.id == batch_id)
        other = self._session.scalars(wanted.execution_options(**WITH_VOID)).one()
        sentence = (
            f"这是{line.whose}在“{other.title}”（{other.code}）那一批的回执，"
            "没有登记到这一批。请换到那一批再收。"
        )
        return self._told(text, Fate.ELSEWHERE, sentence, line, other.code)

    def _told(self, text: str, fate: Fate, sentence: str, line: ReceiptLine, batch: str) -> Outcome:
        return Outcome(
            text, fate, sentence, batch, line.name, line.class_name, line.uid, line.seat_no
        )


def put_by_hand(
    receipt: LetterReceipt, status: Status, note: str, *, who: str, today: date
) -> None:
    """Say how it stands with a receipt; one that is back already keeps when and by whom."""
    is_back = status is Status.BACK
    if is_back and receipt.status == status:
        return
    receipt.status = status
    receipt.returned_on = today if is_back else None
    receipt.received_by = who if is_back else None
    receipt.way = Way.HAND if is_back else None
    receipt.note = note.strip() or None
