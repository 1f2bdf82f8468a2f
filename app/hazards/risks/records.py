"""The table of risk points."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class Risk(Record):
    """One risk point (风险点), FX-2026-0001; a hazard names it by this number.

    ``grade`` is its colour; ``level`` is who keeps it in hand (管控层级).
    """

    __tablename__ = "risk"

    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    area: Mapped[str | None]
    place: Mapped[str | None]
    kind: Mapped[str]
    what: Mapped[str]
    accidents: Mapped[str | None]
    grade: Mapped[str]
    measures: Mapped[str | None]
    level: Mapped[str | None]
    department: Mapped[str | None]
    owner: Mapped[str | None]
    frequency: Mapped[str | None]
    updated_on: Mapped[date]
