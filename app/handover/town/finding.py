"""Free text among a million rows: the one place that knows SQLite's trigram index."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, column, delete, insert, select, text, update
from sqlalchemy.orm import Session

from app.core.store import in_lots, write_in_bulk
from app.handover.town.records import TERM, TEXT, TownRow
from app.handover.town.rules import HAZARDS, words_of

_MOST_TERMS = 400  # beginnings of words one or two characters may stand for
_PUT = insert(TEXT).prefix_with("OR REPLACE")
_NOWHERE = "\ue000" * 3  # what no row says
_LAST = "\U0010ffff"

Spoken = dict[int, Mapping[str, Any]]  # what hazards say, by the id of the row


def index_words(session: Session, school_ids: Sequence[int]) -> None:
    """Make what these schools' new and changed hazards say findable, inside a change."""
    for lot in in_lots(list(school_ids)):
        fresh = select(TownRow.id, TownRow.kind, TownRow.is_void, TownRow.body).where(
            TownRow.school_id.in_(lot), ~TownRow.is_indexed
        )
        rows = session.execute(fresh).all()
        spoken = (row for row in rows if row.kind == HAZARDS and not row.is_void)
        said: Spoken = {row.id: json.loads(row.body) for row in spoken}
        gone = [id for id, kind, is_void, _ in rows if kind == HAZARDS and is_void]
        for some in in_lots(gone):
            write_in_bulk(session, delete(TEXT).where(TEXT.c.rowid.in_(some)))
        add_words(session, said)
        done = update(TownRow.__table__).where(TownRow.school_id.in_(lot))  # type: ignore[arg-type]
        write_in_bulk(session, done.where(~TownRow.is_indexed).values(is_indexed=True))


def add_words(session: Session, said: Spoken) -> None:
    """Make these hazards findable by what each says, by the id of its row, inside a change."""
    spoken = [{"rowid": id, "words": words_of(body)} for id, body in said.items()]
    write_in_bulk(session, _PUT, spoken)


def found_ids(session: Session, words: str) -> Select[Any]:
    """Return what selects the ids of the rows that hold every one of these words."""
    matched = " AND ".join(_matching(session, word) for word in words.split())
    return (
        select(column("rowid"))
        .select_from(text("town_text"))
        .where(text("town_text MATCH :wanted").bindparams(wanted=matched))
    )


def _matching(session: Session, word: str) -> str:
    """Return the search for one word; a short one is looked for at the head of every trigram."""
    if len(word) >= 3:
        return _quoted(word)
    lowered = word.casefold()
    begins = select(TERM.c.term).where(TERM.c.term >= lowered, TERM.c.term < lowered + _LAST)
    terms = session.scalars(begins.limit(_MOST_TERMS)).all()
    return f"({' OR '.join(map(_quoted, terms))})" if terms else _quoted(_NOWHERE)


def _quoted(word: str) -> str:
    return '"' + word.replace("\0", "").replace('"', '""') + '"'
