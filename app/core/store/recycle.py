"""作废 and 恢复: what the recycle view shows and does, for records of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.store.journal import Change, Forgot
from app.core.store.records import WITH_VOID, Record

R = TypeVar("R", bound=Record)


def void(session: Session, uid: str, reason: str) -> None:
    """Mark the record of this name 作废."""
    record = find(session, uid)
    if record.void_reason is not None:
        raise UserError("这条记录已经作废了。", safe="没有再改动它。", do="请刷新后再看。")
    record.void(reason)


def voided(session: Session, kind: type[R]) -> Sequence[R]:
    """Return the records of this kind that are 作废 and still say something."""
    gone = select(kind).where(kind.void_reason.is_not(None))
    kept = gone.where(kind.uid.not_in(select(Forgot.uid))).order_by(kind.id.desc())
    return session.scalars(kept.execution_options(**WITH_VOID)).all()


def revive(session: Session, uid: str) -> None:
    """Put the record of this name back in use."""
    record = find(session, uid)
    if session.get(Forgot, uid):
        raise UserError(
            "这条记录的内容已经彻底清除，不能恢复。",
            safe="没有改动任何记录。",
            do="如果还需要，请重新登记。",
        )
    record.void_reason = None


def find(session: Session, uid: str) -> Record:
    """Return the record of this name, of whatever kind, also if it is 作废.

    Raises:
        UserError: there never was one.

    """
    table = session.scalar(select(Change.table_name).where(Change.uid == uid).limit(1))
    if table is None:
        raise UserError("没有这条记录。", safe="没有改动任何记录。", do="请刷新后另选一条。")
    kind = Record.kinds[table]
    wanted = select(kind).where(kind.uid == uid).execution_options(**WITH_VOID)
    return session.scalars(wanted).one()
