"""What is kept of one drill: its plan sheet, the counts of the day, the record, its gaps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class DrillSheet(Record):
    """The plan of one drill (方案).

    ``posts``, ``routes``, ``signals`` and ``steps`` are lists of small objects, as the templates
    and ``rules.Route`` name their parts.
    """

    __tablename__ = "drill_sheet"

    drill_uid: Mapped[str] = mapped_column(ForeignKey("drill.uid"))
    drafted_on: Mapped[date]
    purpose: Mapped[str]
    assembly: Mapped[str | None]
    expert: Mapped[str | None]
    target_seconds: Mapped[int]
    pupils_due: Mapped[int | None]
    staff_due: Mapped[int | None]
    posts: Mapped[list[Any]]
    routes: Mapped[list[Any]]
    signals: Mapped[list[Any]]
    steps: Mapped[list[Any]]
    cautions: Mapped[list[Any]]
    materials: Mapped[list[Any]]
    parents: Mapped[str | None]
    neighbours: Mapped[str | None]
    approver: Mapped[str | None]
    approved_on: Mapped[date | None]


class DrillCompanion(Record):
    """A pupil who takes part with somebody at the side, or not at all, and how."""

    __tablename__ = "drill_companion"

    drill_uid: Mapped[str] = mapped_column(ForeignKey("drill.uid"))
    student_uid: Mapped[str] = mapped_column(ForeignKey("student.uid"))
    companion: Mapped[str | None]
    how: Mapped[str]


class DrillCount(Record):
    """What one class reported on the day; ``seconds`` are from the signal to its report."""

    __tablename__ = "drill_count"

    drill_uid: Mapped[str] = mapped_column(ForeignKey("drill.uid"))
    class_uid: Mapped[str | None]
    unit: Mapped[str]
    building: Mapped[str | None]
    due: Mapped[int | None]
    there: Mapped[int | None]
    absent: Mapped[str | None]
    seconds: Mapped[int | None]
    counted_by: Mapped[str | None]


class DrillRecord(Record):
    """The record and evaluation of one drill (记录与总结).

    ``nodes`` are the moments of the day in seconds from the signal, by their name. ``entered_at``
    is when it was first entered, whatever the day of the drill; an entry long after says why.
    """

    __tablename__ = "drill_record"

    drill_uid: Mapped[str] = mapped_column(ForeignKey("drill.uid"))
    entered_at: Mapped[datetime]
    late_reason: Mapped[str | None]
    weather: Mapped[str | None]
    department: Mapped[str | None]
    recorder: Mapped[str | None]
    assembly: Mapped[str | None]
    absent: Mapped[str | None]
    nodes: Mapped[dict[str, Any] | None]
    experts: Mapped[str | None]
    process: Mapped[str | None]
    course: Mapped[str | None]
    goods: Mapped[str | None]
    skill: Mapped[str | None]
    fitness: Mapped[str | None]
    fullness: Mapped[str | None]
    injuries: Mapped[str | None]
    summary: Mapped[str | None]
    verdict: Mapped[str | None]
    feedback: Mapped[str | None]
    told: Mapped[list[Any] | None]
    photos: Mapped[list[Any] | None]


class DrillGap(Record):
    """What went wrong in a drill: how it is put right, by whom and by when.

    ``hazard_uid`` is the hazard it became; then the ledger of hazards says when it is closed.
    """

    __tablename__ = "drill_gap"

    drill_uid: Mapped[str] = mapped_column(ForeignKey("drill.uid"))
    what: Mapped[str]
    fix: Mapped[str | None]
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    outcome: Mapped[str | None]
    hazard_uid: Mapped[str | None]
