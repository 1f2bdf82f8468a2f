"""What is kept of hazardous chemicals: the kinds in stock, every movement, every count."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class ChemSubstance(Record):
    """One substance (品种) in one cabinet; its stock is counted from its movements."""

    __tablename__ = "chem_substance"

    name: Mapped[str]
    alias: Mapped[str | None]
    categories: Mapped[list[Any]]
    purpose: Mapped[str]
    spec: Mapped[str | None]
    unit: Mapped[str]
    cabinet: Mapped[str]
    keeper_1: Mapped[str]
    keeper_2: Mapped[str]
    is_waste: Mapped[bool]
    note: Mapped[str | None]

    @property
    def called(self) -> str:
        """What it is called in a sentence."""
        return f"{self.name}（{self.spec}）" if self.spec else self.name


class ChemCount(Record):
    """One count of the cabinets (盘点, PD-2026-0001) or of the second book (对账, DZ-2026-0001).

    ``lines`` say of each substance what the book said and what was found, as texts; ``hand_1``
    keeps the first book, ``hand_2`` the second where books are compared.
    """

    __tablename__ = "chem_count"

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    done_at: Mapped[datetime]
    hand_1: Mapped[str]
    hand_2: Mapped[str]
    lines: Mapped[list[Any]]
    doubles: Mapped[list[Any] | None]
    words: Mapped[str | None]
    entered_at: Mapped[datetime]


class ChemMovement(Record):
    """One movement (流水), WH-2026-0001: ``milli`` of a unit, ``change`` to the stock.

    ``of_uid`` is the taking that something comes back from; ``count_uid`` the count that found it.
    """

    __tablename__ = "chem_movement"

    number: Mapped[str] = mapped_column(unique=True)
    substance_uid: Mapped[str] = mapped_column(ForeignKey("chem_substance.uid"))
    kind: Mapped[str]
    moved_at: Mapped[datetime]
    milli: Mapped[int]
    change: Mapped[int]
    hand_1: Mapped[str]
    hand_2: Mapped[str]
    kept_1: Mapped[str]
    kept_2: Mapped[str]
    approved_by: Mapped[str | None]
    purpose: Mapped[str | None]
    party: Mapped[str | None]
    carriers: Mapped[str | None]
    of_uid: Mapped[str | None] = mapped_column(ForeignKey("chem_movement.uid"))
    count_uid: Mapped[str | None] = mapped_column(ForeignKey("chem_count.uid"))
    photos: Mapped[list[Any] | None]
    words: Mapped[str | None]
    filed_on: Mapped[date | None]
    filed_number: Mapped[str | None]
    entered_at: Mapped[datetime]
