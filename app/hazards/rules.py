"""The rules of the hazard ledger, on plain values: the eight steps, the deadlines, the doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.core.errors import UserError


class Grade(StrEnum):
    """How grave a hazard is (隐患等级); an old ledger may have words of its own instead."""

    GENERAL = "一般"
    LARGER = "较大"
    MAJOR = "重大"


class Step(StrEnum):
    """The eight signed steps of a hazard, in their order."""

    FIND = "排查"
    ENTER = "登记"
    ASSESS = "评估"
    REPORT = "报告"
    WATCH = "监控"
    TREAT = "治理"
    ACCEPT = "验收"
    CLOSE = "销账"


class Verdict(StrEnum):
    """What an inspection of the finished work came to (验收结论)."""

    PASSED = "合格"
    FAILED = "不合格"


class Status(StrEnum):
    """How a hazard stands today, in one word; the first four are read aloud first."""

    LATE = "逾期"
    SOON = "将到期"
    TO_ACCEPT = "待验收"
    TO_CLOSE = "待销账"
    TO_ASSESS = "待评估"
    TO_REPORT = "待报告"
    TO_WATCH = "待监控"
    TO_PLAN = "待定措施"
    IN_WORK = "治理中"
    RETURNED = "退回"
    SHELVED = "挂账"
    CLOSED = "已销账"


class Side(StrEnum):
    """The signed acts beside the eight steps; none of them takes a hazard past a step."""

    SHELVE = "挂账"
    LOOK_AGAIN = "复看"
    UNSHELVE = "解除挂账"
    HAND_BACK = "退回"
    LOOK_BACK = "回头看"


class LookBack(StrEnum):
    """What was found when a closed hazard was looked at again (回头看)."""

    HELD = "保持"
    REBOUNDED = "反弹"


STEPS = tuple(Step)
MAY_SKIP = frozenset({Step.REPORT, Step.WATCH})
DAYS_TO_FIX: Mapping[str, int] = {Grade.GENERAL: 15, Grade.LARGER: 7, Grade.MAJOR: 3}
SOON_DAYS = 7  # a default of ours; no regulation names one
VOID_REASONS = ("重复登记", "登记有误", "核实后不是隐患", "并入另一条隐患")
# What a finder must say, by the labels on the screen.
NEEDED: Mapping[str, str] = {
    "found_on": "排查日期",
    "found_by": "排查人",
    "category": "隐患类别",
    "place": "具体部位",
    "what": "隐患描述",
    "grade": "隐患等级",
}
NEEDED_OF_OLD = ("found_on", "what")  # an old ledger may never have said the rest
# What each step is signed with: the label of its words on screen and on paper.
WORDS: Mapping[Step, str] = {
    Step.FIND: "隐患描述",
    Step.ENTER: "登记说明",
    Step.ASSESS: "评估意见",
    Step.REPORT: "报告情况",
    Step.WATCH: "监控措施",
    Step.TREAT: "整改情况",
    Step.ACCEPT: "验收意见",
    Step.CLOSE: "销账依据",
}
SIGNER: Mapping[str, str] = {
    Step.FIND: "排查人",
    Step.ENTER: "登记人",
    Step.ASSESS: "评估人",
    Step.REPORT: "报告人",
    Step.WATCH: "监控责任人",
    Step.TREAT: "整改人",
    Step.ACCEPT: "验收人",
    Step.CLOSE: "销账人",
    Side.SHELVE: "决定人",
    Side.LOOK_AGAIN: "复看人",
    Side.UNSHELVE: "决定人",
    Side.HAND_BACK: "退回人",
    Side.LOOK_BACK: "查看人",
}
_WAITING = {
    Step.ASSESS: Status.TO_ASSESS,
    Step.REPORT: Status.TO_REPORT,
    Step.WATCH: Status.TO_WATCH,
    Step.ACCEPT: Status.TO_ACCEPT,
    Step.CLOSE: Status.TO_CLOSE,
}


@dataclass(frozen=True)
class Plan:
    """What is to be done about a hazard: nobody sets to work without all three."""

    measures: str | None
    owner: str | None
    due_on: date | None

    def missing(self) -> list[str]:
        """Return the blanks of the plan that are still empty, by their labels."""
        blanks = (("整改措施", self.measures), ("责任人", self.owner), ("整改时限", self.due_on))
        return [name for name, value in blanks if not value]


@dataclass(frozen=True)
class Standing:
    """Where a hazard stands: ``step`` is the one that waits, None once it is closed.

    ``last_on`` is the day of the newest signature, None where none was ever given (旧账).
    """

    step: Step | None
    grade: str
    plan: Plan
    found_on: date
    last_on: date | None = None
    is_shelved: bool = False


@dataclass(frozen=True)
class Signature:
    """One step as somebody wants to sign it; ``skipped`` says 无需."""

    step: Step
    by: str
    on: date
    words: str = ""
    skipped: bool = False
    verdict: Verdict | None = None


def due_on(grade: str, found_on: date, days: Mapping[str, int] = DAYS_TO_FIX) -> date:
    """Return the last day a hazard may stay open, where nobody has set another.

    Counted in calendar days from the day it was found, holidays included: a hazard does not
    rest at weekends. 一般 15, 较大 7 and 重大 3 days are defaults the school can change, no
    regulation names them; a grade of the school's own counts as 一般.

    >>> due_on(Grade.MAJOR, date(2026, 3, 30))
    datetime.date(2026, 4, 2)
    """
    return found_on + timedelta(days=days.get(grade, days[Grade.GENERAL]))


def is_overdue(due: date | None, today: date) -> bool:
    """Say whether unfinished work is past its last day; the last day itself is not late."""
    return due is not None and today > due


def is_soon(due: date | None, today: date, days: int = SOON_DAYS) -> bool:
    """Say whether the last day is today or at most ``days`` away."""
    return due is not None and today <= due <= today + timedelta(days=days)


def status(
    step: Step | None,
    plan: Plan,
    today: date,
    *,
    is_old: bool = False,
    aside: Status | None = None,
) -> Status:
    """Say how a hazard stands; work that only waits for its inspection is no longer late.

    ``aside`` is 挂账 or 退回. What is 挂账 waits for its day to be looked at, not for its due day.
    """
    if step not in (None, Step.ACCEPT, Step.CLOSE) and aside is not Status.SHELVED:
        if is_overdue(plan.due_on, today):
            return Status.LATE
        if is_soon(plan.due_on, today):
            return Status.SOON
    return progress(step, plan, is_old=is_old, aside=aside)


def progress(
    step: Step | None, plan: Plan, *, is_old: bool = False, aside: Status | None = None
) -> Status:
    """Say how far a hazard has come, whatever day it is.

    A hazard from the old ledger (``is_old``) is under way even where its plan was never written.
    """
    if step is None:
        return Status.CLOSED
    if aside is not None:
        return aside
    if step is Step.TREAT:
        return Status.TO_PLAN if plan.missing() and not is_old else Status.IN_WORK
    return _WAITING[step]


def after(signature: Signature) -> Step | None:
    """Return the step that waits once this one is signed; work that failed is done again."""
    if signature.verdict is Verdict.FAILED:
        return Step.TREAT
    place = STEPS.index(signature.step) + 1
    return STEPS[place] if place < len(STEPS) else None


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
    elif signature.skipped and standing.grade != Grade.GENERAL:
        faults.append(f"只有一般隐患的“{signature.step}”可以写“无需”，这条是{standing.grade}隐患")
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
    grades: Iterable[str] = tuple(Grade),
) -> None:
    """Go on only if a hazard can have been found and be due as these ``values`` say.

    ``needed`` are the keys that must be said, ``grades`` the words a grade may be.

    Raises:
        UserError: something needed is missing, the grade is none of ours, it was found in the
            future, or it is due before it was found; all faults are named at once.

    """
    faults = [f"“{NEEDED[key]}”没有填" for key in needed if not values.get(key)]
    found, due, grade = values.get("found_on"), values.get("due_on"), values.get("grade")
    if grade and grade not in grades:
        faults.append(f"“隐患等级”只能填：{'、'.join(Grade)}")
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


def years(found_on: date, ended_on: date | None, this_year: int) -> range:
    """Return the years whose ledger a hazard stands in; an open one is carried over each January.

    ``ended_on`` is the day it was closed, or ``this_year`` counts for one that is still open.

    >>> list(years(date(2025, 12, 1), None, 2026))
    [2025, 2026]
    """
    return _from_to(found_on.year, ended_on.year if ended_on else this_year)


@lru_cache(maxsize=256)
def _from_to(first: int, last: int) -> range:
    return range(first, max(first, last) + 1)


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
