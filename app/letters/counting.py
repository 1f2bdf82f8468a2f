"""Batches and their classes with the receipts counted, one query for all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.letters.later import TO_ASK_AGAIN
from app.letters.lines import BatchLine, ClassLine
from app.letters.records import LetterBatch, LetterReceipt, Status

_COUNTS = ("issued", "returned", "refused", "not_reached")


def batch_lines(session: Session, only_class: str | None) -> list[BatchLine]:
    """Return every batch, the newest first, counting the receipts of one class or of all."""
    counts = select(
        LetterReceipt.batch_id,
        func.count().label("issued"),
        _counted(Status.BACK).label("returned"),
        _counted(Status.REFUSED).label("refused"),
        _counted(Status.NOT_REACHED).label("not_reached"),
        func.min(_due_if_out()).label("due_on"),
    ).where(LetterReceipt.void_reason.is_(None), LetterBatch.id == LetterReceipt.batch_id)
    if only_class is not None:
        counts = counts.where(LetterReceipt.class_uid == only_class)
    per_batch = counts.group_by(LetterReceipt.batch_id).subquery()
    wanted = (
        select(LetterBatch, per_batch.c.due_on, *(per_batch.c[k] for k in _COUNTS))
        .join(per_batch, per_batch.c.batch_id == LetterBatch.id, isouter=only_class is None)
        .order_by(LetterBatch.issued_on.desc(), LetterBatch.id.desc())
    )
    return [
        BatchLine(
            uid=batch.uid,
            code=batch.code,
            letter=batch.letter,
            title=batch.title,
            has_receipt=batch.has_receipt,
            issued_on=batch.issued_on,
            due_on=due_on or batch.due_on,
            **{key: number or 0 for key, number in zip(_COUNTS, numbers, strict=True)},
        )
        for batch, due_on, *numbers in session.execute(wanted)
    ]


def class_lines(session: Session, batch_id: int, only_class: str | None) -> list[ClassLine]:
    """Return the classes of a batch in the order they were printed."""
    wanted = (
        select(
            LetterReceipt.class_uid,
            LetterReceipt.class_name,
            func.count(),
            _counted(Status.BACK),
        )
        .where(LetterReceipt.batch_id == batch_id)
        .group_by(LetterReceipt.class_uid)
        .order_by(func.min(LetterReceipt.number))
    )
    if only_class is not None:
        wanted = wanted.where(LetterReceipt.class_uid == only_class)
    return [ClassLine(*row) for row in session.execute(wanted)]


def _due_if_out() -> Any:
    due_on = func.coalesce(LetterReceipt.due_on, LetterBatch.due_on)
    return case((LetterReceipt.status.in_(TO_ASK_AGAIN), due_on))


def _counted(status: Status) -> Any:
    return func.sum(case((LetterReceipt.status == status, 1), else_=0))
