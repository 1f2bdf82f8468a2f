"""The one way round the journal: rows taken over from a file that is itself kept whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Delete, Insert, TableClause, Update
from sqlalchemy.orm import Session

from app.core.store.database import permit_writes
from app.core.store.records import Base

# Kilobytes of pages a connection that writes in bulk may hold; with SQLite's own two megabytes
# each index page would be enciphered and written many times over.
_ROOM = "PRAGMA cache_size = -65536"

_INDEXES: set[str] = set()


class Bulk(Base):
    """A table whose rows were not made here: what it came from is kept, so no journal repeats it.

    Its rows are written by ``write_in_bulk`` alone, never by the session, and have no undo.
    """

    __abstract__ = True

    tables: ClassVar[set[str]] = set()  # every table declared so, by its name

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        Bulk.tables.add(cls.__tablename__)


def declare_index(name: str) -> None:
    """Name a search index made from bulk tables; it is written as they are."""
    Bulk.tables.add(name)
    _INDEXES.add(name)


def write_in_bulk(
    session: Session,
    statement: Insert | Update | Delete,
    rows: Sequence[Mapping[str, Any]] | None = None,
) -> int:
    """Run one statement, once for each of ``rows``; return how many rows it wrote, -1 if unknown.

    Only inside ``store.change(…, undoable=False)``, whose action says what was done, and only
    for a table declared ``Bulk``.

    Raises:
        RuntimeError: the change could be undone, or the table belongs to the journal.

    """
    table = statement.table if isinstance(statement, (Insert, Update, Delete)) else None
    if not isinstance(table, TableClause) or table.name not in Bulk.tables:
        raise RuntimeError("bulk writes skip the journal: only tables declared Bulk take them")
    if session.info.get("undoable", True):
        raise RuntimeError("bulk rows have no undo: write them in store.change(…, undoable=False)")
    if rows is not None and not rows:
        return 0
    session.flush()
    connection = session.connection()
    connection.exec_driver_sql(_ROOM)
    permit_writes(connection, True)
    try:
        done = connection.execute(statement, rows) if rows else connection.execute(statement)
        if table.name in _INDEXES:  # what it holds back it would write at commit, forbidden then
            connection.exec_driver_sql("SAVEPOINT written")
            connection.exec_driver_sql("RELEASE written")
    finally:
        permit_writes(connection, False)
    session.info["touched"].add(table.name)
    return int(done.rowcount)
