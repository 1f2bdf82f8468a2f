"""What is kept of the contingency plans: one record a version."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from app.core.store import Record


class Contingency(Record):
    """One version of a contingency plan (预案); all versions of a plan share YA-2026-0001.

    The text lies where ``kept_at`` says, or as a PDF under its hash in ``file``, or both.
    ``changes`` says what is new in this version; ``ended_on`` is set once the plan is given up.
    """

    __tablename__ = "contingency"

    number: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    version: Mapped[str]
    revised_on: Mapped[date]
    approved_by: Mapped[str | None]
    filed_as: Mapped[str | None]
    kept_at: Mapped[str | None]
    changes: Mapped[str | None]
    file: Mapped[str | None]
    file_name: Mapped[str | None]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str | None]
