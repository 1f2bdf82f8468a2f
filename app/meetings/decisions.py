"""What meetings decided, line by line, with how each stands today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.store import Store
from app.meetings.records import Meeting, MeetingDecision
from app.meetings.rules import Standing, check_decision, standing_of


class DecisionLine(NamedTuple):
    """One decision as a list shows it; ``standing`` is how it stands on the day it was asked."""

    uid: str
    rev: int
    meeting_uid: str
    number: str
    kind: str
    held_on: date
    matter: str
    person: str
    due_on: date
    result: str | None
    ended_on: date | None
    words: str | None
    standing: Standing


def decide(meeting: Meeting, said: Mapping[str, Any]) -> MeetingDecision:
    """Return the record of one decision of a meeting.

    Raises:
        UserError: matter, person or day is missing, or the day is before the meeting.

    """
    check_decision(said, meeting.held_at.date())
    return MeetingDecision(
        meeting_uid=meeting.uid,
        matter=said["matter"].strip(),
        person=said["person"].strip(),
        due_on=said["due_on"],
    )


def lines_of(store: Store, today: date, meeting_uid: str | None = None) -> list[DecisionLine]:
    """Return the decisions of the meetings that are not 作废, or of one: as they were written."""
    wanted = select(MeetingDecision, Meeting.number, Meeting.kind, Meeting.held_at)
    wanted = wanted.join(Meeting, Meeting.uid == MeetingDecision.meeting_uid)
    if meeting_uid is not None:
        wanted = wanted.where(Meeting.uid == meeting_uid)
    with store.read() as session:
        found = session.execute(wanted.order_by(Meeting.held_at, MeetingDecision.id)).all()
    return [
        DecisionLine(
            one.uid,
            one.rev,
            one.meeting_uid,
            number,
            kind,
            held_at.date(),
            one.matter,
            one.person,
            one.due_on,
            one.result,
            one.ended_on,
            one.words,
            standing_of(one.due_on, one.result, today),
        )
        for one, number, kind, held_at in found
    ]
