"""Whether a child's guardian agreed: from the receipt of the letter, or as it was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.letters import LetterBatch, LetterReceipt
from app.letters import Status as ReceiptStatus
from app.privacy.records import GuardianConsent
from app.privacy.rules import CONSENT_LETTER, Consent, said_wins
from app.students import Consent as Shown
from app.students import StudentRegister

_SAID = {"同意": Consent.YES, "不同意": Consent.NO, "撤回同意": Consent.WITHDRAWN}
_RECEIPTS = {ReceiptStatus.BACK: Consent.YES, ReceiptStatus.REFUSED: Consent.NO}


class _Answer(NamedTuple):
    consent: Consent
    on: date
    how: str


_Known = dict[str, _Answer]


class ConsentBook:
    """The consents of guardians. A signed receipt that came back is one; 拒签 is a no."""

    def __init__(
        self, store: Store, students: StudentRegister, today: Callable[[], date] = date.today
    ) -> None:
        self.store = store
        self._students = students
        self._today = today

    def all(self) -> dict[str, Shown]:
        """Return what is known by pupil, of those one may see; who said nothing is not in it.

        Raises:
            UserError: the role may not see pupils.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        receipts, said = self._of_receipts(), self._of_words()
        uids = {*receipts, *said}
        if self.store.sitter.only_class is not None:
            uids &= {pupil.uid for pupil in self._students.pupils(everybody=True)}
        return {uid: _joined(receipts.get(uid), said.get(uid)) for uid in uids}

    def say(
        self,
        student_uid: str,
        *,
        answer: str,
        said_on: date,
        said_by: str | None = None,
        way: str | None = None,
        note: str | None = None,
    ) -> None:
        """Enter what a guardian said otherwise than by the receipt; a consent may be taken back.

        Raises:
            UserError: the role may not, the pupil is another class's, or the day cannot be.

        """
        self.store.sitter.demand(Right.RECEIVE)
        self._students.get(student_uid)
        if said_on > self._today():
            raise UserError("“哪天说的”还没有到。", safe="没有保存。", do="请改好日期再保存。")
        with self.store.change("登记监护人答复") as session:
            session.add(
                GuardianConsent(
                    student_uid=student_uid,
                    answer=str(_SAID[answer]),
                    said_on=said_on,
                    said_by=said_by,
                    way=way,
                    note=note,
                )
            )

    def counts(self) -> Counter[str]:
        """Return how many of the pupils one may see, who are here, stand how."""
        known = self.all()
        return Counter(
            known[pupil.uid].state if pupil.uid in known else str(Consent.OPEN)
            for pupil in self._students.pupils()
        )

    def _of_receipts(self) -> _Known:
        wanted = (
            select(
                LetterReceipt.student_uid,
                LetterReceipt.code,
                LetterReceipt.status,
                LetterReceipt.returned_on,
                LetterBatch.issued_on,
            )
            .join(LetterBatch, LetterBatch.id == LetterReceipt.batch_id)
            .where(LetterBatch.letter == CONSENT_LETTER, LetterReceipt.status.in_(_RECEIPTS))
            .order_by(LetterReceipt.id)
        )
        with self.store.read() as session:
            return {
                line.student_uid: _Answer(
                    _RECEIPTS[ReceiptStatus(line.status)],
                    line.returned_on or line.issued_on,
                    f"回执 {line.code}",
                )
                for line in session.execute(wanted)
            }

    def _of_words(self) -> _Known:
        said = GuardianConsent
        wanted = select(said.student_uid, said.answer, said.said_on, said.said_by, said.way)
        with self.store.read() as session:
            return {
                line.student_uid: _Answer(
                    Consent(line.answer),
                    line.said_on,
                    " ".join(filter(None, (line.said_by, line.way))) or "登记",
                )
                for line in session.execute(wanted.order_by(said.said_on, said.id))
            }


def _joined(receipt: _Answer | None, said: _Answer | None) -> Shown:
    held = said if said_wins(receipt and receipt.on, said and said.on) else receipt
    return Shown(str(held.consent), held.on, held.how) if held else Shown(str(Consent.OPEN))
