"""The table of the clauses a school has taken in."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.core.store import Record


class HazardClause(Record):
    """One clause from a document of the country, the province or below.

    ``trust`` says how near to the original its words are.
    """

    __tablename__ = "hazard_clause"

    level: Mapped[str]
    field: Mapped[str]
    code: Mapped[str]
    text: Mapped[str]
    document: Mapped[str]
    trust: Mapped[str]
