"""What is kept of meetings, of safety education, and of the daily reminders: the tables."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class Meeting(Record):
    """One meeting (会议), HY-2026-0001.

    ``due`` are the names of who was expected, ``absent`` those who did not come, each with the
    reason. ``risks`` are the risks judged; ``reviewed`` what was reported of earlier decisions,
    and ``progress`` the hazards since the meeting before, both as they were told that day.
    """

    __tablename__ = "meeting"

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    held_at: Mapped[datetime]
    place: Mapped[str]
    chair: Mapped[str]
    recorder: Mapped[str]
    due: Mapped[list[Any]]
    absent: Mapped[list[Any] | None]
    guests: Mapped[str | None]
    topics: Mapped[str]
    words: Mapped[str | None]
    risks: Mapped[list[Any] | None]
    reviewed: Mapped[list[Any] | None]
    progress: Mapped[dict[str, Any] | None]
    photos: Mapped[list[Any] | None]
    late_reason: Mapped[str | None]
    entered_at: Mapped[datetime]


class MeetingDecision(Record):
    """One thing a meeting decided: what, who, by when, and how it ended (``result``)."""

    __tablename__ = "meeting_decision"

    meeting_uid: Mapped[str] = mapped_column(ForeignKey("meeting.uid"))
    matter: Mapped[str]
    person: Mapped[str]
    due_on: Mapped[date]
    result: Mapped[str | None]
    ended_on: Mapped[date | None]
    words: Mapped[str | None]


class Education(Record):
    """One piece of safety education or training (教育、培训), JY-2026-0001.

    ``classes`` are the uids of the classes it was for, ``staff`` the names of who took part in a
    training; ``hours`` are lessons (学时) of each who took part. ``holiday`` names the holiday it
    was given before.
    """

    __tablename__ = "education"

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    held_on: Mapped[date]
    title: Mapped[str | None]
    themes: Mapped[list[Any]]
    audiences: Mapped[list[Any]]
    classes: Mapped[list[Any] | None]
    scope: Mapped[str | None]
    heads: Mapped[int]
    hours: Mapped[Decimal | None]
    speaker: Mapped[str]
    unit: Mapped[str | None]
    level: Mapped[str | None]
    holiday: Mapped[str | None]
    place: Mapped[str | None]
    staff: Mapped[list[Any] | None]
    material: Mapped[str | None]
    means: Mapped[str | None]
    way: Mapped[str | None]
    effect: Mapped[str | None]
    assessment: Mapped[str | None]
    photos: Mapped[list[Any] | None]
    late_reason: Mapped[str | None]
    entered_at: Mapped[datetime]


class EducationTick(Record):
    """The 1-5-30 ticks of one class in one month (2026-11): minutes given, by day of the month."""

    __tablename__ = "education_tick"

    class_uid: Mapped[str]
    month: Mapped[str]
    marks: Mapped[dict[str, Any]]
