"""The rules of a notice and its reply slip, on plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.core.errors import UserError


class Standing(StrEnum):
    """How far a notice has come, in one word; what was not answered in time is 逾期."""

    LATE = "逾期"
    SENT = "已发"
    RECEIVED = "已签收"
    REPLIED = "已回执"


class Reply(NamedTuple):
    """What the slip says of one hazard."""

    words: str
    finished_on: date | None = None


class Problem(NamedTuple):
    """One hazard a notice names, and what was answered about it so far."""

    uid: str
    number: str
    place: str
    what: str
    reply: str | None
    finished_on: date | None


def standing(
    received_on: date | None, replied_on: date | None, due_on: date, today: date
) -> Standing:
    """Say how far a notice has come; the last day itself is not late.

    >>> standing(None, None, date(2026, 4, 4), date(2026, 4, 5))
    <Standing.LATE: '逾期'>
    """
    if replied_on:
        return Standing.REPLIED
    if today > due_on:
        return Standing.LATE
    return Standing.RECEIVED if received_on else Standing.SENT


def check_replies(
    problems: Sequence[Problem],
    replies: Mapping[str, Reply],
    *,
    on: date,
    issued_on: date,
    today: date,
) -> None:
    """Go on only if every hazard of the notice is answered and every day can be.

    Raises:
        UserError: one is left out, or a day cannot be; all faults are named at once.

    """
    faults = day_faults("交回日期", on, issued_on, today)
    for problem in problems:
        reply = replies.get(problem.uid, Reply(""))
        if not reply.words.strip():
            faults.append(f"{problem.number}的“整改情况”没有填")
        if reply.finished_on and reply.finished_on > today:
            faults.append(f"{problem.number}的“完成日期”不能晚于今天")
        elif reply.finished_on and reply.finished_on > on:
            faults.append(f"{problem.number}的“完成日期”晚于交回日期")
    if set(replies) - {problem.uid for problem in problems}:
        faults.append("回执里有这张通知书上没有的隐患")
    if faults:
        raise UserError(
            "；".join(faults) + "。",
            safe="这张回执一条也没有登记。",
            do="请照回执填好再保存。",
        )


def day_faults(label: str, day: date, issued_on: date, today: date) -> list[str]:
    """Return what is wrong with a day on which a notice was signed for or came back."""
    if day > today:
        return [f"“{label}”不能晚于今天"]
    if day < issued_on:
        said = f"{issued_on.year}年{issued_on.month}月{issued_on.day}日"
        return [f"“{label}”早于签发日期{said}"]
    return []


def told(problems: Sequence[Problem], replies: Mapping[str, Reply]) -> str:
    """Return the replies as the one box of the slip shows them, a line a hazard."""
    if len(problems) == 1:
        return replies[problems[0].uid].words.strip()
    return "\n".join(f"{one.number}：{replies[one.uid].words.strip()}" for one in problems)
