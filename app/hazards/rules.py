"""The rules of the hazard ledger, on plain values: what may be entered and signed, the doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.core.errors import UserError
from app.hazards.grades import USUAL_SCHEME, light_ones, may_skip, said
from app.hazards.standing import Signature, Standing, is_overdue
from app.hazards.words import MAY_SKIP, NEEDED, SIGNER, STEPS, Step


def check(standing: Standing, signature: Signature, today: date) -> None:
    """Go on only if this step may be signed now.

    Raises:
        UserError: another step comes first, or something the step cannot do without is missing;
            all that is missing is named at once.

    """
    _check_order(standing.step, signature.step)
    if standing.is_shelved:
        raise UserError(
            f"这条隐患正在挂账，不能签“{signature.step}”。",
            safe="这条隐患没有改动。",
            do="请先解除挂账，再接着办。",
        )
    faults = [*_blanks(standing, signature), *day_faults(standing, signature.on, today)]
    if signature.skipped and signature.step not in MAY_SKIP:
        faults.append(f"“{signature.step}”不能写“无需”")
    elif signature.skipped and not may_skip(standing.grade):
        light, this = light_ones(standing.grade), said(standing.grade)
        faults.append(f"只有{light}的“{signature.step}”可以写“无需”，这条是{this}")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def doubts(standing: Standing, signature: Signature) -> list[str]:
    """Return what looks wrong about a step that may be signed all the same, as sentences."""
    found = []
    by, owners = _names(signature.by), _names(standing.plan.owner or "")
    if signature.step is Step.ACCEPT and by & owners:
        found.append("验收人就是整改责任人，最好请另一个人验收。")
    if signature.step is Step.TREAT and is_overdue(standing.plan.due_on, signature.on):
        late = (signature.on - standing.plan.due_on).days if standing.plan.due_on else 0
        found.append(f"整改完成日期比时限晚了{late}天，台账上会照实写。")
    return found


def check_report(
    values: Mapping[str, Any],
    today: date,
    *,
    needed: Iterable[str] = NEEDED,
    grades: Iterable[str] = USUAL_SCHEME.words,
    own_grade: str = "",
) -> None:
    """Go on only if a hazard can have been found and be due as these ``values`` say.

    ``needed`` are the keys that must be said, ``grades`` the words a grade may
    be, ``own_grade`` the one it has.

    Raises:
        UserError: something needed is missing, the grade is none of ours, it was found in the
            future, or it is due before it was found; all faults are named at once.

    """
    faults = [f"“{NEEDED[key]}”没有填" for key in needed if not values.get(key)]
    found, due, grade = values.get("found_on"), values.get("due_on"), values.get("grade")
    if grade and grade not in {*grades, own_grade}:
        faults.append(f"“隐患等级”只能填：{'、'.join(grades)}")
    if found and found > today:
        faults.append("“排查日期”不能晚于今天")
    if found and due and due < found:
        day = f"{found.month}月{found.day}日"
        faults.append(f"“整改时限”早于排查日期，请改成{day}或以后")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def day_faults(standing: Standing, on: date, today: date) -> list[str]:
    """Return what is wrong with the day a signature is given for."""
    before = standing.last_on or standing.found_on
    if on > today:
        return ["日期不能晚于今天"]
    if on < before and before <= today:
        return [f"日期不能早于上一步的{before.month}月{before.day}日"]
    return []


def _check_order(waiting: Step | None, step: Step) -> None:
    if waiting is None:
        raise UserError(
            "这条隐患已经销账，不能再签。", safe="原来的签字都在。", do="又出现了就另登记一条。"
        )
    if step is waiting:
        return
    if step is Step.CLOSE:
        what = "还没有验收合格，不能销账。"
    elif STEPS.index(step) > STEPS.index(waiting):
        what = f"还没有签“{waiting}”，不能先签“{step}”。"
    else:
        what = f"“{step}”已经签过了，现在等的是“{waiting}”。"
    raise UserError(what, safe="这条隐患没有改动。", do=f"请先办“{waiting}”这一步。")


def _blanks(standing: Standing, signature: Signature) -> list[str]:
    faults = []
    if signature.step is Step.TREAT:
        faults += [f"“{name}”没有填" for name in standing.plan.missing()]
    if signature.step is Step.ACCEPT and signature.verdict is None:
        faults.append("“验收结论”没有填")
    if not signature.by.strip():
        faults.append(f"“{SIGNER[signature.step]}”没有填")
    return faults


def _names(people: str) -> set[str]:
    return {name for name in re.split(r"[、，,；;\s]+", people) if name}
