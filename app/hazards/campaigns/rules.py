"""The rules of campaigns, on plain values: where a campaign stands, which days contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

VOID_REASONS = ("重复登记", "登记有误", "上级取消了")
END_REASONS = ("上级通知提前结束", "任务全部完成", "并入另一次行动")
REOPEN_REASONS = ("上级通知延长", "还有任务没有完成", "结束得早了")


class State(StrEnum):
    """How a campaign stands today."""

    RUNNING = "进行中"
    AHEAD = "未开始"
    OVER = "已结束"


@dataclass(frozen=True)
class Span:
    """The days of one phase, and the day by which something is to be handed in."""

    name: str
    starts_on: date
    ends_on: date
    report_on: date | None = None
    report_counts: bool = False


def state(starts_on: date, ends_on: date, today: date, ended_on: date | None = None) -> State:
    """Say how a campaign stands; its last day still belongs to it, unless it ended early.

    >>> state(date(2026, 9, 10), date(2026, 11, 10), date(2026, 11, 10)).value
    '进行中'
    """
    if ended_on is not None and today >= ended_on:
        return State.OVER
    if today < starts_on:
        return State.AHEAD
    return State.RUNNING if today <= max(starts_on, ends_on) else State.OVER


def last_day_to_report(report_on: date | None, *, counts: bool) -> date | None:
    """Return the last day in time: “9月21日前” means the 20th unless the 21st itself counts."""
    if report_on is None or counts:
        return report_on
    return report_on - timedelta(days=1)


def doubts(starts_on: date | None, ends_on: date | None, phases: Sequence[Span]) -> list[str]:
    """Return the days that contradict each other, as sentences; none of them stops a save."""
    found = []
    if starts_on and ends_on and ends_on < starts_on:
        found.append(f"总期限的结束日期{said(ends_on)}早于开始日期{said(starts_on)}。")
    for phase in phases:
        found += _within_itself(phase)
        if starts_on and ends_on and starts_on <= ends_on:
            found += _outside(phase, starts_on, ends_on)
    found += _between(phases)
    if phases and starts_on and ends_on and not any("总期限" in text for text in found):
        found += _whole(starts_on, ends_on, phases)
    return found


def said(day: date) -> str:
    """Say a day briefly.

    >>> said(date(2026, 9, 1))
    '9月1日'
    """
    return f"{day.month}月{day.day}日"


def _within_itself(phase: Span) -> list[str]:
    if phase.ends_on < phase.starts_on:
        return [f"“{phase.name}”的结束日期早于开始日期。"]
    if phase.report_on is None or phase.report_on == phase.ends_on:
        return []
    last = last_day_to_report(phase.report_on, counts=phase.report_counts)
    before = "" if phase.report_counts or last is None else f"前（最迟{said(last)}）"
    return [
        f"“{phase.name}”的最后一天是{said(phase.ends_on)}，"
        f"报送日写的是{said(phase.report_on)}{before}，两个日子不一样。"
    ]


def _outside(phase: Span, starts_on: date, ends_on: date) -> list[str]:
    if phase.starts_on < starts_on or phase.ends_on > ends_on:
        return [
            f"“{phase.name}”不全在总期限{said(starts_on)}至{said(ends_on)}以内。",
        ]
    return []


def _between(phases: Sequence[Span]) -> list[str]:
    found = []
    inorder = sorted(phases, key=lambda phase: (phase.starts_on, phase.ends_on))
    for one, other in pairwise(inorder):
        if other.starts_on <= one.ends_on:
            found.append(f"“{one.name}”和“{other.name}”的日期有重叠。")
        elif (other.starts_on - one.ends_on).days > 1:
            found.append(f"“{one.name}”和“{other.name}”之间空了几天。")
    return found


def _whole(starts_on: date, ends_on: date, phases: Sequence[Span]) -> list[str]:
    first = min(phase.starts_on for phase in phases)
    last = max(phase.ends_on for phase in phases)
    if (first, last) == (starts_on, ends_on):
        return []
    return [
        f"各阶段合起来是{said(first)}至{said(last)}，"
        f"和总期限{said(starts_on)}至{said(ends_on)}不一致。"
    ]
