"""Whether an answer that is signed rightly also holds what a school can keep (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.handover.answers.records import LINES, RECEIVED
from app.handover.answers.rules import LONGEST_VERDICT
from app.handover.faults import Problem
from app.handover.parts import TableField

_TABLES: Mapping[str, tuple[TableField, ...]] = {"lines": LINES, "received": RECEIVED}
_FILLED = {"lines": ("kind", "row", "verdict", "made_on"), "received": ("seq", "sha256")}


def problem_of(
    manifest: Mapping[str, Any], tables: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Problem | None:
    """Return what an answer lacks, None if nothing: a table, a column, its kind, a cell."""
    told = {one["name"]: one["schema"]["fields"] for one in manifest["resources"]}
    for name, fields in _TABLES.items():
        if name not in tables:
            return Problem("MISSING", "它缺少内容，不是一份完整的回执。")
        kinds = {said["name"]: said["type"] for said in told[name]}
        if any(kinds.get(field.name) != field.kind for field in fields):
            return Problem("SCHEMA", "里面的列不是回执该有的列。")
        for place, row in enumerate(tables[name], start=1):
            if not row.get("void") and not _is_whole(row, _FILLED[name]):
                return Problem("VALUE", f"第{place}条没有写全，或者意见看不懂。")
    return None


def _is_whole(row: Mapping[str, Any], keys: Sequence[str]) -> bool:
    """Say whether what must be said is said; a newer town's verdict may be a word of its own."""
    is_filled = all(row[key] is not None for key in keys)
    verdict = str(row.get("verdict", "x"))
    return is_filled and verdict.isprintable() and 0 < len(verdict.strip()) <= LONGEST_VERDICT
