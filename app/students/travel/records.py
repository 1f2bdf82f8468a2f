"""What is kept of the way to school: one line a pupil and term, and what was handed in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class Travel(Record):
    """How one pupil comes and goes in one term (``2026-2027-1``)."""

    __tablename__ = "travel"

    student_uid: Mapped[str] = mapped_column(ForeignKey("student.uid"))
    term: Mapped[str]
    to_mode: Mapped[str]
    from_mode: Mapped[str]
    escort: Mapped[str | None]
    km: Mapped[Decimal | None]
    dangers: Mapped[list[Any] | None]
    plate: Mapped[str | None]


class TravelStatement(Record):
    """The sheet of one term as it was handed in; ``counts`` are its sums of that day."""

    __tablename__ = "travel_statement"

    term: Mapped[str]
    sent_on: Mapped[date]
    sent_by: Mapped[str]
    counts: Mapped[dict[str, Any]]
