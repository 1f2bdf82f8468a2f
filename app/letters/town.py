"""Letters as the town is given them: how many receipts of each came back."""

from __future__ import annotations

from sqlalchemy import func, select

from app.core.store import WITH_VOID, Store
from app.core.town import days_of, told
from app.core.views import Filter, Row
from app.letters.records import LetterBatch, LetterReceipt, Status


def town_rows(store: Store, where: Filter) -> list[Row]:
    """Return the letters of these days that ask for a receipt, with the share that came back."""
    first, last = days_of(where)
    wanted = select(LetterBatch).where(
        LetterBatch.has_receipt, LetterBatch.issued_on.between(first, last)
    )
    wanted = wanted.order_by(LetterBatch.id).execution_options(**WITH_VOID)
    is_valid = LetterReceipt.void_reason.is_(None)
    is_back = LetterReceipt.status == Status.BACK
    counted = (
        select(
            LetterReceipt.batch_id,
            func.count().filter(is_valid),
            func.count().filter(is_valid, is_back),
            func.sum(LetterReceipt.rev),
        )
        .group_by(LetterReceipt.batch_id)
        .execution_options(**WITH_VOID)
    )
    with store.read() as session:
        found = {batch: rest for batch, *rest in session.execute(counted)}
        return [_row(batch, *found.get(batch.id, (0, 0, 0))) for batch in session.scalars(wanted)]


def _row(batch: LetterBatch, issued: int, returned: int, revs: int) -> Row:
    def facts(batch: LetterBatch) -> Row:
        return {
            "batch": batch.code,
            "title": batch.title,
            "issued_on": batch.issued_on,
            "due_on": batch.due_on,
            "issued": issued,
            "returned": returned,
            "rate": round(returned * 100 / issued, 1) if issued else None,
        }

    return told(batch, facts, more=revs)
