"""Rows of many files into one state: whatever came first, the newest revision of each stands.

Of two that say different things under one revision that of the later file stands, the higher
seq; a row said again is known to be as new as the file that said it. So every order ends alike.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from app.core.store import in_lots, write_in_bulk
from app.handover.town.records import TownFile, TownRow
from app.handover.town.rules import is_true, says_the_same, told_of

_KEYS = frozenset({"uid", "rev", "void"})
_WRITE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode
Rows = Sequence[Mapping[str, Any]]


class Merged(NamedTuple):
    """How many rows of a file were new, were newer than ours, were older, or said the same."""

    new: int = 0
    newer: int = 0
    older: int = 0
    same: int = 0

    def __add__(self, other: Any) -> Merged:
        return Merged(*(a + b for a, b in zip(self, other, strict=True)))


def merge(
    session: Session,
    school_id: int,
    tables: Mapping[str, Rows],
    *,
    lists: Collection[str],
    file_key: tuple[int, str, str],
) -> Merged:
    """Merge the tables of one school's file, inside a change; the order of files is no matter.

    ``lists`` are the tables of records. Any other states a whole, and stands as the file of the
    greatest ``file_key`` has it: (seq, when it was made, sha256).
    """
    total = Merged()
    for kind, rows in tables.items():
        if kind in lists:
            total += _merge_list(session, school_id, kind, rows, file_key[0])
        else:
            total += _restate(session, school_id, kind, rows, file_key)
    return total


def _merge_list(session: Session, school_id: int, kind: str, rows: Rows, seq: int) -> Merged:
    known = _known(session, school_id, kind, [said["uid"] for said in rows])
    new, newer, again, older = [], [], [], 0
    for said in rows:
        there = known.get(said["uid"])
        if there is not None and said["rev"] < there[1]:  # most of an old file; not looked at
            older += 1
            continue
        row = _row(school_id, kind, said) | {"seq": seq}
        mine = (row["rev"], seq, row["is_void"], row["body"])
        if there is None:
            new.append(row)
        elif says_the_same(mine, there[1:]):
            again.append({"b_id": there[0], "b_seq": max(seq, there[2])})
        elif mine > there[1:]:
            newer.append({"b_id": there[0], **{f"b_{key}": row[key] for key in _CHANGING}})
        else:
            older += 1
    write_in_bulk(session, insert(TownRow), new)
    write_in_bulk(session, _UPDATE, newer)
    write_in_bulk(session, _SAID_AGAIN, again)
    return Merged(len(new), len(newer), older, len(again))


def _restate(
    session: Session, school_id: int, kind: str, rows: Rows, file_key: tuple[int, str, str]
) -> Merged:
    """Put a whole statement in the place of the older one; an older one changes nothing."""
    of_kind = (TownRow.school_id == school_id, TownRow.kind == kind)
    later = (
        select(TownFile.seq, TownFile.made_at, TownFile.sha256, TownFile.rows)
        .where(TownFile.school_id == school_id, TownFile.seq >= file_key[0])
        .order_by(TownFile.seq)
    )
    for *key, listed in session.execute(later):
        if kind in listed and tuple(key) > file_key:
            return Merged(older=len(rows))
    had = session.scalars(select(TownRow.body).where(*of_kind).order_by(TownRow.uid)).all()
    made = [
        _row(school_id, kind, {"uid": f"{number:06}", "rev": 1, **one})
        for number, one in enumerate(rows)
    ]
    if had == [row["body"] for row in made]:
        return Merged(same=len(made))
    if had:
        write_in_bulk(session, delete(_TABLE).where(*of_kind))
    write_in_bulk(session, insert(TownRow), made)
    return Merged(max(0, len(made) - len(had)), min(len(had), len(made)))


def _row(school_id: int, kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    is_void = is_true(said.get("void"))
    body = {} if is_void else {k: v for k, v in said.items() if k not in _KEYS}
    told = told_of(kind, body)
    return {
        "school_id": school_id,
        "kind": kind,
        "uid": said["uid"],
        "rev": int(said["rev"]),
        "seq": 0,
        "is_void": is_void,
        "is_open": told.is_open and not is_void,
        "is_indexed": False,
        "day": told.day,
        "due_on": told.due_on,
        "grade": told.grade,
        "state": told.state,
        "category": told.category,
        "area": told.area,
        "body": _WRITE(body),
    }


def _known(
    session: Session, school_id: int, kind: str, uids: Sequence[str]
) -> dict[str, tuple[Any, ...]]:
    """Return (id, rev, seq, is_void, body) of the rows we have, by uid."""
    keys = (TownRow.uid, TownRow.id, TownRow.rev, TownRow.seq, TownRow.is_void, TownRow.body)
    columns = select(*keys)
    mine = columns.where(TownRow.school_id == school_id, TownRow.kind == kind)
    return {
        uid: tuple(rest)
        for lot in in_lots(uids)
        for uid, *rest in session.execute(mine.where(TownRow.uid.in_(lot)))
    }


def _table() -> Table:
    made = TownRow.__table__
    assert isinstance(made, Table)
    return made


def _changing() -> Iterator[str]:
    yield from (c.key for c in _table().c if c.key not in ("id", "school_id", "kind", "uid"))


_TABLE = _table()
_CHANGING = tuple(_changing())
_UPDATE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("b_id"))
    .values({key: bindparam(f"b_{key}") for key in _CHANGING})
)
_SAID_AGAIN = update(_TABLE).where(_TABLE.c.id == bindparam("b_id")).values(seq=bindparam("b_seq"))
