"""What the plain ledger 突发事件登记 shows of the incidents: made from them, kept nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.store import Store
from app.incidents.records import Incident, IncidentCall, IncidentPersons, IncidentReport

LEDGER = "incident"
_SAME = (
    *("happened_at", "kind", "grade", "site", "place", "what", "dead", "missing", "badly_hurt"),
    *("hurt", "measures", "cause", "loss"),
)


class FedLine(NamedTuple):
    """One incident as the columns of a ledger's line say it."""

    uid: str
    rev: int
    number: str
    line_on: date
    closed_on: date | None
    next_on: date | None
    said: dict[str, Any]


def fed_lines(store: Store) -> Sequence[FedLine]:
    """Return a line for each incident; what is sealed there is sealed here too."""
    with store.read() as session:
        incidents = session.scalars(select(Incident)).all()
        if not incidents:
            return ()
        persons = {
            one.incident_uid: one.words for one in session.scalars(select(IncidentPersons)).all()
        }
        calls: dict[str, IncidentCall] = {}
        told = select(IncidentCall).where(IncidentCall.is_report)
        for call in session.scalars(told.order_by(IncidentCall.called_at, IncidentCall.id)):
            calls.setdefault(call.incident_uid, call)
        first = select(IncidentReport).where(IncidentReport.turn == 1)
        reports = {one.incident_uid: one for one in session.scalars(first)}
    return [
        _line(one, persons.get(one.uid, {}), calls.get(one.uid), reports.get(one.uid))
        for one in incidents
    ]


def _line(
    incident: Incident,
    persons: dict[str, Any],
    call: IncidentCall | None,
    report: IncidentReport | None,
) -> FedLine:
    said = {key: incident.words[key] for key in _SAME if key in incident.words}
    said["known_at"] = incident.known_at.isoformat()
    if call is not None:
        said["reported_to"] = call.unit
        said["reported_at"] = call.called_at.isoformat()
        said["reporter"] = call.caller
    if report is not None:
        said["written_at"] = report.sent_at.isoformat()
    if named := _names(persons):
        said["persons"] = named
    if photos := persons.get("photos"):
        said["photos"] = photos
    if incident.closed_on is not None:
        said["closed_on"] = incident.closed_on.isoformat()
        said["result"] = incident.result or ""
    day = incident.known_at.date()
    return FedLine(incident.uid, incident.rev, incident.number, day, incident.closed_on, None, said)


def _names(persons: dict[str, Any]) -> str:
    return "；".join(filter(None, ("、".join(persons.get("pupils", ())), persons.get("persons"))))
