"""What lists, papers and commands are given of the meetings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.meetings.records import Meeting
from app.meetings.rules import said_of, there
from app.meetings.sight import demand_sight

if TYPE_CHECKING:
    from app.meetings.decisions import DecisionLine
    from app.meetings.register import MeetingRegister

_LIST = (
    "number", "kind", "held_at", "place", "chair", "recorder", "due", "there", "absent",
    "topics", "decisions", "open", "late_reason", "year", "month",
)  # fmt: skip
_DECISIONS = (
    "meeting", "kind", "held_on", "matter", "person", "due_on", "standing", "ended_on", "words",
)  # fmt: skip


_FOR_THE_PEN = "会议：________________　时间：______月____日____时　地点：____________"


def views(register: MeetingRegister) -> dict[str, View]:
    """Return the rows of the meetings by the name a paper calls them."""

    def counted(where: Filter) -> list[Row]:
        lines = register.decisions()
        rows = [
            _listed(one, [x for x in lines if x.meeting_uid == one.uid]) for one in register.all()
        ]
        return keep(rows, where, _LIST)

    def minutes(where: Filter) -> list[Row]:
        numbers = {row["number"] for row in counted(where)}
        lines = register.decisions()
        return [
            minutes_of(one, [x for x in lines if x.meeting_uid == one.uid])
            for one in register.all()
            if one.number in numbers
        ]

    def decided(where: Filter) -> list[Row]:
        return keep([decision_row(one) for one in register.decisions()], where, _DECISIONS)

    def signin(where: Filter) -> list[Row]:
        return keep(signin_of(register), where, ("heading", "name", "number"))

    return {"list": counted, "minutes": minutes, "decisions": decided, "signin": signin}


def signin_of(register: MeetingRegister, uid: str = "") -> list[Row]:
    """Return the lines of a sheet to sign: who is expected at a meeting, else the whole staff."""
    demand_sight(register.store.sitter)
    if not uid:
        return [_to_sign(_FOR_THE_PEN, "", name) for name in register.staff()]
    meeting = register.get(uid)
    heading = f"{meeting.kind}　{show(meeting.held_at)}　{meeting.place}"
    return [_to_sign(heading, meeting.number, name) for name in meeting.due]


def minutes_of(meeting: Meeting, decisions: list[DecisionLine]) -> Row:
    """Return all a meeting's paper says."""
    row = _listed(meeting, decisions)
    came = there(meeting.due, meeting.absent)
    return row | {
        "came": "、".join(came),
        "guests": meeting.guests,
        "words": meeting.words,
        "risks": meeting.risks or [],
        "reviewed": [
            {**one, "due_on": date.fromisoformat(one["due_on"])} for one in meeting.reviewed or ()
        ],
        "span": _span(meeting.progress),
        "progress": said_of(meeting.progress),
        "decided": [decision_row(one) for one in decisions],
        "entered_at": meeting.entered_at if meeting.late_reason else None,
    }


def decision_row(line: DecisionLine) -> Row:
    """Return one decision as a list prints it."""
    return {
        "meeting": line.number,
        "kind": line.kind,
        "held_on": line.held_on,
        "matter": line.matter,
        "person": line.person,
        "due_on": line.due_on,
        "standing": str(line.standing),
        "ended_on": line.ended_on,
        "words": line.words,
    }


def absences(meeting: Meeting) -> str:
    """Say who was absent, and why."""
    return "、".join(f"{one['name']}（{one['reason']}）" for one in meeting.absent or ())


def _listed(meeting: Meeting, decisions: list[DecisionLine]) -> Row:
    day = meeting.held_at.date()
    return {
        "number": meeting.number,
        "kind": meeting.kind,
        "held_at": meeting.held_at,
        "place": meeting.place,
        "chair": meeting.chair,
        "recorder": meeting.recorder,
        "due": len(meeting.due),
        "there": len(there(meeting.due, meeting.absent)),
        "absent": absences(meeting),
        "topics": meeting.topics,
        "decisions": len(decisions),
        "open": sum(line.result is None for line in decisions),
        "late_reason": meeting.late_reason,
        "year": str(day.year),
        "month": f"{day.year}-{day.month:02}",
    }


def _span(progress: Mapping[str, Any] | None) -> str:
    if not progress:
        return ""
    first, last = (date.fromisoformat(progress[key]) for key in ("since", "until"))
    return f"{show(first)}以后，到{show(last)}"


def _to_sign(heading: str, number: str, name: str) -> Row:
    return {"heading": heading, "number": number, "name": name, "sign": "", "remark": ""}
