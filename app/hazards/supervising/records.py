"""The table of 督办 entries."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class HazardDemand(Record):
    """One entry: on which day who saw how a hazard stands, and what was demanded by when.

    A demand is open until it is ``met_on`` a day, or its hazard is closed.
    """

    __tablename__ = "hazard_demand"

    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    made_on: Mapped[date]
    made_by: Mapped[str]
    standing: Mapped[str | None]
    demand: Mapped[str | None]
    due_on: Mapped[date | None]
    met_on: Mapped[date | None]
    met_words: Mapped[str | None]
