"""The hazard ledger: the only door through which anybody sees or changes hazards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Unpack

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.imports import Plan as ImportPlan
from app.core.imports import Tick
from app.core.roles import Right
from app.core.store import WITH_VOID, Store
from app.core.views import View
from app.hazards.campaigns.register import CampaignRegister
from app.hazards.choices import SchoolGrades
from app.hazards.clauses import ClauseBook, ClauseRegister
from app.hazards.entering import Finding, correct, enter
from app.hazards.importing import carry_out
from app.hazards.latest import check_unchanged
from app.hazards.lines import HazardLine, has_any, lines
from app.hazards.notices.register import NoticeRegister
from app.hazards.photos import HazardPhotos
from app.hazards.records import Hazard, HazardStep
from app.hazards.rules import doubts
from app.hazards.sides import SideActs
from app.hazards.signing import PlanFacts, check_not_closed, check_plan, sign
from app.hazards.standing import Signature, due_on
from app.hazards.supervising import DemandRegister
from app.hazards.town import town_rows
from app.hazards.views import views
from app.hazards.words import Step, Verdict


class HazardRegister:
    """The school's hazards, their eight signed steps, and the notices about them."""

    def __init__(
        self,
        store: Store,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = datetime.now,
        clauses: Mapping[str, ClauseBook] | None = None,
    ) -> None:
        self.store = store
        self.today = today
        self.now = now
        self.grades = SchoolGrades(store)
        self.demands = DemandRegister(store, today)
        self.clauses = ClauseRegister(store, clauses)
        self.sides = SideActs(self)
        self.photos = HazardPhotos(store)
        self.notices = NoticeRegister(store, today)
        self.campaigns = CampaignRegister(store, today)
        self.views: dict[str, View] = views(store, today) | self.notices.views
        self.views["town"] = partial(town_rows, store)

    def report(self, **finding: Unpack[Finding]) -> Hazard:
        """Enter a new hazard; whoever found it and whoever enters it sign 排查 and 登记 by that.

        Where no due day is given it follows from the grade, and follows it when that is
        corrected.

        Raises:
            UserError: something a finder must say is missing, or a day cannot be.

        """
        return enter(self, finding)

    def correct(self, uid: str, *, seen: int | None = None, **finding: Unpack[Finding]) -> None:
        """Put right what was entered; the number and the signatures stay.

        A grade raised above 一般 takes a hazard back, by a signature of its own, to the steps that
        were passed over as 无需. ``seen`` is the revision that was corrected.

        Raises:
            UserError: it was changed since, the values cannot be, or the plan of work under way
                would lose a part.

        """
        correct(self, uid, seen=seen, finding=finding)

    def settle(
        self,
        uid: str,
        *,
        measures: str | None,
        owner: str | None,
        due_on: date | None,
        seen: int | None = None,
    ) -> None:
        """Settle what is to be done, by whom and by when; work begins with this.

        Raises:
            UserError: it is closed already, one of the three is missing, or the day is
                before the hazard was found.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("定整改措施"):
            hazard = self.store.get(Hazard, uid)
            check_unchanged(self.store, hazard, seen)
            check_not_closed(hazard)
            hazard.measures, hazard.owner, hazard.returned = measures, owner, None
            hazard.due_is_default = hazard.due_is_default and due_on == hazard.due_on
            hazard.due_on = due_on
            check_plan(hazard)

    def sign(
        self,
        uid: str,
        step: Step,
        *,
        by: str,
        on: date,
        words: str = "",
        is_skipped: bool = False,
        verdict: str | None = None,
        facts: Mapping[str, Any] | None = None,
        attachments: Iterable[str] = (),
        seen: int | None = None,
        **plan: Unpack[PlanFacts],
    ) -> HazardStep:
        """Sign the step that waits; 验收 and 销账 need the right to sign.

        ``facts`` are what belongs to one step alone; the ``grade`` of 评估 becomes the hazard's.
        ``plan`` settles the measures along with the step. Work that failed its 验收 begins a new
        round at 治理.

        Raises:
            UserError: another step comes first, or something it cannot do without is missing.

        """
        finding = Verdict(verdict) if verdict in list(Verdict) else None
        signature = Signature(step, by, on, words, is_skipped, finding)
        return sign(
            self, uid, signature, facts=facts, attachments=attachments, seen=seen, plan=plan
        )

    def doubts(self, uid: str, signature: Signature, **plan: Unpack[PlanFacts]) -> list[str]:
        """Return what looks wrong about a step that may be signed all the same, as sentences."""
        hazard = self.store.get(Hazard, uid)
        for key, value in plan.items():
            setattr(hazard, key, value)
        return doubts(hazard.standing(None), signature)

    def void(self, uid: str, reason: str) -> None:
        """Mark a hazard 作废; its number is not given out again.

        Raises:
            UserError: no reason is given.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        self.store.void(uid, reason, "作废隐患")

    def restore(self, uid: str) -> None:
        """Put a hazard that was 作废 back in the ledger.

        Raises:
            UserError: it has come in again meanwhile, with the old ledger.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("恢复隐患") as session:
            gone = select(Hazard.old_key).where(Hazard.uid == uid)
            key = session.scalar(gone.execution_options(**WITH_VOID))
            again = select(Hazard.id).where(Hazard.old_key == key, Hazard.uid != uid)
            if key and session.scalar(again) is not None:
                raise UserError(
                    "这条旧账已经重新导入过，不能再恢复一份。",
                    safe="没有改动任何记录。",
                    do="请看台账里重新导入的那一条。",
                )
            self.store.revive(uid, "恢复隐患")

    def carry_out(self, plan: ImportPlan, tick: Tick = lambda *_: None) -> None:
        """Write what the preview of an old ledger said, as one change that one undo takes back."""
        carry_out(self.store, plan, tick)

    def get(self, uid: str) -> Hazard:
        """Return one hazard."""
        return self.store.get(Hazard, uid)

    def named(self, number: str) -> Hazard:
        """Return the hazard of this number, as YH-2026-0001.

        Raises:
            UserError: there is none.

        """
        with self.store.read() as session:
            found = session.scalar(select(Hazard).where(Hazard.number == number.strip().upper()))
        if found is None:
            raise UserError(f"没有编号是{number}的隐患。", do="请看看编号有没有写错。")
        return found

    def steps(self, uid: str) -> Sequence[HazardStep]:
        """Return the signatures of a hazard, the first one first."""
        with self.store.read() as session:
            steps = select(HazardStep).join(Hazard, HazardStep.hazard_id == Hazard.id)
            return session.scalars(steps.where(Hazard.uid == uid).order_by(HazardStep.id)).all()

    def lines(self) -> list[HazardLine]:
        """Return every hazard as a list shows it: late ones first, closed ones last."""
        return lines(self.store, self.today())

    def is_empty(self) -> bool:
        """Say whether nothing was ever entered."""
        return not has_any(self.store)

    def done(self, first: date, last: date) -> list[Done]:
        """Return the hazards closed on these days; their kind is the category."""
        columns = (Hazard.closed_on, Hazard.category, Hazard.uid, Hazard.place, Hazard.what)
        wanted = select(*columns, Hazard.number).where(Hazard.closed_on.between(first, last))
        with self.store.read() as session:
            rows = session.execute(wanted.where(Hazard.void_reason.is_(None))).all()
        return [
            Done(on, category, uid, f"{place}：{what} · {number}")
            for on, category, uid, place, what, number in rows
            if on is not None
        ]

    def rebounds(self, first: date, last: date) -> list[Done]:
        """Return the hazards found on these days that had been closed before and came back."""
        columns = (Hazard.found_on, Hazard.category, Hazard.uid, Hazard.place, Hazard.what)
        wanted = select(*columns).where(Hazard.found_on.between(first, last))
        back = (Hazard.sprung_from.is_not(None), Hazard.void_reason.is_(None))
        with self.store.read() as session:
            rows = session.execute(wanted.where(*back)).all()
        return [Done(on, kind, uid, f"{place}：{what}") for on, kind, uid, place, what in rows]

    def late(self, today: date | None = None) -> list[HazardLine]:
        """Return the hazards past their last day, or 挂账 past their day to be looked at."""
        day = today or self.today()
        return [line for line in lines(self.store, day, is_open=True) if line.is_late(day)]

    def due_within(self, days: int, today: date | None = None) -> list[HazardLine]:
        """Return the hazards whose day is today or in the next ``days``, soonest first."""
        day = today or self.today()
        found = lines(self.store, day, is_open=True)
        return [line for line in found if line.is_soon(day, days)]

    def voided(self) -> Sequence[Hazard]:
        """Return the hazards that are 作废, the newest first; taken-back ones are left out."""
        return [hazard for hazard in self.store.voided(Hazard) if hazard.void_reason != "撤销"]

    def days_to_fix(self) -> dict[str, int]:
        """Return how many days each grade has, as this school has set them."""
        return self.grades.days()

    def set_default_due(self, hazard: Hazard) -> None:
        """Let the last day of a hazard follow from its grade, where nobody has set another."""
        if hazard.due_is_default:
            hazard.due_on = due_on(hazard.grade, hazard.found_on, self.days_to_fix())
