"""The tables of checks: a round that was walked, the hazards it found, its second walks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class Check(Record):
    """One finished check (检查). ``results`` keep each point as it read on the day, with its mark.

    So a check still says what was looked at when the checklist has been put better since. Where
    several checklists were walked in one go, ``checklist``, ``title`` and ``area`` name all of
    them, and the keys of the points say which list they stand on.
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
    weather: Mapped[str | None]
    campaign_uid: Mapped[str | None]


class CheckFault(Record):
    """One point of a check that was not in order, and the hazard it became."""

    __tablename__ = "hazard_check_fault"

    check_id: Mapped[int] = mapped_column(ForeignKey("hazard_check.id"))
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    point: Mapped[str]


class Recheck(Record):
    """One second walk (复检) over the faults of a check; ``results`` say key, mark and words."""

    __tablename__ = "hazard_recheck"

    check_id: Mapped[int] = mapped_column(ForeignKey("hazard_check.id"))
    rechecked_on: Mapped[date]
    rechecked_by: Mapped[str]
    results: Mapped[list[Any]]
