"""What campaigns wait for, day by day: phases, tasks, reports, and what is to be looked back at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from app.hazards.campaigns.reading import CampaignLine
from app.hazards.campaigns.records import CampaignPhase
from app.hazards.standing import SOON_DAYS


class Due(NamedTuple):
    """Something a campaign still waits for; ``due_on`` is the last day that is in time.

    A ``phase`` that begins or ends is only news; what is to be looked back at (``look_back``) is
    asked for as soon as its phase runs, however far its last day.
    """

    uid: str
    campaign: str
    what: str
    who: str
    due_on: date
    kind: Literal["task", "phase", "look_back"] = "task"


def dues(
    lines: Iterable[CampaignLine], today: date, unlooked: Callable[[str], int]
) -> Iterator[Due]:
    """Yield what these campaigns wait for; one that was ended early waits for nothing.

    ``unlooked`` counts the closed hazards of a campaign nobody has looked back at; it is asked only
    while a phase runs that demands it.
    """
    for line in lines:
        campaign = line.campaign
        if campaign.ended_on:
            continue
        uid, name = campaign.uid, campaign.name
        for task in line.tasks:
            if task.due_on and not task.done_on:
                who = "、".join(part for part in (task.department, task.owner) if part)
                yield Due(uid, name, task.what, who, task.due_on)
        for phase in line.phases:
            if phase.report_due_on and not phase.reported_on:
                yield Due(uid, name, f"报{phase.report or '材料'}", "", phase.report_due_on)
            for what, day in _turns(phase, today):
                yield Due(uid, name, what, "", day, "phase")
            if phase.looks_back and phase.starts_on <= today and (left := unlooked(uid)):
                what = f"已销账的{left}条还没有回头看"
                yield Due(uid, name, what, "", phase.ends_on, "look_back")


def _turns(phase: CampaignPhase, today: date) -> Iterator[tuple[str, date]]:
    """Yield that a phase begins, or ends, today or in the next days."""
    soon = today + timedelta(days=SOON_DAYS)
    if today <= phase.starts_on <= soon:
        yield f"“{phase.name}”阶段开始", phase.starts_on
    elif phase.starts_on < today <= phase.ends_on <= soon:
        yield f"“{phase.name}”阶段结束", phase.ends_on
