"""What a signature does to a hazard: where it moves, what it settles, when it must go back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.hazards.grades import Scheme
from app.hazards.grading import anew
from app.hazards.latest import check_unchanged
from app.hazards.records import Hazard, HazardStep
from app.hazards.rules import check
from app.hazards.standing import Signature, after
from app.hazards.words import STEPS, Side, Step, Verdict

if TYPE_CHECKING:
    from app.hazards.register import HazardRegister


class PlanFacts(TypedDict, total=False):
    """What is to be done about a hazard, as it is settled along with a step."""

    measures: str
    owner: str
    due_on: date


def sign(
    register: HazardRegister,
    uid: str,
    signature: Signature,
    *,
    facts: Mapping[str, Any] | None,
    attachments: Iterable[str],
    seen: int | None,
    plan: PlanFacts,
) -> HazardStep:
    """Sign the step that waits, with the facts of the step and the plan settled along with it.

    Raises:
        UserError: another step comes first, or something it cannot do without is missing.

    """
    step, store = signature.step, register.store
    closing = step in (Step.ACCEPT, Step.CLOSE)
    store.sitter.demand(Right.SIGN if closing else Right.EDIT_HAZARDS)
    with store.change(f"签“{step}”") as session:
        hazard = store.get(Hazard, uid)
        check_unchanged(store, hazard, seen)
        newest = last_on(session, hazard)
        scheme = register.grades.scheme()
        facts = _reckoned(hazard, facts or {}, scheme) if step is Step.ASSESS else facts or {}
        check_grade(hazard, facts, scheme.words)
        if any(getattr(hazard, key) != value for key, value in plan.items()):
            _check_replanned(signature)
        if any(plan.values()):
            hazard.due_is_default = hazard.due_is_default and "due_on" not in plan
        for key, value in plan.items():
            setattr(hazard, key, value)
        check(hazard.standing(newest), signature, register.today())
        if "due_on" in plan:
            check_due(hazard)
        hazard.returned = None
        record = signed(hazard, signature, register.now())
        record.facts, record.attachments = dict(facts) or None, list(attachments) or None
        register.photos.keep(record.attachments)
        session.add(record)
        move(hazard, signature)
        if step is Step.ASSESS:
            if facts.get("grade", hazard.grade) != hazard.grade:
                hazard.grading = None
            for key in ("grade", "grading", "clause"):
                setattr(hazard, key, facts.get(key, getattr(hazard, key)))
            told = {key: value for key, value in facts.items() if value}
            record.facts = (told | (graded(hazard) or {})) or None
            register.set_default_due(hazard)
    return record


def _check_replanned(signature: Signature) -> None:
    """Go on only if a plan may be settled along with this step: there is work to come."""
    if signature.step is Step.CLOSE or signature.verdict is Verdict.PASSED:
        raise UserError(
            f"签“{signature.step}”的时候不能改措施、责任人和时限：活已经干完了。",
            safe="这条隐患没有改动。",
            do="验收不合格、要再整改的，请把结论填成“不合格”。",
        )


def _reckoned(hazard: Hazard, facts: Mapping[str, Any], scheme: Scheme) -> dict[str, Any]:
    """Return what an assessment says, with the sum of its factors and the grade they give."""
    if "grading" not in facts:
        return dict(facts)
    grading = anew(hazard.grading, facts["grading"], scheme)
    reached = {"grade": grading["reached"]} if grading else {}
    return reached | dict(facts) | {"grading": grading}


def graded(hazard: Hazard) -> dict[str, Any] | None:
    """Return what a signature keeps of how a grade was reached, None where it was chosen."""
    found = {key: getattr(hazard, key) for key in ("grading", "clause") if getattr(hazard, key)}
    return {"grade": hazard.grade, **found} if found else None


def signed(hazard: Hazard, signature: Signature, at: datetime) -> HazardStep:
    """Return the record of a signature that came in at this moment."""
    return HazardStep(
        hazard_id=hazard.id,
        step=signature.step,
        round=hazard.round,
        signed_by=signature.by.strip(),
        signed_on=signature.on,
        entered_at=at,
        words=signature.words.strip(),
        is_skipped=signature.skipped,
        verdict=signature.verdict,
    )


def move(hazard: Hazard, signature: Signature) -> None:
    """Take a hazard to the step after this one, with what the step settles."""
    hazard.step = after(signature)
    if signature.step is Step.TREAT:
        hazard.fixed_on, hazard.result = signature.on, signature.words.strip() or None
    elif signature.step is Step.CLOSE:
        hazard.closed_on = signature.on
    elif signature.verdict is Verdict.PASSED:
        hazard.accepted_by = signature.by.strip()
    elif signature.verdict is Verdict.FAILED:
        hazard.fixed_on = None
        hazard.round += 1


def last_on(session: Session, hazard: Hazard) -> date | None:
    """Return the newest signature's day; 登记 may come after steps first taken on paper.

    A 复检 is no step: what it saw may have been put right, and is signed, for an earlier day.
    """
    days = select(func.max(HazardStep.signed_on)).where(HazardStep.hazard_id == hazard.id)
    return session.scalar(days.where(HazardStep.step.not_in((Step.ENTER, Side.RECHECK))))


def skipped_steps(session: Session, hazard: Hazard) -> list[Step]:
    """Return the steps whose newest signature says 无需."""
    records = select(HazardStep).where(HazardStep.hazard_id == hazard.id).order_by(HazardStep.id)
    newest = {record.step: record for record in session.scalars(records)}
    return [step for step in STEPS if step in newest and newest[step].is_skipped]


def go_back(hazard: Hazard, skipped: list[Step], before: str, by: str, today: date) -> Signature:
    """Take a hazard whose grade was raised back to the first step passed over; say so, signed.

    Raises:
        UserError: it is closed already.

    """
    if hazard.step is None:
        raise UserError(
            f"这条隐患已经按{before}隐患销账，等级不能再改高。",
            safe="这条隐患没有改动。",
            do="如果问题还在，请另登记一条。",
        )
    hazard.step, hazard.round, hazard.fixed_on = skipped[0], hazard.round + 1, None
    words = f"等级由{before}改为{hazard.grade}，补签{'、'.join(skipped)}。"
    return Signature(Step.ASSESS, by, today, words)


def check_grade(hazard: Hazard, facts: Mapping[str, Any], grades: Sequence[str]) -> None:
    """Go on only if the grade of an assessment is one of ours, or the one it had.

    Raises:
        UserError: it is another.

    """
    if facts.get("grade", hazard.grade) not in {*grades, hazard.grade}:
        raise UserError(f"“隐患等级”只能填：{'、'.join(grades)}。", do="请改好再保存。")


def check_not_closed(hazard: Hazard) -> None:
    """Go on only if there is work left to plan.

    Raises:
        UserError: the hazard is closed.

    """
    if hazard.step is None:
        raise UserError(
            "这条隐患已经销账，不能再改措施和时限。",
            safe="这条隐患没有改动。",
            do="问题又出现了，请用“回头看”另登记一条。",
        )


def check_plan(hazard: Hazard) -> None:
    """Go on only if work may begin: measures, somebody, and a day that can be.

    Raises:
        UserError: one of the three is missing, or the day is before the hazard was found.

    """
    if missing := hazard.plan.missing():
        faults = "；".join(f"“{name}”没有填" for name in missing)
        raise UserError(f"{faults}。", do="治理要有措施、责任人和时限，请补上再保存。")
    check_due(hazard)


def check_due(hazard: Hazard) -> None:
    """Go on only if the last day is not before the hazard was found.

    Raises:
        UserError: it is.

    """
    if hazard.due_on and hazard.due_on < hazard.found_on:
        day = f"{hazard.found_on.month}月{hazard.found_on.day}日"
        raise UserError("“整改时限”早于排查日期。", do=f"请改成{day}或以后。")
