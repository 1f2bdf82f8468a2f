"""The table of what is around the school."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record
from app.hazards.surroundings.rules import Standing, standing


class Surrounding(Record):
    """A place (场所) or a problem (问题) around the school, ZB-2026-0001.

    ``distance`` is in metres from the gate; its ring follows from that and is never stored. The
    letter to a department (通报函) bears the same number.
    """

    __tablename__ = "surrounding"

    number: Mapped[str] = mapped_column(unique=True)
    nature: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    distance: Mapped[int]
    found_on: Mapped[date]
    what: Mapped[str | None]
    remark: Mapped[str | None]
    department: Mapped[str | None]
    request: Mapped[str | None]
    notified_on: Mapped[date | None]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    outcome: Mapped[str | None]
    closed_on: Mapped[date | None]

    @property
    def status(self) -> Standing:
        """How far it has come, in one word."""
        return standing(
            is_problem=self.nature == "问题",
            notified_on=self.notified_on,
            answered_on=self.answered_on,
            closed_on=self.closed_on,
        )
