"""What is kept of an incident: its clock and words, the people, the calls, the reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record

TOPIC = "ledger:incident"  # the plain ledger of the same name shows every incident


class Incident(Record):
    """One incident (突发事件), numbered SJ; the clock runs from ``known_at``.

    ``words`` is what was filled in so far, by the keys of the form, as JSON keeps it; nothing of
    it names a person. The limits are those that held when it began.
    """

    __tablename__ = "incident"

    number: Mapped[str] = mapped_column(unique=True)
    known_at: Mapped[datetime]
    begun_at: Mapped[datetime]
    begun_by: Mapped[str]
    call_within_min: Mapped[int]
    write_within_min: Mapped[int]
    words: Mapped[dict[str, Any]]
    closed_on: Mapped[date | None]
    result: Mapped[str | None]
    aftercare: Mapped[str | None]
    cleaned_on: Mapped[date | None]
    kept_because: Mapped[str | None]

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name the ledger that shows it."""
        return TOPIC


class IncidentPersons(Record):
    """Who is concerned by an incident: sealed, and forgotten whole when it is over."""

    __tablename__ = "incident_persons"

    incident_uid: Mapped[str]
    words: Mapped[dict[str, Any]]

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name the ledger that shows them."""
        return TOPIC


class IncidentCall(Record):
    """One call on the telephone; ``is_report`` where it told those above."""

    __tablename__ = "incident_call"

    incident_uid: Mapped[str]
    called_at: Mapped[datetime]
    unit: Mapped[str]
    is_report: Mapped[bool]
    answered_by: Mapped[str | None]
    answer: Mapped[str | None]
    caller: Mapped[str]

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name the ledger, in which the first call stands."""
        return TOPIC


class IncidentReport(Record):
    """One report as it went out: 初报, then 续报, the last a 终报.

    ``words`` is what was known then, without persons; ``due_at`` the end of the time allowed.
    """

    __tablename__ = "incident_report"

    incident_uid: Mapped[str]
    turn: Mapped[int]
    kind: Mapped[str]
    sent_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    recipient: Mapped[str]
    way: Mapped[str]
    signer: Mapped[str]
    body: Mapped[str | None]
    words: Mapped[dict[str, Any]]

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name the ledger, in which the first report stands."""
        return TOPIC
