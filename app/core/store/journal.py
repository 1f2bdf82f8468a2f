"""The journal: who changed which row and when, as it was and as it became; and undo from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from app.core.errors import UserError
from app.core.store.codec import from_journal, kind_of, writer
from app.core.store.database import permit_writes
from app.core.store.lots import in_lots
from app.core.store.records import TAKEN_BACK, WITH_VOID, Base, Record

Image = dict[str, Any]
RESTORED = "从备份恢复"  # the action a database begins with that was a backup


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


class Forgot(Base):
    """A record whose content is gone for good, also from the journal; see ``Store.forget``.

    While its line stands here, and only then, the database lets lines about it be blanked.
    """

    __tablename__ = "forgotten"

    uid: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]


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
                "action_id": action_id(session, connection),
                "table_name": record.__tablename__,
                "uid": after["uid"],
                "before": before,
                "after": after,
            }
        )
    if lines:
        connection.execute(insert(Change), lines)
    permit_writes(connection, False)


def newest_action(session: Session) -> Action | None:
    """Return the last action there is, None in a new database."""
    return session.scalar(select(Action).order_by(Action.id.desc()).limit(1))


def recent_actions(
    session: Session, limit: int, *, about: str | None, before: int | None
) -> Sequence[Action]:
    """Return the last actions, the newest first; ``about`` is the uid of one record."""
    wanted = select(Action).order_by(Action.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(Action.id < before)
    if about is not None:
        changed = select(Change.action_id).where(Change.uid == about)
        wanted = wanted.where(or_(Action.about == about, Action.id.in_(changed)))
    return session.scalars(wanted).all()


def notes_about(session: Session, uids: Collection[str]) -> dict[str, list[str]]:
    """Return what was noted about these records (printed, looked at), by their uids."""
    wanted = select(Action.about, Action.label).where(Action.about.in_(uids))
    found: dict[str, list[str]] = {}
    for about, label in session.execute(wanted.order_by(Action.id)):
        found.setdefault(about or "", []).append(label)
    return found


def restored_since(session: Session, uid: str | None) -> bool:
    """Say whether a backup came back after this record was made, or at all without a record."""
    came_back = session.scalar(select(func.max(Action.id)).where(Action.label == RESTORED))
    if came_back is None or uid is None:
        return came_back is not None
    made = session.scalar(select(func.min(Change.action_id)).where(Change.uid == uid))
    return bool(came_back > (made or 0))


def take_back(session: Session, *, since: int, who: str) -> str | None:
    """Take back the newest action of ``who`` after ``since`` that still stands; return its label.

    A new record becomes 作废; of an older one only the values that the action changed go back.

    Raises:
        UserError: somebody else has changed one of its records since.

    """
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    undone = select(Action.undoes).where(Action.undoes.is_not(None))
    last = session.scalar(
        select(Action)
        .where(Action.id > since, Action.who == who, Action.undoable, Action.undoes.is_(None))
        .where(Action.id.not_in(undone), Action.id.in_(select(Change.action_id)))
        .order_by(Action.id.desc())
        .limit(1)
    )
    if last is None:
        return None
    _refuse_if_gone_on(session, last)
    session.info.update(label=f"撤销：{last.label}", undoes=last.id)
    changes = _net_changes(session, last.id)
    for record in _records(session, changes):
        before, after = changes[record.__tablename__, record.uid]
        _put_back(record, before, after)
    return last.label


def _refuse_if_gone_on(session: Session, action: Action) -> None:
    mine = select(Change.uid).where(Change.action_id == action.id)
    later = select(Action).join(Change, Change.action_id == Action.id)
    others = later.where(Action.id > action.id, Action.who != action.who, Change.uid.in_(mine))
    if other := session.scalar(others.order_by(Action.id.desc()).limit(1)):
        raise UserError(
            f"不能撤销“{action.label}”：后来{other.who or '别人'}又做了“{other.label}”。",
            safe="没有改动任何记录。",
            do="请打开那条记录，直接改成要的样子。",
        )


def _net_changes(session: Session, action_id: int) -> dict[tuple[str, str], Any]:
    """Return for each row of an action how it was before the first and after the last change."""
    net: dict[tuple[str, str], tuple[Image | None, Image]] = {}
    changes = select(Change).where(Change.action_id == action_id).order_by(Change.id)
    changes = changes.where(Change.uid.not_in(select(Forgot.uid)))
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
        for lot in in_lots(uids):
            some = select(kind).where(kind.uid.in_(lot))
            with session.no_autoflush:
                yield from session.scalars(some.execution_options(**WITH_VOID)).all()


def _put_back(record: Record, before: Image | None, after: Image) -> None:
    if before is None:
        record.void(TAKEN_BACK)
        return
    mapper = inspect(type(record))
    for column in table_of(type(record)).columns:
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
        table, ids = table_of(kind), list(by_id)
        writers = [(column.key, writer(kind_of(column))) for column in table.columns]
        for lot in in_lots(ids):
            for row in connection.execute(select(table).where(table.c.id.in_(lot))):
                image = {
                    key: value if value is None or write is None else write(value)
                    for (key, write), value in zip(writers, row, strict=True)
                }
                yield by_id[image["id"]], image


def table_of(kind: type[Record]) -> Table:
    """Return the table of a kind of record."""
    table = kind.__table__
    assert isinstance(table, Table)
    return table


def write_action(session: Session) -> None:
    """Write the action down even though no row changes, as for a look or a print."""
    permit_writes(session.connection(), True)
    action_id(session, session.connection())
    permit_writes(session.connection(), False)


def action_id(session: Session, connection: Connection) -> int:
    """Return the id of the action this change is, written down when it is first asked for."""
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
