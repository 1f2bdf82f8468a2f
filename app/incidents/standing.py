"""How one incident stands: what is known, who was called, what was reported, both countdowns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from app.incidents.records import Incident, IncidentCall, IncidentReport, IncidentTask
from app.incidents.rules import Clock, clock, supplement_days


class Phone(NamedTuple):
    """One number to call; ``is_report`` where a call there tells those above."""

    unit: str
    name: str
    number: str
    is_report: bool


@dataclass(frozen=True)
class Hour:
    """One incident with all that belongs to it."""

    incident: Incident
    known: Mapping[str, Any]
    calls: Sequence[IncidentCall]
    reports: Sequence[IncidentReport]
    tasks: Sequence[IncidentTask] = ()

    @property
    def called(self) -> Clock:
        """The countdown to the report by telephone."""
        first = next((one.called_at for one in self.calls if one.is_report), None)
        return clock(self.incident.known_at, self.incident.call_within_min, first)

    @property
    def written(self) -> Clock:
        """The countdown to the report in writing."""
        first = self.reports[0].sent_at if self.reports else None
        return clock(self.incident.known_at, self.incident.write_within_min, first)

    def supplement_until(self) -> date:
        """Return the last day on which changed casualties are reported again.

        30 days from the accident, 7 for traffic and fire: 生产安全事故报告和调查处理条例
        （国务院令第493号）第13条.
        """
        happened = self.known.get("happened_at")
        start = happened if isinstance(happened, datetime) else self.incident.known_at
        return start.date() + timedelta(days=supplement_days(str(self.known.get("kind") or "")))
