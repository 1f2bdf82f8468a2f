"""Campaigns as the page and the report show them, counted from the ledger's own lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from app.core.views import Row
from app.hazards.campaigns.records import Campaign, CampaignPhase, CampaignTask
from app.hazards.campaigns.rules import State, doubts, said, state
from app.hazards.campaigns.walked import Walked
from app.hazards.grades import GRAVEST, is_major
from app.hazards.lines import HazardLine
from app.hazards.words import LookBack

_NOBODY = "没有写明"


@dataclass(frozen=True)
class Tally:
    """How many of some hazards stand where; every number is counted from the ledger's lines."""

    found: int
    closed: int
    late: int
    major: int

    @property
    def open(self) -> int:
        """How many are not closed yet."""
        return self.found - self.closed

    @property
    def rate(self) -> str:
        """How much of what was found is closed (销账率)."""
        return f"{self.closed / self.found:.1%}" if self.found else "—"


class Looks(NamedTuple):
    """How many closed hazards were found in order, came back, or were not looked back at."""

    held: int
    rebounded: int
    left: int


class CampaignLine(NamedTuple):
    """One campaign with all that belongs to it, as it stands on one day."""

    campaign: Campaign
    phases: Sequence[CampaignPhase]
    tasks: Sequence[CampaignTask]
    hazards: Sequence[HazardLine]
    state: State
    today: date
    walked: Walked = Walked()
    looked: Mapping[str, str] = MappingProxyType({})

    @property
    def looks(self) -> Looks:
        """How far it is with looking back at what is closed."""
        told = [self.looked.get(hazard.uid, "") for hazard in self.hazards]
        closed = [hazard for hazard in self.hazards if not hazard.is_open]
        return Looks(
            told.count(LookBack.HELD),
            told.count(LookBack.REBOUNDED),
            sum(not self.looked.get(hazard.uid) for hazard in closed),
        )

    @property
    def walked_found(self) -> int:
        """How many of its hazards in the ledger were found by checks walked for it."""
        return sum(hazard.uid in self.walked.found for hazard in self.hazards)

    @property
    def tally(self) -> Tally:
        """Its numbers."""
        return tally(self.hazards, self.today)

    @property
    def tasks_done(self) -> int:
        """How many of its tasks are ticked."""
        return sum(task.done_on is not None for task in self.tasks)

    @property
    def doubts(self) -> list[str]:
        """Which of its days contradict each other, as sentences."""
        spans = [phase.span for phase in self.phases]
        return doubts(self.campaign.starts_on, self.campaign.ends_on, spans)


def tally(lines: Iterable[HazardLine], today: date) -> Tally:
    """Count hazards by how they stand, as the chips of the ledger count them."""
    found = list(lines)
    return Tally(
        len(found),
        sum(not line.is_open for line in found),
        sum(line.is_late(today) for line in found),
        sum(line.is_open and is_major(line.grade) for line in found),
    )


def stands(campaign: Campaign, today: date) -> State:
    """Say how a campaign stands."""
    return state(campaign.starts_on, campaign.ends_on, today, campaign.ended_on)


def days_of(phase: CampaignPhase) -> str:
    """Say the days of a phase as its document does, else by their dates."""
    return phase.shown_as or f"{said(phase.starts_on)}至{said(phase.ends_on)}"


def report_of(phase: CampaignPhase) -> str:
    """Say what is handed in at a phase, by when, and whether it was."""
    if phase.report_on is None:
        return phase.report or ""
    day = said(phase.report_on) + ("" if phase.report_counts else "前")
    done = f"，{said(phase.reported_on)}已报" if phase.reported_on else ""
    return f"{day}报{phase.report or '材料'}{done}"


def report_row(line: CampaignLine) -> Row:
    """Return one campaign as its report needs it."""
    campaign, counted = line.campaign, line.tally
    number = f"（{campaign.basis_number}）" if campaign.basis_number else ""
    return {
        "uid": campaign.uid,
        "name": campaign.name,
        "slogan": f"“{campaign.slogan}”" if campaign.slogan else "",
        "basis": f"{campaign.basis or ''}{number}",
        "issuer": campaign.issuer,
        "span": f"{_in_full(campaign.starts_on)}至{_in_full(campaign.ends_on)}",
        "status": str(line.state),
        "as_of": line.today,
        "found": counted.found,
        "closed": counted.closed,
        "open": counted.open,
        "late": counted.late,
        "major": counted.major,
        "rate": counted.rate,
        "checks": line.walked.checks,
        "points": line.walked.points,
        "faults": line.walked.faults,
        "check_hazards": line.walked_found,
        "held": line.looks.held,
        "rebounded": line.looks.rebounded,
        "unlooked": line.looks.left,
        "turns": "\n".join(campaign.turns or []),
        "grades": _by(line, [x.grade for x in line.hazards], GRAVEST[::-1]),
        "areas": _by(line, [x.area or _NOBODY for x in line.hazards]),
        "categories": _by(line, [x.category for x in line.hazards]),
        "phases": [
            {"name": p.name, "days": days_of(p), "report": report_of(p)} for p in line.phases
        ],
        "tasks": [_task(task) for task in line.tasks],
        "tasks_said": f"{line.tasks_done}/{len(line.tasks)}" if line.tasks else "",
        "left": [_left(hazard) for hazard in line.hazards if hazard.is_open],
        "problems": campaign.problems,
        "proposals": campaign.proposals,
        "year": str(campaign.starts_on.year),
    }


def _by(line: CampaignLine, words: Sequence[str], order: Sequence[str] = ()) -> list[Row]:
    """Return a row of numbers for each word, the given ones first, then the commonest."""
    number = Counter(words)
    known = [word for word in order if number[word]]
    rest = sorted((w for w in number if w not in known), key=lambda w: (-number[w], w))
    rows = []
    for word in (*known, *rest):
        some = [h for h, w in zip(line.hazards, words, strict=True) if w == word]
        mine = tally(some, line.today)
        row = {"word": word, "found": mine.found, "closed": mine.closed}
        rows.append(row | {"open": mine.open, "late": mine.late})
    return rows


def _task(task: CampaignTask) -> Row:
    who = "、".join(part for part in (task.department, task.owner) if part)
    done = said(task.done_on) if task.done_on else ""
    return {"what": task.what, "who": who, "due_on": task.due_on, "done": done}


def _left(line: HazardLine) -> Row:
    return {
        "number": line.number,
        "where": f"{line.place}：{line.what}" if line.place else line.what,
        "grade": line.grade,
        "owner": line.owner,
        "due_on": line.due_on,
        "status": str(line.status),
    }


def _in_full(day: date) -> str:
    return f"{day.year}年{said(day)}"
