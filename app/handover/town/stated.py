"""What one file tells of, what became of its rows, and how a row of it is kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.handover.town.covering import ends_on, must_tell
from app.handover.town.rules import HAZARDS, is_true, told_of

_KEYS = frozenset({"uid", "rev", "void"})
_WRITE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode
WHOLE = "="  # begins the uid of a row of a table stated whole; no record's begins so
Rows = Sequence[Mapping[str, Any]]


class Merged(NamedTuple):
    """How many rows of a file were new, newer than ours, older, or said the same.

    ``gone`` counts those of ours it left out; ``back`` those it told in an earlier revision than
    we have, which only a backup that came back explains.
    """

    new: int = 0
    newer: int = 0
    older: int = 0
    same: int = 0
    gone: int = 0
    back: int = 0

    def __add__(self, other: Any) -> Merged:
        return Merged(*(a + b for a, b in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Offer:
    """The tables of one file of a school; its ``TownFile`` is written already.

    ``lists`` are the tables of records. Any other states a whole.
    """

    file_id: int
    tables: Mapping[str, Rows]
    lists: Collection[str]


class Statement(NamedTuple):
    """What one file tells of: its days and tables. The newer it is, the greater its ``rank``."""

    rank: int
    file_id: int
    first: date | None
    last: date | None
    kinds: Collection[str]

    def tells(self, kind: str, body: Mapping[str, Any]) -> bool:
        """Say whether this row would be in the file if it stood."""
        if self.first is None or self.last is None or kind not in self.kinds:
            return False
        return must_tell(kind, body, self.first, self.last)

    def touches(self, month: str) -> bool:
        """Say whether a day of this month, such as 2026-04, is of its days."""
        if not month or self.first is None or self.last is None:
            return False
        return f"{self.first}"[:7] <= month <= f"{self.last}"[:7]


def row_of(
    school_id: int, kind: str, said: Mapping[str, Any], later: Sequence[Statement] = ()
) -> dict[str, Any]:
    """Return what is kept of a row that a file says; it is gone if a ``later`` one leaves it out.

    Whoever asks has seen that no later file names it.
    """
    is_void = is_true(said.get("void"))
    body = {} if is_void else {k: v for k, v in said.items() if k not in _KEYS}
    told = told_of(kind, body)
    is_gone = is_void or any(one.tells(kind, body) for one in later)
    return {
        "school_id": school_id,
        "kind": kind,
        "uid": said["uid"],
        "rev": int(said["rev"]),
        "is_void": is_gone,
        "is_open": told.is_open and not is_gone,
        "is_indexed": kind != HAZARDS,
        "day": told.day,
        "ends_on": ends_on(kind, body),
        "due_on": told.due_on,
        "grade": told.grade,
        "state": told.state,
        "category": told.category,
        "area": told.area,
        "body": _WRITE(body),
    }
