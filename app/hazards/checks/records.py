"""The tables of checks: a round that was walked, and the hazards it found."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class Check(Record):
    """One finished check (检查). ``results`` keep each point as it read on the day, with its mark.

    So a check still says what was looked at when the checklist has been put better since.
    """

    __tablename__ = "hazard_check"

    number: Mapped[str] = mapped_column(unique=True)
    checked_on: Mapped[date]
    kind: Mapped[str]
    checklist: Mapped[str]
    title: Mapped[str]
    area: Mapped[str]
    leader: Mapped[str]
    inspectors: Mapped[str]
    points: Mapped[int]
    faults: Mapped[int]
    results: Mapped[list[Any]]


class CheckFault(Record):
    """One point of a check that was not in order, and the hazard it became."""

    __tablename__ = "hazard_check_fault"

    check_id: Mapped[int] = mapped_column(ForeignKey("hazard_check.id"))
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    point: Mapped[str]
