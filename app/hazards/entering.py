"""How a hazard comes into the ledger, and how what was entered is put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.values import show
from app.hazards import rules
from app.hazards.grades import may_skip
from app.hazards.grading import anew, reckon
from app.hazards.latest import check_unchanged
from app.hazards.records import Hazard, HazardStep
from app.hazards.risks.linking import check_risk
from app.hazards.signing import check_plan, go_back, graded, signed, skipped_steps
from app.hazards.standing import Signature
from app.hazards.words import NEEDED, NEEDED_OF_OLD, Step

if TYPE_CHECKING:
    from app.hazards.register import HazardRegister


class Finding(TypedDict, total=False):
    """What may be said about a hazard when it is entered or corrected."""

    found_on: date
    source: str | None
    found_by: str
    category: str
    area: str | None
    place: str
    what: str
    grade: str
    way: str | None
    measures: str | None
    owner: str | None
    due_on: date | None
    photos: list[str] | None
    remark: str | None
    risk: str | None
    campaign_uid: str | None
    consequence: str | None
    cause: str | None
    liability: str | None
    department: str | None
    cost: Decimal | None
    funds: str | None
    needs_above: bool | None
    applied_as: str | None
    applied_on: date | None
    seasons: list[str] | None
    hours: list[str] | None
    emergency: str | None
    grading: Mapping[str, Any] | None
    clause: str | None


def enter(register: HazardRegister, finding: Finding) -> Hazard:
    """Write a new hazard and sign its 排查 and 登记.

    Raises:
        UserError: something a finder must say is missing, or a day cannot be.

    """
    store, today = register.store, register.today()
    store.sitter.demand(Right.REPORT_HAZARDS)
    scheme = register.grades.scheme()
    if grading := reckon(finding.get("grading"), scheme):
        finding = {"grade": grading["reached"], **finding, "grading": grading}
    rules.check_report(finding, today, grades=scheme.words)
    check_risk(store, finding.get("risk"))
    with store.change("登记隐患") as session:
        register.photos.keep(finding.get("photos"))
        hazard = Hazard(
            number=store.number("YH", finding["found_on"].year),
            step=Step.ASSESS,
            round=1,
            due_is_default=finding.get("due_on") is None,
            **finding,
        )
        register.set_default_due(hazard)
        session.add(hazard)
        session.flush()
        by = finding["found_by"]
        for step, who, on in (
            (Step.FIND, by, finding["found_on"]),
            (Step.ENTER, store.sitter.name or by, today),
        ):
            record = signed(hazard, Signature(step, who, on), register.now())
            if step is Step.ENTER:
                record.facts = graded(hazard)
            session.add(record)
    return hazard


def correct(register: HazardRegister, uid: str, *, seen: int | None, finding: Finding) -> None:
    """Put right what was entered, and what follows from it.

    Raises:
        UserError: it was changed since, the values cannot be, or the plan of work under way
            would lose a part.

    """
    store, scheme = register.store, register.grades.scheme()
    store.sitter.demand(Right.EDIT_HAZARDS)
    with store.change("改正隐患") as session:
        hazard = store.get(Hazard, uid)
        check_unchanged(store, hazard, seen)
        check_risk(store, finding.get("risk"))
        register.photos.keep(finding.get("photos"))
        grade, due, found_on = hazard.grade, hazard.due_on, hazard.found_on
        grading = hazard.grading
        was_settled = not hazard.plan.missing()
        for key, value in finding.items():
            setattr(hazard, key, value)
        if "grading" in finding:
            hazard.grading = anew(grading, finding["grading"], scheme)
        elif hazard.grade != grade:
            hazard.grading = None
        with session.no_autoflush:
            rules.check_report(
                {key: getattr(hazard, key) for key in Finding.__annotations__},
                max(register.today(), found_on),
                needed=NEEDED_OF_OLD if hazard.is_old else NEEDED,
                grades=scheme.words,
                own_grade=grade,
            )
            if hazard.due_on is None or hazard.due_on != due:
                hazard.due_is_default = hazard.due_on is None and not hazard.is_old
            register.set_default_due(hazard)
            if hazard.found_on > found_on:
                _check_signed_later(session, hazard)
            if was_settled and (hazard.step == Step.TREAT or hazard.fixed_on):
                check_plan(hazard)
            if hazard.grade != grade:
                _go_back_if_skipped(register, session, hazard, grade)


def _check_signed_later(session: Session, hazard: Hazard) -> None:
    """Go on only if nothing was signed before the day it is now said to have been found.

    Raises:
        UserError: something was.

    """
    begun = (Step.FIND, Step.ENTER)
    signed_on = select(HazardStep.step, HazardStep.signed_on).order_by(HazardStep.signed_on)
    mine = signed_on.where(HazardStep.hazard_id == hazard.id, HazardStep.step.not_in(begun))
    first = session.execute(mine.limit(1)).first()
    if first is not None and first.signed_on < hazard.found_on:
        day = show(first.signed_on)
        raise UserError(f"“排查日期”晚于{day}签的“{first.step}”。", do=f"请改成{day}或以前。")


def _go_back_if_skipped(
    register: HazardRegister, session: Session, hazard: Hazard, before: str
) -> None:
    skipped = skipped_steps(session, hazard) if not may_skip(hazard.grade) else []
    if skipped:
        by = register.store.sitter.name or "安全员"
        signature = go_back(hazard, skipped, before, by, register.today())
        session.add(signed(hazard, signature, register.now()))
