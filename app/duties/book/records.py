"""What is kept of a day on duty: shifts, matters handed on, rounds, the gate, the safety log."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class DutyRecord(Record):
    """One shift as it was stood (值班记录), ZJ-2026-0001; one a day and post.

    ``post`` is the name of the shift as it was written, ``post_uid`` the post where the roster
    knows it. ``left_at`` before ``came_at`` is the next morning. ``patrols`` are when and where
    was walked, ``calls`` who rang or wrote, ``carried`` what earlier shifts had handed on and what
    was told of it then. ``given_by`` and ``taken_by`` signed at ``handed_at``.
    """

    __tablename__ = "duty_record"

    number: Mapped[str] = mapped_column(unique=True)
    duty_on: Mapped[date]
    post: Mapped[str]
    post_uid: Mapped[str | None]
    leader: Mapped[str | None]
    people: Mapped[list[Any]]
    came_at: Mapped[time]
    left_at: Mapped[time | None]
    patrols: Mapped[list[Any] | None]
    doors: Mapped[str | None]
    pupils: Mapped[str | None]
    visitors: Mapped[str | None]
    incidents: Mapped[str | None]
    handling: Mapped[str | None]
    calls: Mapped[list[Any] | None]
    carried: Mapped[list[Any] | None]
    given_by: Mapped[str | None]
    taken_by: Mapped[str | None]
    handed_at: Mapped[datetime | None]
    entered_at: Mapped[datetime]


class DutyMatter(Record):
    """Something a shift handed on (移交事项); it goes from shift to shift until it has ended.

    ``ended_in`` is the record of the shift that ended it, nothing where it was ended beside one.
    """

    __tablename__ = "duty_matter"

    record_uid: Mapped[str] = mapped_column(ForeignKey("duty_record.uid"))
    what: Mapped[str]
    ended_on: Mapped[date | None]
    ended_in: Mapped[str | None]
    words: Mapped[str | None]


class DutyPatrol(Record):
    """One round past the points of the school (巡逻), XC-2026-0001.

    ``results`` are the marks by point, ``faults`` what was found at a point marked ×: its words,
    and under ``hazard`` the uid of the hazard it became.
    """

    __tablename__ = "duty_patrol"

    number: Mapped[str] = mapped_column(unique=True)
    walked_on: Mapped[date]
    began_at: Mapped[time]
    ended_at: Mapped[time | None]
    people: Mapped[list[Any]]
    results: Mapped[dict[str, Any]]
    faults: Mapped[dict[str, Any] | None]
    handling: Mapped[str | None]
    entered_at: Mapped[datetime]


class GateCheck(Record):
    """Who was at the gate in one shift (护学岗到岗), HD-2026-0001; one a day and post.

    ``heads`` is how many were planned at least. ``lines`` are the people: name, kind, mark, when
    they came and left, words.
    """

    __tablename__ = "gate_check"

    number: Mapped[str] = mapped_column(unique=True)
    duty_on: Mapped[date]
    post: Mapped[str]
    post_uid: Mapped[str | None]
    heads: Mapped[int]
    lines: Mapped[list[Any]]
    handling: Mapped[str | None]
    checked_by: Mapped[str | None]
    entered_at: Mapped[datetime]


class SafetyLog(Record):
    """The safety log of one day (安全日志).

    ``entries`` are what it says by key; ``taken`` what the rooms had said when they were asked,
    so that a later change there is noticed.
    """

    __tablename__ = "safety_log"

    log_on: Mapped[date]
    weather: Mapped[str | None]
    entries: Mapped[dict[str, Any]]
    taken: Mapped[dict[str, Any]]
    written_by: Mapped[str]
    signed_by: Mapped[str | None]
    signed_on: Mapped[date | None]
    entered_at: Mapped[datetime]
