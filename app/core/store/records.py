"""What every record has: a name for all times, a revision, and 作废 in place of deletion."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, MetaData, Table, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, mapped_column
from sqlalchemy.orm import with_loader_criteria as only_those

from app.core.errors import UserError
from app.core.store.codec import kind_of
from app.core.store.ids import uuid7


class Exact(TypeDecorator[Decimal]):
    """A decimal number kept as text, since SQLite itself would round it to a float."""

    impl = Text
    cache_ok = True

    @property
    def python_type(self) -> type[Decimal]:
        """The type of the values, which the journal goes by."""
        return Decimal

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        """Write 12.50 as "12.50"."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        """Read "12.50" as 12.50."""
        return None if value is None else Decimal(value)


class Base(DeclarativeBase):
    """Every table. A room's tables are a ``Record``; the few others belong to core itself."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Decimal: Exact(),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }

    @classmethod
    def __table_cls__(cls, name: str, metadata: MetaData, *parts: Any, **options: Any) -> Table:
        """Make the table, unless the journal would be blind to it or to one of its columns."""
        if issubclass(cls, Record):
            for column in parts:
                if isinstance(column, Column) and not column.foreign_keys:
                    kind_of(column)
        elif not (cls.__module__.startswith("app.core.") or _is_bulk(cls)):
            raise TypeError(f"{name}: a room's table is a Record, so that the journal sees it")
        return Table(name, metadata, *parts, **options)


class Record(Base):
    """A row that people know: journaled, never deleted, merged by the town by ``uid``.

    ``rev`` counts the saved changes of this record and only ever grows; 作废 and undo are changes
    too. A record with a ``void_reason`` is left out of everything that is read, unless the
    statement carries ``.execution_options(**WITH_VOID)``. A unique index over what people type
    must therefore say ``WHERE void_reason IS NULL``.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True, default=uuid7)
    rev: Mapped[int] = mapped_column()
    void_reason: Mapped[str | None] = mapped_column()

    __mapper_args__ = {"version_id_col": rev}  # noqa: RUF012 - SQLAlchemy's own declaration

    kinds: ClassVar[dict[str, type[Record]]] = {}  # every kind of record, by its table
    # What of a record about a pupil stays when the school cleans up after those who have left,
    # until it cleans up for good: these columns, "*" for all, nothing for none.
    stays: ClassVar[frozenset[str]] = frozenset()
    # A column that lists the uids of pupils this record tells of; what does not stay goes with
    # the first of them who is cleaned up.
    mentions: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        Record.kinds[cls.__tablename__] = cls

    def void(self, reason: str) -> None:
        """Mark the record 作废: it stays, with the reason, and no list shows it.

        Raises:
            UserError: no reason is given.

        """
        if not reason.strip():
            raise UserError("作废要选一个原因。", do="请选好原因再作废。")
        self.void_reason = reason.strip()

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name what a change to this row is news of; a table that holds many books says which."""
        return str(cls.__tablename__)


def _is_bulk(kind: type) -> bool:
    """Say whether a table was declared as one whose rows come whole from a kept file."""
    return any(base.__module__ == "app.core.store.bulk" for base in kind.__mro__)


WITH_VOID = {"voided": True}
TAKEN_BACK = "撤销"  # why a record is 作废 whose entering was undone


def hide_void(state: ORMExecuteState) -> None:
    """Leave voided records out of a statement that does not ask for them."""
    inner = state.is_column_load or state.is_relationship_load
    if state.is_select and not inner and not state.execution_options.get("voided"):
        state.statement = state.statement.options(
            only_those(Record, lambda kind: kind.void_reason.is_(None), include_aliases=True)
        )
