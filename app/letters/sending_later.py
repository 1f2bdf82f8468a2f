"""Sending a batch on: to pupils who came later, and once more to those who have not answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import WITH_VOID, in_lots
from app.letters import lines
from app.letters.issuing import Issuing, refuse_past
from app.letters.later import TO_ASK_AGAIN, due_again, papers_to_join
from app.letters.records import LetterBatch, LetterReceipt
from app.letters.sending import join_families, pupils_of, receipts_for
from app.letters.sharing import share
from app.students import Pupil


class SendingLater(Issuing):
    """The part of the letters room that sends what is out already once more, or to more."""

    def newcomers(self, batch: str) -> list[Pupil]:
        """Return the pupils within the batch's scope who have no letter of it, as after a move."""
        self._store.sitter.demand(Right.LETTERS)
        sent = self.batch(batch)
        with self._store.read() as session:
            have = {receipt.student_uid for receipt in _receipts(session, sent)}
        return [pupil for pupil in pupils_of(self.students, sent.scope) if pupil.uid not in have]

    def joining(self, batch: str, pupils: Sequence[Pupil]) -> list[Pupil]:
        """Return those of the late pupils whose names go on the paper their home has already."""
        self._store.sitter.demand(Right.LETTERS)
        sent = self.batch(batch)
        with self._store.read() as session:
            joins = self._joins(session, sent, pupils)
        return [pupil for pupil in pupils if pupil.uid in joins]

    def add(self, batch: str, pupils: Sequence[Pupil], *, due_on: date | None = None) -> list[str]:
        """Send an old batch to pupils who came later; return the uids of their receipts.

        In a batch of one letter a home they join the paper of their brothers and sisters as long
        as that may still come back; else the late ones of a home share a paper of their own.

        Raises:
            UserError: the role may not, or ``due_on`` is over.

        """
        self._store.sitter.demand(Right.LETTERS)
        refuse_past(due_on, self._today())
        sent = self.batch(batch)
        with self._store.change(f"补发：{sent.title}") as session:
            last = session.scalar(
                select(func.max(LetterReceipt.number))
                .where(LetterReceipt.batch_id == sent.id)
                .execution_options(**WITH_VOID)
            )
            joins = self._joins(session, sent, pupils)
            numbers = [self._store.count(sent.code, after=last or 0) for _ in pupils]
            receipts = receipts_for(sent, pupils, numbers)
            for receipt in receipts:
                receipt.due_on = due_on
            session.add_all(receipts)
            session.flush()
            if sent.scope.get("family"):
                alone = [pupil for pupil in pupils if pupil.uid not in joins]
                join_families(receipts, alone, sent.scope.get("split", ()))
            for receipt in receipts:
                if paper := joins.get(receipt.student_uid):
                    receipt.on_slip = paper.uid
            for paper in joins.values():  # it is printed anew, and says the new day
                paper.due_on = due_on or paper.due_on
            share(session, joins.values())
        return [receipt.uid for receipt in receipts]

    def to_ask_again(self, batch: str, *, class_uid: str | None = None) -> list[str]:
        """Return the receipts of those who have not answered.

        Raises:
            UserError: the role may not, the letter has no receipt, or everybody has answered.

        """
        self._store.sitter.demand(Right.LETTERS)
        return self._to_ask_again(self.batch(batch), class_uid)

    def due_again(self, batch: str) -> date | None:
        """Return by when a batch sent again today is usually to be back.

        None on the day it was sent itself: the same letters are only printed again then.
        """
        self._store.sitter.demand(Right.LETTERS)
        sent, today = self.batch(batch), self._today()
        return None if sent.issued_on == today else due_again(sent.issued_on, sent.due_on, today)

    def send_again(
        self, batch: str, *, class_uid: str | None = None, due_on: date | None = None
    ) -> list[str]:
        """Send a batch once more to exactly those who have not answered; return their receipts.

        The codes stay, so that either paper settles it. They are to be back by ``due_on``, or as
        long after today as the first time. On the day of a sending itself nothing is written:
        the same letters are only printed again.

        Raises:
            UserError: the role may not, everybody has answered, or ``due_on`` is over.

        """
        self._store.sitter.demand(Right.LETTERS)
        sent, today = self.batch(batch), self._today()
        refuse_past(due_on, today)
        out = self._to_ask_again(sent, class_uid)
        if sent.issued_on == today:
            return out
        due_on = due_on or due_again(sent.issued_on, sent.due_on, today)
        with self._store.change(f"再发：{sent.title}") as session:
            for lot in in_lots(out):
                wanted = select(LetterReceipt).where(LetterReceipt.uid.in_(lot))
                receipts = session.scalars(wanted).all()
                for receipt in receipts:
                    days = list(receipt.again or ())
                    if today.isoformat() not in days:
                        receipt.again = [*days, today.isoformat()]
                    receipt.due_on = due_on
                share(session, receipts)
        return out

    def _to_ask_again(self, sent: LetterBatch, class_uid: str | None) -> list[str]:
        if not sent.has_receipt:
            raise UserError(
                "这种信不收回执，看不出谁没有看到。",
                safe="没有再发，什么都没有改动。",
                do="要再印，请从“打印”里印整批或一个班的。",
            )
        with self._store.read() as session:
            found = lines.receipt_lines(session, batch_id=sent.id, class_uid=class_uid)
        if out := [line.uid for line in found if line.status in TO_ASK_AGAIN]:
            return out
        raise UserError("没有要再发的，都有回音了。", safe="没有再发，什么都没有改动。")

    def _joins(
        self, session: Session, sent: LetterBatch, late: Sequence[Pupil]
    ) -> Mapping[str, LetterReceipt]:
        if not sent.scope.get("family"):
            return {}
        here = pupils_of(self.students, sent.scope)
        uids = {pupil.uid for pupil in late}
        return papers_to_join(here, uids, _receipts(session, sent), sent.scope.get("split", ()))


def _receipts(session: Session, sent: LetterBatch) -> Sequence[LetterReceipt]:
    return session.scalars(select(LetterReceipt).where(LetterReceipt.batch_id == sent.id)).all()
