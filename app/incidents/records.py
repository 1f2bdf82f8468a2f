"""What is kept of an incident: its clock and words, the people, the calls, the reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

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

    stays: ClassVar = frozenset(
        [
            "number",
            "known_at",
            "begun_at",
            "begun_by",
            "call_within_min",
            "write_within_min",
            "closed_on",
            "cleaned_on",
        ]
    )

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

    stays: ClassVar = frozenset(
        ("incident_uid", "called_at", "unit", "is_report", "answered_by", "caller")
    )

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

    stays: ClassVar = frozenset(
        [
            "incident_uid",
            "turn",
            "kind",
            "sent_at",
            "entered_at",
            "due_at",
            "recipient",
            "way",
            "signer",
        ]
    )

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name the ledger, in which the first report stands."""
        return TOPIC


class IncidentTask(Record):
    """One thing to be done for those concerned or against a repeat (善后): by whom, by when."""

    __tablename__ = "incident_task"

    incident_uid: Mapped[str]
    what: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    outcome: Mapped[str | None]

    stays: ClassVar = frozenset(("incident_uid", "owner", "due_on", "done_on"))

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name the ledger, beside which it is shown."""
        return TOPIC


class IncidentSheet(Record):
    """What stands half typed in one of the small sheets of an incident, until it is saved."""

    __tablename__ = "incident_sheet"

    incident_uid: Mapped[str]
    sheet: Mapped[str]
    words: Mapped[dict[str, Any]]

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name a topic of its own: no page shows what is half typed."""
        return "incident_sheet"
