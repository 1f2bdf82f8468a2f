"""What a town may say to a line a school handed in, and what it must say with it (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import UserError

LONGEST_VERDICT = 8  # characters of what a newer town may call a verdict
DAYS_TO_PUT_RIGHT = 7  # a default: by when a returned line is put right


class Verdict(StrEnum):
    """What the town says; a line it says nothing to was received."""

    RECEIVED = "已收"
    RETURNED = "退回"
    SUPERVISED = "督办"


def unknown(verdicts: Iterable[str]) -> list[str]:
    """Return which of these words this version has no meaning for; they are shown as they are."""
    return sorted(set(verdicts) - set(Verdict))


# Offered beside the blank; any other words do as well.
REASONS = {
    Verdict.RECEIVED: ("收到，继续按时限整改。",),
    Verdict.RETURNED: (
        "隐患写得不清楚，请写明具体部位和情况。",
        "没有整改措施，请补上。",
        "等级定低了，请重新定级。",
        "整改时限太长，请重新定。",
    ),
    Verdict.SUPERVISED: (
        "请立即采取临时防控措施，并按时限整改到位。",
        "已经逾期，请说明原因并尽快整改。",
        "请校长包保，整改完成后报照片。",
    ),
}
REPORT_REASONS = (
    "数字和台账对不上，请核对后再报。",
    "写得太简单，请写清楚做了什么。",
    "没有领导签字，请签好再报。",
    "缺附件，请补上再报。",
)


def check(verdict: Verdict, words: str, due_on: date | None, today: date) -> None:
    """Go on only if a school could act on what is said.

    Raises:
        UserError: the reason or the day is missing, or the day is past.

    """
    if verdict is not Verdict.RECEIVED and not words.strip():
        what = "退回的原因" if verdict is Verdict.RETURNED else "督办的要求"
        raise UserError(f"{what}没有写。", safe="没有保存。", do="请写一句学校看得懂的话。")
    if verdict is Verdict.SUPERVISED and due_on is None:
        raise UserError("督办没有写时限。", safe="没有保存。", do="请填最迟哪一天办好。")
    if due_on is not None and due_on < today:
        raise UserError("时限已经过去了。", safe="没有保存。", do="请填今天或以后的日子。")


def due_of(verdict: str, due_on: date | None, made_on: date) -> date | None:
    """Return by when a school acts; what was merely received asks for nothing."""
    if verdict == Verdict.RECEIVED:
        return None
    return due_on or made_on + timedelta(days=DAYS_TO_PUT_RIGHT)
