"""After a batch was sent: by when it is sent again, and whose paper a late child joins."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from app.letters.families import families
from app.letters.records import LetterReceipt, Status
from app.students import Pupil

# Who has refused to sign has answered; everybody else may be asked once more.
TO_ASK_AGAIN = (Status.OUT, Status.NOT_REACHED)
DAYS_TO_RETURN = 7  # a default the school changes in the blank, for a letter sent without a day
JOIN_RULE = "名字加印到那张回执上，编号不变，先后两张哪一张交回来都算。"


def due_again(issued_on: date, due_on: date | None, today: date) -> date:
    """Return by when a letter sent again today is usually to be back: as long as the first time."""
    days = (due_on - issued_on).days if due_on is not None else DAYS_TO_RETURN
    return today + timedelta(days=max(1, days))


def papers_to_join(
    pupils: Sequence[Pupil],
    late: Collection[str],
    receipts: Sequence[LetterReceipt],
    split: Collection[str],
) -> Mapping[str, LetterReceipt]:
    """Return the paper each late child (uid) joins: that of the home, while it may still come.

    ``pupils`` are all who are here, the late ones among them; ``receipts`` those of the batch.
    """
    heads = {r.student_uid: r for r in receipts if r.on_slip is None and r.status in TO_ASK_AGAIN}
    joins: dict[str, LetterReceipt] = {}
    for family in families(pupils, split):
        papers = [heads[child.uid] for child in family.children if child.uid in heads]
        if papers:
            joins |= {child.uid: papers[0] for child in family.children if child.uid in late}
    return joins
