"""One paper for the children of a family: what becomes of it becomes of each child's receipt."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.store import in_lots
from app.letters.records import LetterReceipt

_SHARED = (
    *("status", "returned_on", "received_by", "way", "note", "delivered"),
    *("signer", "relation", "phone", "signed_on", "box", "image", "again"),
    "due_on",
)


def share(session: Session, receipts: Iterable[LetterReceipt]) -> None:
    """Let brothers and sisters whose names stand on the same paper follow these receipts."""
    said = {receipt.on_slip or receipt.uid: receipt for receipt in receipts}
    session.flush()
    for lot in in_lots(list(said)):
        family = select(LetterReceipt).where(
            or_(LetterReceipt.on_slip.in_(lot), LetterReceipt.uid.in_(lot))
        )
        for receipt in session.scalars(family):
            told = said[receipt.on_slip or receipt.uid]
            if receipt is told:
                continue
            for key in _SHARED:
                if getattr(receipt, key) != getattr(told, key):
                    setattr(receipt, key, getattr(told, key))
