"""The journal: who changed which row and when, as it was and as it became; and undo from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Table,
    event,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from app.core.store.codec import from_journal, kind_of, to_journal
from app.core.store.database import permit_writes
from app.core.store.records import WITH_VOID, Base, Record

Image = dict[str, Any]
_AT_ONCE = 500  # ids in one SELECT


class Action(Base):
    """One thing a person did, as they would say it: "登记隐患"."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    at: Mapped[datetime]
    who: Mapped[str]
    about: Mapped[str | None]
    undoable: Mapped[bool]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("action.id"))


class Change(Base):
    """One row as it was and as it became; ``before`` is null for a new row."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    table_name: Mapped[str]
    uid: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any]]


class Counter(Base):
    """The last number given out in one series and year; it never goes down."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def before_flush(session: Session, _context: Any, _instances: Any) -> None:
    """Read from the database how the rows about to change are now, and let the flush write."""
    if removed := [r for r in session.deleted if isinstance(r, Record)]:
        raise RuntimeError(f"{type(removed[0]).__name__}: nothing is deleted, use void(reason)")
    connection = session.connection()
    dirty = [r for r in session.dirty if isinstance(r, Record)]
    session.info["rows"] = dict(_images(connection, dirty))
    permit_writes(connection, True)


def after_flush(session: Session, _context: Any) -> None:
    """Write down each row the flush changed, then shut the connection again."""
    connection = session.connection()
    rows: dict[Record, Image | None] = session.info.pop("rows")
    lines = []
    for record, after in _images(connection, rows):
        before = rows[record]
        if before == after:
            continue
        session.info["touched"].update(record.topic(i) for i in (before, after) if i)
        lines.append(
            {
                "action_id": _action_id(session, connection),
                "table_name": record.__tablename__,
                "uid": after["uid"],
                "before": before,
                "after": after,
            }
        )
    if lines:
        connection.execute(insert(Change), lines)
    permit_writes(connection, False)


def newest_action(session: Session) -> int:
    """Return the id of the last action there is, 0 in a new database."""
    return session.scalar(select(func.max(Action.id))) or 0


def take_back(session: Session, since: int) -> str | None:
    """Take back the newest action after ``since`` that still stands; return its label.

    A new record becomes 作废; of an older one only the values that the action changed go back.
    """
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    undone = select(Action.undoes).where(Action.undoes.is_not(None))
    last = session.scalar(
        select(Action)
        .where(Action.id > since, Action.undoable, Action.undoes.is_(None))
        .where(Action.id.not_in(undone), Action.id.in_(select(Change.action_id)))
        .order_by(Action.id.desc())
        .limit(1)
    )
    if last is None:
        return None
    session.info.update(label=f"撤销：{last.label}", undoes=last.id)
    changes = _net_changes(session, last.id)
    for record in _records(session, changes):
        before, after = changes[record.__tablename__, record.uid]
        _put_back(record, before, after)
    return last.label


def _net_changes(session: Session, action_id: int) -> dict[tuple[str, str], Any]:
    """Return for each row of an action how it was before the first and after the last change."""
    net: dict[tuple[str, str], tuple[Image | None, Image]] = {}
    changes = select(Change).where(Change.action_id == action_id).order_by(Change.id)
    for change in session.scalars(changes):
        row = change.table_name, change.uid
        before = net[row][0] if row in net else change.before
        net[row] = before, change.after
    return net


def _records(session: Session, rows: Iterable[tuple[str, str]]) -> Iterator[Record]:
    """Load these rows, named by table and uid, also those that are 作废."""
    by_table: dict[str, list[str]] = {}
    for table_name, uid in rows:
        by_table.setdefault(table_name, []).append(uid)
    for table_name, uids in by_table.items():
        kind = Record.kinds[table_name]
        for start in range(0, len(uids), _AT_ONCE):
            some = select(kind).where(kind.uid.in_(uids[start : start + _AT_ONCE]))
            with session.no_autoflush:
                yield from session.scalars(some.execution_options(**WITH_VOID)).all()


def _put_back(record: Record, before: Image | None, after: Image) -> None:
    if before is None:
        record.void("撤销")
        return
    mapper = inspect(type(record))
    for column in _table(type(record)).columns:
        key = column.key
        if key != "rev" and before.get(key) != after.get(key):
            attribute = mapper.get_property_by_column(column).key
            setattr(record, attribute, from_journal(kind_of(column), before.get(key)))


def _images(connection: Connection, records: Iterable[Record]) -> Iterator[tuple[Record, Image]]:
    """Read these rows as the database has them now, so that nothing unloaded is missed."""
    by_kind: dict[type[Record], dict[int, Record]] = {}
    for record in records:
        identity = inspect(record).identity
        by_kind.setdefault(type(record), {})[identity[0] if identity else record.id] = record
    for kind, by_id in by_kind.items():
        table, ids = _table(kind), list(by_id)
        kinds = [(column.key, kind_of(column)) for column in table.columns]
        for start in range(0, len(ids), _AT_ONCE):
            some = select(table).where(table.c.id.in_(ids[start : start + _AT_ONCE]))
            for row in connection.execute(some):
                image = {k: to_journal(t, v) for (k, t), v in zip(kinds, row, strict=True)}
                yield by_id[image["id"]], image


def _table(kind: type[Record]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)
    return table


def write_action(session: Session) -> None:
    """Write the action down even though no row changes, as for a look or a print."""
    permit_writes(session.connection(), True)
    _action_id(session, session.connection())
    permit_writes(session.connection(), False)


def _action_id(session: Session, connection: Connection) -> int:
    info = session.info
    if "action_id" not in info:
        wanted = {key: info[key] for key in ("label", "at", "who", "undoable")}
        result = connection.execute(insert(Action).values(**wanted, undoes=info.get("undoes")))
        (info["action_id"],) = result.inserted_primary_key or (0,)
    return int(info["action_id"])


def _notice_new(_mapper: Any, _connection: Connection, record: Record) -> None:
    session = object_session(record)
    assert session is not None
    session.info["rows"][record] = None


def _notice_changed(_mapper: Any, connection: Connection, record: Record) -> None:
    """Catch a row that is changed only by way of a relationship, which the session calls clean."""
    session = object_session(record)
    assert session is not None
    if record not in session.info["rows"]:
        session.info["rows"].update(_images(connection, [record]))


event.listen(Record, "before_insert", _notice_new, propagate=True)
event.listen(Record, "before_update", _notice_changed, propagate=True)
