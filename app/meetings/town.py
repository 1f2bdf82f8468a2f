"""Meetings and education as the town is given them: when, what about, how many; no names."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.core.store import WITH_VOID, Store
from app.core.town import days_of, told
from app.core.values import show
from app.core.views import Filter, Row
from app.meetings.records import Education, Meeting, MeetingDecision
from app.meetings.rules import there


def meeting_rows(store: Store, where: Filter) -> list[Row]:
    """Return the meetings of these days and how many of their decisions are still open."""
    first, last = days_of(where)
    wanted = select(Meeting).where(Meeting.held_at >= datetime.combine(first, time.min))
    if where.get("last"):
        wanted = wanted.where(Meeting.held_at < datetime.combine(last + timedelta(1), time.min))
    wanted = wanted.order_by(Meeting.held_at, Meeting.id).execution_options(**WITH_VOID)
    decided = select(MeetingDecision).execution_options(**WITH_VOID)
    with store.read() as session:
        found: dict[str, list[MeetingDecision]] = {}
        for decision in session.scalars(decided):
            found.setdefault(decision.meeting_uid, []).append(decision)
        return [_row(meeting, found.get(meeting.uid, [])) for meeting in session.scalars(wanted)]


def _row(meeting: Meeting, decided: list[MeetingDecision]) -> Row:
    standing = [one for one in decided if one.void_reason is None]

    def facts(meeting: Meeting) -> Row:
        return {
            "number": meeting.number,
            "held_on": meeting.held_at.date(),
            "kind": meeting.kind,
            "due": len(meeting.due),
            "there": len(there(meeting.due, meeting.absent)),
            "decisions": len(standing),
            "open": sum(one.result is None for one in standing),
        }

    return told(meeting, facts, more=sum(one.rev for one in decided))


def education_rows(store: Store, where: Filter) -> list[Row]:
    """Return the education and the trainings of these days."""
    first, last = days_of(where)
    wanted = select(Education).where(Education.held_on.between(first, last))
    wanted = wanted.order_by(Education.held_on, Education.id).execution_options(**WITH_VOID)
    with store.read() as session:
        return [told(one, _of_education) for one in session.scalars(wanted)]


def _of_education(one: Education) -> Row:
    return {
        "number": one.number,
        "held_on": one.held_on,
        "kind": one.kind,
        "themes": show(one.themes),
        "audience": show(one.audiences),
        "people": one.heads,
        "hours": one.hours,
        "holiday": one.holiday,
    }
