"""The clauses one may choose from: shipped with the program, and taken in by the school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from app.core.roles import Right
from app.core.store import Store
from app.hazards.clauses.library import Clause, ClauseBook, read_clauses
from app.hazards.clauses.records import HazardClause


class Taken(NamedTuple):
    """What taking in a file did: clauses that are new, that changed, that were there already."""

    added: int
    changed: int
    same: int


class ClauseRegister:
    """The clauses of this school; those it took in live in its database."""

    def __init__(self, store: Store, shipped: Mapping[str, ClauseBook] | None = None) -> None:
        self._store = store
        self.books: Mapping[str, ClauseBook] = shipped or {}
        self._shipped: list[Clause] = [one for book in self.books.values() for one in book]

    def all(self) -> Sequence[Clause]:
        """Return every clause: the shipped ones first, then those taken in, as they came."""
        return [*self._shipped, *(_clause(record) for record in self._records())]

    def take_in(self, path: Path) -> Taken:
        """Keep the clauses of a file, all of them in one change that one undo takes back.

        A clause of the same document, field and number is put right; none is taken away.

        Raises:
            UserError: something in the file is wrong; nothing is kept.

        """
        self._store.sitter.demand(Right.IMPORT)
        return self.keep(read_clauses(path))

    def keep(self, clauses: Iterable[Clause]) -> Taken:
        """Keep these clauses."""
        self._store.sitter.demand(Right.IMPORT)
        shipped = set(self._shipped)
        added = changed = same = 0
        with self._store.change("导入判定条款") as session:
            known = {_key(_clause(record)): record for record in self._records()}
            for clause in clauses:
                record = known.get(_key(clause))
                if clause in shipped or (record is not None and _clause(record) == clause):
                    same += 1
                elif record is None:
                    session.add(HazardClause(**clause._asdict()))
                    added += 1
                else:
                    for key, value in clause._asdict().items():
                        setattr(record, key, value)
                    changed += 1
        return Taken(added, changed, same)

    def _records(self) -> Sequence[HazardClause]:
        with self._store.read() as session:
            return session.scalars(select(HazardClause).order_by(HazardClause.id)).all()


def _key(clause: Clause) -> tuple[str, str, str]:
    return clause.document, clause.field, clause.code


def _clause(record: HazardClause) -> Clause:
    return Clause(*(getattr(record, key) for key in Clause._fields))
