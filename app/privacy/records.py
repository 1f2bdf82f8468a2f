"""What is kept to protect personal data: consents, releases, yearly checks, leaks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class GuardianConsent(Record):
    """What a guardian said otherwise than by the receipt of the letter (同意, 不同意, 撤回)."""

    __tablename__ = "guardian_consent"

    student_uid: Mapped[str] = mapped_column(ForeignKey("student.uid"))
    answer: Mapped[str]
    said_on: Mapped[date]
    said_by: Mapped[str | None]
    way: Mapped[str | None]
    note: Mapped[str | None]


class DataRelease(Record):
    """A list with personal data that was given out: to whom, what for, on what basis.

    ``people`` says how many pupils stand in it and ``fields`` which columns; nobody is named.
    """

    __tablename__ = "data_release"

    released_on: Mapped[date]
    what: Mapped[str]
    people: Mapped[int]
    level: Mapped[str]
    fields: Mapped[list[Any]]
    receiver: Mapped[str]
    purpose: Mapped[str]
    basis: Mapped[str]
    given_by: Mapped[str]


class PrivacyCheck(Record):
    """The self-check of one year; ``answers`` keep each question as it read, and its facts."""

    __tablename__ = "privacy_check"

    form: Mapped[str]
    title: Mapped[str]
    answered_on: Mapped[date]
    answered_by: Mapped[str]
    leader: Mapped[str]
    answers: Mapped[list[Any]]
    conclusion: Mapped[str | None]


class DataLeak(Record):
    """A leak of personal data (泄露), XL-2026-0001: found, stopped, told, closed."""

    __tablename__ = "data_leak"

    number: Mapped[str] = mapped_column(unique=True)
    found_on: Mapped[date]
    found_by: Mapped[str]
    what: Mapped[str]
    sorts: Mapped[list[Any]]
    people: Mapped[int | None]
    cause: Mapped[str | None]
    harm: Mapped[str | None]
    measures: Mapped[str]
    told_families_on: Mapped[date | None]
    told_office: Mapped[str | None]
    told_office_on: Mapped[date | None]
    advice: Mapped[str | None]
    closed_on: Mapped[date | None]
    lesson: Mapped[str | None]


class ImpactNote(Record):
    """An impact assessment (影响评估), PG-2026-0001; nobody is named in it.

    ``is_needed`` and ``is_enough`` answer what 个人信息保护法第56条 asks of purpose and measures.
    """

    __tablename__ = "impact_note"

    number: Mapped[str] = mapped_column(unique=True)
    assessed_on: Mapped[date]
    assessed_by: Mapped[str]
    leader: Mapped[str]
    what: Mapped[str]
    why_now: Mapped[str]
    sorts: Mapped[list[Any]]
    people: Mapped[int | None]
    purpose: Mapped[str]
    is_needed: Mapped[bool]
    needed_words: Mapped[str]
    harm: Mapped[str]
    risk: Mapped[str]
    measures: Mapped[str]
    is_enough: Mapped[bool]
    result: Mapped[str]
    to_do: Mapped[str | None]
