"""What is kept of reports: the school's facts of each year, reports, and each time one was sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class SchoolProfile(Record):
    """What the school says of itself in one school year (学校档案), by the keys of its form."""

    __tablename__ = "school_profile"

    year: Mapped[int]
    facts: Mapped[dict[str, Any]]


class Report(Record):
    """One report (报告), BS-2026-0001: of one kind, for one ``period`` of its rule (2026-W42).

    ``texts`` are the paragraphs somebody wrote anew, by key, each with the numbers as they were
    when it was written; every other paragraph is worked out when one looks. ``is_zero`` marks one
    that says nothing happened, ``zero_reason`` why it does although something was entered.
    """

    __tablename__ = "school_report"

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    period: Mapped[str]
    name: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    recipient: Mapped[str | None]
    reporter: Mapped[str | None]
    signer: Mapped[str | None]
    is_zero: Mapped[bool]
    zero_reason: Mapped[str | None]
    texts: Mapped[dict[str, Any]]
    begun_at: Mapped[datetime]


class ReportSending(Record):
    """One time a report went out, with its words and numbers as they went.

    ``due_at`` is the last moment in time as the rule had it then; a report is late by its first
    ``turn``, the later ones correct it. ``reason`` is given where it was written down long after.
    """

    __tablename__ = "report_sending"

    report_uid: Mapped[str] = mapped_column(ForeignKey("school_report.uid"))
    turn: Mapped[int]
    sent_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    entered_at: Mapped[datetime]
    way: Mapped[str]
    recipient: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str | None]
    is_zero: Mapped[bool]
    figures: Mapped[dict[str, Any]]
    texts: Mapped[dict[str, Any]]
