"""The door to campaigns: entered, corrected, ticked off, counted from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Record, Store
from app.core.views import Filter, Row, View, keep
from app.hazards.campaigns import turns
from app.hazards.campaigns.dues import Due, dues
from app.hazards.campaigns.facts import LABELS, CampaignFacts, PhaseFacts, TaskFacts
from app.hazards.campaigns.reading import CampaignLine, report_row, stands
from app.hazards.campaigns.records import Campaign, CampaignPhase, CampaignTask
from app.hazards.campaigns.rules import State
from app.hazards.campaigns.templates import CampaignForm
from app.hazards.campaigns.walked import Walked, walked
from app.hazards.lines import HazardLine, lines
from app.hazards.looking import not_looked_back, verdicts

P = TypeVar("P", CampaignPhase, CampaignTask)
_ORDER = tuple(State)
_FILTERS = ("name", "status", "year")


class CampaignRegister:
    """The school's campaigns, several at once; contradicting days are said, never refused."""

    def __init__(self, store: Store, today: Callable[[], date] = date.today) -> None:
        self.store = store
        self.today = today
        self.views: dict[str, View] = {"report": self._report}

    def enter(self, **facts: Unpack[CampaignFacts]) -> Campaign:
        """Enter a campaign.

        Raises:
            UserError: its name or one of its two days is missing.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("登记专项行动") as session:
            campaign = Campaign(**_said(facts))
            _check(campaign, _NEEDED)
            session.add(campaign)
        return campaign

    def begin(self, form: CampaignForm, **facts: Unpack[CampaignFacts]) -> Campaign:
        """Enter a campaign with the phases and tasks of a template, counted from its first day.

        How the template says a phase's days is kept only where no day has moved.

        Raises:
            UserError: its name or one of its two days is missing.

        """
        with self.store.change("登记专项行动") as session:
            campaign = self.enter(**facts)
            session.flush()
            start = campaign.starts_on
            for phase in form.phases:
                moved = form.is_moved(start)
                self._add_to(
                    session,
                    campaign,
                    CampaignPhase(
                        name=phase.name,
                        starts_on=form.day(phase.starts, start),
                        ends_on=form.day(phase.ends, start),
                        shown_as=None if moved else phase.shown_as or None,
                        report=phase.report or None,
                        report_on=form.day(phase.report_on, start) if phase.report_on else None,
                        report_counts=phase.report_counts,
                        looks_back=phase.looks_back,
                    ),
                )
            for task in form.tasks:
                due_on = form.day(task.due, start) if task.due else None
                made = CampaignTask(
                    what=task.what, department=task.department or None, due_on=due_on
                )
                self._add_to(session, campaign, made)
        return campaign

    def correct(self, uid: str, *, seen: int | None = None, **facts: Unpack[CampaignFacts]) -> None:
        """Put right what was said of a campaign, or write its problems and proposals."""
        self._set("改专项行动", Campaign, uid, _NEEDED, facts, seen)

    def end(self, uid: str, why: str) -> None:
        """End a campaign today, before its last day; it waits for nothing any more.

        Raises:
            UserError: no reason is given, or it does not run.

        """
        turns.end(self.store, uid, why=why, today=self.today())

    def reopen(self, uid: str, why: str) -> None:
        """Take a campaign up again that was ended early.

        Raises:
            UserError: no reason is given, or it was not ended early.

        """
        turns.reopen(self.store, uid, why=why, today=self.today())

    def add_phase(self, campaign: str, **facts: Unpack[PhaseFacts]) -> CampaignPhase:
        """Add a phase to a campaign."""
        return self._add("加阶段", campaign, CampaignPhase(**_said(facts)), _NEEDED_OF_PHASE)

    def correct_phase(
        self, uid: str, *, seen: int | None = None, **facts: Unpack[PhaseFacts]
    ) -> None:
        """Put right what was said of a phase, or say when its report was handed in."""
        self._set("改阶段", CampaignPhase, uid, _NEEDED_OF_PHASE, facts, seen)

    def add_task(self, campaign: str, **facts: Unpack[TaskFacts]) -> CampaignTask:
        """Add a task to a campaign."""
        return self._add("加任务", campaign, CampaignTask(**_said(facts)), _NEEDED_OF_TASK)

    def correct_task(
        self, uid: str, *, seen: int | None = None, **facts: Unpack[TaskFacts]
    ) -> None:
        """Put right what was said of a task."""
        self._set("改任务", CampaignTask, uid, _NEEDED_OF_TASK, facts, seen)

    def tick(self, uid: str, *, is_done: bool) -> None:
        """Tick a task as done today, or take the tick back."""
        day = self.today() if is_done else None
        self._set("勾任务", CampaignTask, uid, _NEEDED_OF_TASK, {"done_on": day})

    def remove(self, uid: str, kind: type[CampaignPhase] | type[CampaignTask]) -> None:
        """Take a phase or a task out of its campaign; the recycle view still has it."""
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        word = "阶段" if kind is CampaignPhase else "任务"
        with self.store.change(f"去掉{word}"):
            self.store.get(kind, uid).void(f"去掉{word}")

    def void(self, uid: str, reason: str) -> None:
        """Mark a campaign 作废; the hazards found in it stay in the ledger.

        Raises:
            UserError: no reason is given.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        self.store.void(uid, reason, "作废专项行动")

    def get(self, uid: str) -> Campaign:
        """Return one campaign."""
        return self.store.get(Campaign, uid)

    def names(self) -> dict[str, str]:
        """Return what each campaign is called, by its uid, those 作废 as well."""
        with self.store.read() as session:
            used = list(session.scalars(select(Campaign)))
        return {one.uid: one.name for one in (*self.store.voided(Campaign), *used)}

    def named(self, name: str) -> Campaign:
        """Return the campaign of this name, the newest where several have it.

        Raises:
            UserError: there is none.

        """
        with self.store.read() as session:
            newest = select(Campaign).order_by(Campaign.starts_on.desc())
            every = session.scalars(newest).all()
        found = next((one for one in every if one.name == name.strip()), None)
        if found is None:
            known = "、".join(one.name for one in every) or "还没有登记过"
            raise UserError(f"没有叫“{name}”的专项行动。", do=f"登记过的有：{known}。")
        return found

    def lines(self) -> list[CampaignLine]:
        """Return every campaign with what belongs to it: running ones first, the newest first."""
        return self._lines(self._hazards())

    def _lines(self, found: Mapping[str, Sequence[HazardLine]] | None) -> list[CampaignLine]:
        with self.store.read() as session:
            campaigns = session.scalars(select(Campaign).order_by(Campaign.starts_on.desc())).all()
            phases = _by_campaign(session, CampaignPhase)
            tasks = _by_campaign(session, CampaignTask)
        today = self.today()
        counted, looked = (
            (walked(self.store), verdicts(self.store)) if found is not None else ({}, {})
        )
        made = [
            CampaignLine(
                campaign,
                sorted(phases.get(campaign.id, ()), key=lambda phase: phase.starts_on),
                tasks.get(campaign.id, ()),
                (found or {}).get(campaign.uid, ()),
                stands(campaign, today),
                today,
                counted.get(campaign.uid, Walked()),
                looked,
            )
            for campaign in campaigns
        ]
        return sorted(made, key=lambda line: _ORDER.index(line.state))

    def line(self, uid: str) -> CampaignLine:
        """Return one campaign with what belongs to it."""
        self.get(uid)
        return next(line for line in self.lines() if line.campaign.uid == uid)

    def running(self, *, also: str | None = None) -> list[Campaign]:
        """Return the campaigns a hazard found now may belong to, and the one it has (``also``)."""
        today = self.today()
        with self.store.read() as session:
            every = session.scalars(select(Campaign).order_by(Campaign.starts_on.desc())).all()
        return [c for c in every if c.uid == also or stands(c, today) is State.RUNNING]

    def due(self) -> list[Due]:
        """Return what is waited for, phases that begin or end among it, the soonest first."""

        def unlooked(uid: str) -> int:
            return len(not_looked_back(self.store, campaign=uid))

        return sorted(dues(self._lines(None), self.today(), unlooked), key=lambda due: due.due_on)

    def report(self, uid: str) -> Row:
        """Return the report of one campaign, its numbers as the ledger has them today."""
        return report_row(self.line(uid))

    def _report(self, where: Filter) -> list[Row]:
        rows = [report_row(line) for line in self.lines()]
        return keep(rows, where, _FILTERS)

    def _hazards(self) -> dict[str, list[HazardLine]]:
        found: dict[str, list[HazardLine]] = {}
        for line in lines(self.store, self.today(), in_campaigns=True):
            found.setdefault(str(line.campaign_uid), []).append(line)
        return found

    def _add(self, label: str, campaign: str, part: P, needed: Mapping[str, str]) -> P:
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change(label) as session:
            _check(part, needed)
            self._add_to(session, self.get(campaign), part)
        return part

    def _add_to(
        self, session: Session, campaign: Campaign, part: CampaignPhase | CampaignTask
    ) -> None:
        part.campaign_id = campaign.id
        session.add(part)

    def _set(
        self,
        label: str,
        kind: type[Record],
        uid: str,
        needed: Mapping[str, str],
        facts: Mapping[str, Any],
        seen: int | None = None,
    ) -> None:
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change(label):
            record = self.store.get(kind, uid)
            check_unchanged(self.store, record, seen, name="这次行动", labels=LABELS)
            for key, value in _said(facts).items():
                setattr(record, key, value)
            _check(record, needed)


_NEEDED = {"name": "名称", "starts_on": "开始日期", "ends_on": "结束日期"}
_NEEDED_OF_PHASE = {"name": "阶段名称", "starts_on": "开始日期", "ends_on": "结束日期"}
_NEEDED_OF_TASK = {"what": "任务"}


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said without the blanks around it; an empty text is none."""
    return {
        key: (value.strip() or None) if isinstance(value, str) else value
        for key, value in facts.items()
    }


def _check(record: object, needed: Mapping[str, str]) -> None:
    faults = [f"“{word}”没有填" for key, word in needed.items() if not getattr(record, key)]
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def _by_campaign(session: Session, kind: type[P]) -> dict[int, list[P]]:
    found: dict[int, list[P]] = {}
    for part in session.scalars(select(kind).order_by(kind.id)):
        found.setdefault(part.campaign_id, []).append(part)
    return found
