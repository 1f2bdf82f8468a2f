"""作废 and 恢复: what the recycle view shows and does, for records of any kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Column, func, select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.store.journal import Action, Change, Forgot, table_of
from app.core.store.records import TAKEN_BACK, WITH_VOID, Record

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


def newest_of(session: Session, kind: type[Record]) -> dict[str, Action]:
    """Return the newest action that changed each record of this kind that is 作废, by its uid."""
    gone = select(kind.uid).where(kind.void_reason.is_not(None))
    changed = select(Change.uid, func.max(Change.action_id).label("action_id"))
    newest = changed.where(Change.uid.in_(gone)).group_by(Change.uid).subquery()
    found = select(newest.c.uid, Action).join(Action, Action.id == newest.c.action_id)
    rows = session.execute(found.execution_options(**WITH_VOID))
    return {uid: action for uid, action in rows}


def revive(session: Session, uid: str) -> None:
    """Put the record of this name back in use.

    Where its entering was undone, what was entered as a part of it in the same act comes back too.
    """
    record = find(session, uid)
    if session.get(Forgot, uid):
        raise UserError(
            "这条记录的内容已经彻底清除，不能恢复。",
            safe="没有改动任何记录。",
            do="如果还需要，请重新登记。",
        )
    parts = list(_parts(session, record)) if record.void_reason == TAKEN_BACK else []
    for one in (record, *parts):
        one.void_reason = None


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


def _parts(session: Session, record: Record) -> Iterator[Record]:
    """Return what points at a record that was taken back, and was taken back along with it."""
    undo = select(Change.action_id).where(Change.uid == record.uid).order_by(Change.id.desc())
    together = select(Change.uid).where(Change.action_id == undo.limit(1).scalar_subquery())
    for kind, column, key in _pointing_at(type(record)):
        mine = select(kind).where(column == getattr(record, key))
        mine = mine.where(kind.void_reason == TAKEN_BACK, kind.uid.in_(together))
        for part in session.scalars(mine.execution_options(**WITH_VOID)).all():
            yield part
            yield from _parts(session, part)


def _pointing_at(kind: type[Record]) -> Iterator[tuple[type[Record], Column[object], str]]:
    """Return the other kinds with a column that names a record of this kind, and by which key."""
    for other in Record.kinds.values():
        for column in table_of(other).columns:
            for foreign in column.foreign_keys:
                if other is not kind and foreign.column.table is table_of(kind):
                    yield other, column, foreign.column.key
