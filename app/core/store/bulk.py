"""The one way round the journal: rows taken over from a file that is itself kept whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import (
    Connection,
    CursorResult,
    Delete,
    Dialect,
    Insert,
    TableClause,
    Update,
)
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
        done = _write_all(connection, statement, rows) if rows else connection.execute(statement)
        if table.name in _INDEXES:  # what it holds back it would write at commit, forbidden then
            connection.exec_driver_sql("SAVEPOINT written")
            connection.exec_driver_sql("RELEASE written")
    finally:
        permit_writes(connection, False)
    session.info["touched"].add(table.name)
    return int(done.rowcount)


def _write_all(
    connection: Connection, statement: Insert | Update | Delete, rows: Sequence[Mapping[str, Any]]
) -> CursorResult[Any]:
    """Run one statement for each of these rows, which name the same values.

    The values go to the driver column by column: what SQLAlchemy does for every single row
    would take as long as the writing itself.
    """
    sql, columns = _prepared(statement, connection.dialect, tuple(rows[0]))
    return connection.exec_driver_sql(
        sql, list(zip(*(one.of(rows) for one in columns), strict=True))
    )


class _Column(NamedTuple):
    """One value of a statement: named by each row, or ``fixed`` in the statement itself."""

    name: str | None
    fixed: Any
    write: Callable[[Any], Any] | None

    def of(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        name, write = self.name, self.write
        said = [self.fixed] * len(rows) if name is None else [row[name] for row in rows]
        return [write(value) for value in said] if write else said


@lru_cache(maxsize=64)
def _prepared(
    statement: Insert | Update | Delete, dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, Sequence[_Column]]:
    """Return the SQL and its values in their order, where each row names these."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    columns = []
    for key in compiled.positiontup or ():
        kind = compiled.binds[key].type.dialect_impl(dialect)
        name = key if key in names else None
        columns.append(_Column(name, compiled.params[key], kind.bind_processor(dialect)))
    return str(compiled), columns
