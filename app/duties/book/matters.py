"""What one shift hands on to the next: each matter goes on until it has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.store import Store
from app.duties.book.records import DutyMatter, DutyRecord


class MatterLine(NamedTuple):
    """One matter as a list shows it, with the shift that handed it on."""

    uid: str
    rev: int
    what: str
    since: datetime
    post: str
    number: str
    record_uid: str
    ended_on: date | None
    words: str | None

    @property
    def title(self) -> str:
        """The matter and whose it is: 东门锁坏了（11月5日夜班）."""
        return f"{self.what}（{self.since.month}月{self.since.day}日{self.post}）"


def matter_lines(store: Store, record_uid: str | None = None) -> list[MatterLine]:
    """Return the matters of all shifts, or of one, the oldest first."""
    wanted = select(DutyMatter, DutyRecord).join(
        DutyRecord, DutyRecord.uid == DutyMatter.record_uid
    )
    if record_uid is not None:
        wanted = wanted.where(DutyMatter.record_uid == record_uid)
    order = (DutyRecord.duty_on, DutyRecord.came_at, DutyMatter.id)
    with store.read() as session:
        return [
            MatterLine(
                matter.uid,
                matter.rev,
                matter.what,
                datetime.combine(record.duty_on, record.came_at),
                record.post,
                record.number,
                record.uid,
                matter.ended_on,
                matter.words,
            )
            for matter, record in session.execute(wanted.order_by(*order))
        ]


def carry(store: Store, record: DutyRecord, said: Mapping[str, Any]) -> dict[str, Any]:
    """Write down what a shift says of a matter of an earlier one; return it as its record keeps it.

    Raises:
        UserError: there is no such matter.

    """
    matter = store.get(DutyMatter, said["uid"])
    words = (said.get("words") or "").strip()
    if said.get("ended") and matter.ended_on is None:
        matter.ended_on, matter.ended_in = record.duty_on, record.uid
    if words:
        matter.words = words
    state = "办结" if matter.ended_on else "继续"
    return {"uid": matter.uid, "what": matter.what, "state": state, "words": words}


def said_anew(
    store: Store, session: Session, record: DutyRecord, said: Sequence[Mapping[str, Any]]
) -> None:
    """Change, add and take out the matters a record hands on, as they are named anew.

    Raises:
        UserError: one that has ended would be taken out.

    """
    known = {line.uid: line for line in matter_lines(store, record.uid)}
    for one in said:
        what = (one.get("what") or "").strip()
        if not what:
            continue
        if uid := one.get("uid"):
            store.get(DutyMatter, uid).what = what
            known.pop(uid, None)
        else:
            session.add(DutyMatter(record_uid=record.uid, what=what))
    for line in known.values():
        if line.ended_on:
            raise UserError(
                f"移交事项“{line.what}”已经办结，不能去掉。", safe="没有改动。", do="请把它留着。"
            )
        store.get(DutyMatter, line.uid).void("更正值班记录时去掉")
