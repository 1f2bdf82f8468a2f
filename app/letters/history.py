"""What letters one pupil has had, and what became of each receipt; also after leaving school."""

from __future__ import annotations

from sqlalchemy import select

from app.core.store import Store
from app.core.views import Row
from app.letters.records import LetterBatch, LetterReceipt


def letters_of(store: Store, student_uid: str) -> list[Row]:
    """Return the letters a pupil was given, the newest first.

    Whoever asks has made sure that this pupil may be seen.
    """
    wanted = (
        select(LetterReceipt, LetterBatch)
        .join(LetterBatch, LetterBatch.id == LetterReceipt.batch_id)
        .where(LetterReceipt.student_uid == student_uid)
        .order_by(LetterBatch.issued_on.desc(), LetterReceipt.id.desc())
    )
    with store.read() as session:
        found = session.execute(wanted).all()
    return [
        {
            "title": batch.title,
            "issued_on": batch.issued_on,
            "code": receipt.code if batch.has_receipt else "",
            "status": receipt.status if batch.has_receipt else "不要回执",
            "returned_on": receipt.returned_on,
            "note": receipt.note or "",
        }
        for receipt, batch in found
    ]
