"""Forgetting people for good: the one way in which the journal loses something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import Column, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.core.store.backup import Copy, copies_in
from app.core.store.blobs import Blob
from app.core.store.codec import kind_of
from app.core.store.database import permit_writes
from app.core.store.journal import Change, Forgot, action_id, table_of
from app.core.store.lots import in_lots
from app.core.store.records import Record

_KEPT = {"id", "uid", "rev", "void_reason"}
_HASH = re.compile(r"[0-9a-f]{64}")
_BLANKS: dict[type, Any] = {
    str: "",
    int: 0,
    float: 0.0,
    bool: False,
    dict: {},
    date: date(1900, 1, 1),
    datetime: datetime(1900, 1, 1),
    time: time(0),
    Decimal: Decimal(0),
}


@dataclass(frozen=True)
class Forgotten:
    """How many records were wiped, and the backups that still hold what they said."""

    count: int
    copies: list[Copy]

    def __str__(self) -> str:
        done = f"已彻底清除{self.count}条记录，不能再恢复。"
        if not self.copies:
            return done
        return (
            f"{done}以前的{len(self.copies)}份备份里还有它们，会随着旧备份的清理慢慢消失；"
            "也可以现在就删掉这些备份。U盘上的备份请另外清理。"
        )


def holders(backups: Path | None) -> list[Copy]:
    """Return the backups there are: all were made before the forgetting."""
    return copies_in(backups) if backups is not None and backups.is_dir() else []


def forget(
    session: Session, uids: Sequence[str], reason: str, *, but_what_stays: bool = False
) -> int:
    """Wipe these records of whatever kind; return how many there were.

    With ``but_what_stays`` the columns a kind names in ``stays`` stay, and with them the record.
    """
    session.flush()
    count = 0
    photos: set[str] = set()
    permit_writes(session.connection(), True)
    for kind, some in _by_kind(session, uids):
        stays = kind.stays if but_what_stays else frozenset()
        if "*" not in stays:
            photos |= _photos(session, some)
            count += _wipe(session, kind, some, reason, stays)
    for photo in photos:
        _drop_if_unused(session, photo)
    permit_writes(session.connection(), False)
    session.expire_all()
    return count


def _by_kind(session: Session, uids: Sequence[str]) -> Iterator[tuple[type[Record], Sequence[str]]]:
    for some in in_lots(uids):
        named = select(Change.table_name, Change.uid).where(Change.uid.in_(some)).distinct()
        by_table: dict[str, list[str]] = {}
        for table, uid in session.execute(named):
            by_table.setdefault(table, []).append(uid)
        for table, its in by_table.items():
            yield Record.kinds[table], its


def _photos(session: Session, uids: Sequence[str]) -> set[str]:
    """Return the hashes of the blobs these records have or had."""
    images = select(Change.before, Change.after).where(Change.uid.in_(uids))
    found: set[str] = set()
    for pair in session.execute(images):
        found.update(_HASH.findall(repr(tuple(pair))))
    return found


def _wipe(
    session: Session,
    kind: type[Record],
    uids: Sequence[str],
    reason: str,
    stays: frozenset[str],
) -> int:
    table, connection = table_of(kind), session.connection()
    rows = connection.execute(select(table).where(table.c.uid.in_(uids))).mappings().all()
    if not rows:
        return 0
    action = action_id(session, connection)
    for row in rows:
        session.info["touched"].add(kind.topic(dict(row)))
    connection.execute(
        insert(Forgot).prefix_with("OR IGNORE"), [{"uid": uid, "reason": reason} for uid in uids]
    )
    void = {} if stays else {"void_reason": reason}
    connection.execute(
        update(table).where(table.c.uid == bindparam("_uid")).values(rev=table.c.rev + 1, **void),
        [{"_uid": row["uid"], **_blanks(kind, row["uid"], stays)} for row in rows],
    )
    blank = func.json_object("uid", Change.uid, "rev", func.json_extract(Change.after, "$.rev"))
    connection.execute(update(Change).where(Change.uid.in_(uids)).values(before=None, after=blank))
    connection.execute(
        insert(Change),
        [
            {
                "action_id": action,
                "table_name": table.name,
                "uid": row["uid"],
                "before": {"uid": row["uid"], "rev": row["rev"]},
                "after": {"uid": row["uid"], "rev": row["rev"] + 1, **void},
            }
            for row in rows
        ],
    )
    return len(rows)


def _blanks(kind: type[Record], uid: str, stays: frozenset[str]) -> dict[str, Any]:
    """Return a value that says nothing for each column that says something and does not stay."""
    table = table_of(kind)
    return {
        column.key: _blank(column, uid)
        for column in table.columns
        if column.key not in _KEPT and column.key not in stays and not column.foreign_keys
    }


def _blank(column: Column[Any], uid: str) -> Any:
    if column.nullable:
        return None
    kind = kind_of(column)
    if kind is str:
        return uid  # stands also where no two may be alike
    return next(iter(kind)) if issubclass(kind, Enum) else _BLANKS[kind]


def _drop_if_unused(session: Session, photo: str) -> None:
    mentions = or_(func.instr(Change.after, photo) > 0, func.instr(Change.before, photo) > 0)
    if session.scalar(select(Change.id).where(mentions).limit(1)) is None:
        session.connection().execute(delete(Blob).where(Blob.hash == photo))
