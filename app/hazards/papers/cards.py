"""One hazard as a card: its eight steps, its inspection, its report to those above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.views import Row
from app.hazards.further import asked_above_text, five_text, known_of, money_text
from app.hazards.grades import is_major, said
from app.hazards.grading import sentence
from app.hazards.records import Hazard, HazardStep
from app.hazards.standing import progress
from app.hazards.words import STEPS, Side, Step, Verdict

# What each verdict ticks on the inspection sheet.
_ENDINGS: Mapping[str, str] = {
    Verdict.PASSED: "合格，同意销账",
    Verdict.FAILED: "不合格，限期再改",
}


def flow(hazard: Hazard, signed: Sequence[HazardStep], told: Mapping[str, Any]) -> Row:
    """Return the eight boxes of a hazard; the one that waits is marked.

    A step done again shows its newest signature; what was signed before stands in its words.
    """
    row = _facts(hazard, told)
    waiting = STEPS.index(Step(hazard.step)) if hazard.step else len(STEPS)
    for number, step in enumerate(STEPS):
        records = [record for record in signed if record.step == step]
        name = step.name.lower()
        newest = records.pop() if records and number < waiting else None
        words = [_before(record) for record in records]
        words.append(_words(newest) if newest else "")
        row[f"{name}_by"] = newest.signed_by if newest else None
        row[f"{name}_on"] = newest.signed_on if newest else None
        row[f"{name}_words"] = "\n".join(filter(None, words))
        row[f"{name}_waits"] = number == waiting
    beside = [record for record in signed if record.step in list(Side)]
    row["asides"] = "\n".join(f"{r.step}（{r.signed_by}，{_day(r)}）：{_words(r)}" for r in beside)
    demanded = [f"督办　{line}" for line in str(told.get("supervised") or "").splitlines()]
    row["asides"] = "\n".join(filter(None, (row["asides"], *demanded)))
    row["find_words"] = row["find_words"] or hazard.what
    row["enter_words"] = row["enter_words"] or f"记入台账，编号{hazard.number}。"
    if hazard.clause and not any((r.facts or {}).get("clause") for r in signed):
        row["enter_words"] += f"判定条款：{hazard.clause}。"
    return row | (_of_old(hazard) if hazard.is_old and not signed else {})


def acceptance(hazard: Hazard, signed: Sequence[HazardStep], told: Mapping[str, Any]) -> Row:
    """Return what the inspection of finished work needs; what is not signed yet is left open."""
    treated, accepted = _newest(signed, Step.TREAT), _newest(signed, Step.ACCEPT)
    if not hazard.fixed_on:  # the work is to be done (again): what was signed belongs to before
        treated = accepted = None
    elif hazard.step == Step.ACCEPT:
        accepted = None
    return _facts(hazard, told) | {
        "done_words": hazard.result if hazard.fixed_on or hazard.is_old else None,
        "done_by": treated.signed_by if treated else None,
        "done_on": hazard.fixed_on,
        "checked_by": accepted.signed_by if accepted else hazard.accepted_by,
        "checked_on": accepted.signed_on if accepted else None,
        "checked_words": accepted.words if accepted else None,
        "ending": _ENDINGS.get(accepted.verdict or "") if accepted else None,
        "round": f"第{hazard.round}轮",
        "failed": "\n".join(_before(r) for r in signed if r.verdict == Verdict.FAILED),
    }


def report(hazard: Hazard, signed: Sequence[HazardStep], told: Mapping[str, Any]) -> Row:
    """Return what the record says of a grave hazard; the rest of the sheet is for the pen."""
    assessed, reported = _newest(signed, Step.ASSESS), _newest(signed, Step.REPORT)
    watched = _newest(signed, Step.WATCH)
    facts = (reported.facts or {}) if reported else {}
    is_real = reported is not None and not reported.is_skipped
    return _facts(hazard, told) | {
        "name": f"{hazard.place}{'：' if hazard.place else ''}{hazard.category}",
        "assessment": "\n".join(
            filter(
                None,
                (
                    sentence(hazard.grading, hazard.grade),
                    hazard.consequence,
                    assessed.words if assessed else None,
                ),
            )
        ),
        "assessed_by": assessed.signed_by if assessed else None,
        "interim": watched.words if watched and not watched.is_skipped else None,
        "watched_by": watched.signed_by if watched and not watched.is_skipped else None,
        "reported_by": reported.signed_by if reported and is_real else None,
        "reported_on": reported.signed_on if reported and is_real else None,
        "reported_to": facts.get("to") if is_real else None,
        "reported_how": facts.get("how") if is_real else None,
    }


def _facts(hazard: Hazard, told: Mapping[str, Any]) -> Row:
    step = Step(hazard.step) if hazard.step else None
    keys = (
        "number", "found_on", "found_by", "source", "category", "area", "place", "what", "grade",
        "way", "measures", "owner", "due_on", "fixed_on", "closed_on", "remark", "consequence",
        "cause", "liability", "department", "emergency", "clause",
    )  # fmt: skip
    known = known_of(hazard)
    return {key: getattr(hazard, key) for key in keys} | {
        "money": money_text(hazard.cost, hazard.funds),
        "asked_above": asked_above_text(known),
        "five": five_text(known) if is_major(hazard.grade) else "",
        "responsible": " ".join(filter(None, (hazard.department, hazard.owner))),
        "grading": sentence(hazard.grading, hazard.grade),
        "why": "\n".join(
            f"{word}：{told_why}" if word else told_why
            for word, told_why in (("", hazard.what), ("原因", hazard.cause))
            if told_why
        ),
        "status": str(progress(step, hazard.plan, is_old=hazard.is_old, aside=hazard.aside)),
        **told,
    }


def _of_old(hazard: Hazard) -> Row:
    """Return what an old ledger says of the steps; nobody's signature is made up."""
    return {
        "find_by": hazard.found_by,
        "find_on": hazard.found_on,
        "enter_words": "从学校旧台账转入，以前没有分步签字。",
        "treat_words": hazard.result or "",
        "treat_on": hazard.fixed_on,
        "accept_by": hazard.accepted_by,
        "close_on": hazard.closed_on,
    }


def _newest(signed: Sequence[HazardStep], step: Step) -> HazardStep | None:
    return next((record for record in reversed(signed) if record.step == step), None)


def _words(record: HazardStep) -> str:
    """Return what a step was signed with, as one sentence after the other."""
    facts = record.facts or {}
    head = [
        "无需。" if record.is_skipped else "",
        f"{record.verdict}。" if record.verdict else "",
        f"评为{said(facts['grade'])}。" if facts.get("grade") else "",
        f"{told}。" if (told := sentence(facts.get("grading"), facts.get("grade", ""))) else "",
        f"判定条款：{facts['clause']}。" if facts.get("clause") else "",
        f"报告{facts['to']}。" if facts.get("to") else "",
        f"方式：{facts['how']}。" if facts.get("how") else "",
    ]
    return "".join(head) + (record.words or "")


def _before(record: HazardStep) -> str:
    return f"第{record.round}轮（{record.signed_by}，{_day(record)}）：{_words(record)}"


def _day(record: HazardStep) -> str:
    return f"{record.signed_on.month}月{record.signed_on.day}日"
