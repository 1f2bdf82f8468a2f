"""What the tables of a file from outside say they hold, believed only if it can be merged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.handover.faults import Fault
from app.handover.fields import TABLES
from app.handover.parts import KEYS, TableField
from app.handover.values import KINDS

NAME = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII)  # of a table or a column
LONGEST_NAME = 100
_KEYS = [(key.name, key.kind) for key in KEYS]


def columns_of(resource: Mapping[str, Any]) -> list[TableField]:
    """Return the columns a table of the manifest says it has.

    Raises:
        Fault: they are not told, it is a list without its keys, or a column we know holds
            something else than ours.

    """
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not fields:
        raise Fault("SCHEMA", f"“{resource['title']}”没有写明有哪些列。")
    made = [_column(said) for said in fields]
    known = [column for column in made if column is not None]
    if len({column.name for column in known}) < len(made):
        raise Fault("SCHEMA", f"“{resource['title']}”对列的说明不对。")
    if not _fits(resource["name"], resource["schema"].get("primaryKey"), known):
        raise Fault("SCHEMA", f"“{resource['title']}”的列不是这张表该有的列。")
    return known


def _column(said: object) -> TableField | None:
    """Return the column a schema describes, None if it describes none."""
    if not isinstance(said, dict):
        return None
    name, title, kind = said.get("name"), said.get("title"), said.get("type")
    if not (isinstance(name, str) and isinstance(title, str) and isinstance(kind, str)):
        return None
    fits = NAME.fullmatch(name) and kind in KINDS and len(title) <= LONGEST_NAME
    return TableField(name, title, kind) if fits else None


def _fits(table: str, primary_key: object, columns: Sequence[TableField]) -> bool:
    """Say whether a list has its keys, a whole has none, and our own columns are as ours."""
    kinds = {column.name: column.kind for column in columns}
    is_list = [(c.name, c.kind) for c in columns[: len(KEYS)]] == _KEYS
    has_keys = any(key.name in kinds for key in KEYS)
    ours = TABLES.get(table)
    if is_list != has_keys or is_list != (primary_key == "uid"):
        return False
    if ours is None:
        return True
    is_ours = is_list == (ours[: len(KEYS)] == KEYS)
    return is_ours and all(kinds.get(column.name, column.kind) == column.kind for column in ours)
