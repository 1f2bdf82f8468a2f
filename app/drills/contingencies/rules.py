"""What a contingency plan must say, which version holds, and when it is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.errors import UserError
from app.drills.rules import Kind

REVIEW_YEARS = (
    3  # 应急预案管理办法 asks to assess a plan every three years; the school may change it
)
MOST_REVIEW_YEARS = 10
WHOLE = "总体预案"
KINDS = (
    WHOLE,
    *(str(kind) for kind in Kind),
    "学生欺凌和伤害",
    "走失和离校出走",
    "心理危机干预",
    "食品安全",
    "实验室安全",
    "大型活动",
    "舆情",
    "停电停水停气",
)
NEEDED_KINDS = (WHOLE, "地震", "火灾", "食物中毒", "防踩踏", "传染病")  # what every school has
_LABELS = {
    "kind": "类型", "title": "预案名称", "version": "版本", "revised_on": "修订日期",
}  # fmt: skip


class Standing(StrEnum):
    """How a version stands on a day."""

    CURRENT = "现行"
    DUE = "该修订"
    OLD = "旧版"
    ENDED = "已停用"


def review_on(revised_on: date, years: int) -> date:
    """Return the last day by which a version is to be looked at again.

    >>> review_on(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    try:
        return revised_on.replace(year=revised_on.year + years)
    except ValueError:
        return revised_on.replace(year=revised_on.year + years, day=28)


def standing_of(
    *, is_newest: bool, ended_on: date | None, revised_on: date, years: int, today: date
) -> Standing:
    """Return how a version stands; the day of review itself is still in time."""
    if ended_on:
        return Standing.ENDED
    if not is_newest:
        return Standing.OLD
    return Standing.DUE if review_on(revised_on, years) < today else Standing.CURRENT


def missing(kinds: Iterable[str], needed: Iterable[str] = NEEDED_KINDS) -> list[str]:
    """Return the kinds a school should have a plan for and has none."""
    have = set(kinds)
    return [kind for kind in needed if kind not in have]


def check(said: Mapping[str, Any], today: date) -> None:
    """Raise UserError naming what a version lacks, or what cannot be."""
    faults = [f"“{label}”没有填" for key, label in _LABELS.items() if not said.get(key)]
    if said.get("kind") and said["kind"] not in KINDS:
        faults.append(f"“类型”里没有“{said['kind']}”，请从列表里选")
    if said.get("revised_on") and said["revised_on"] > today:
        faults.append("“修订日期”不能晚于今天")
    if not said.get("kept_at") and not said.get("file"):
        faults.append("要么写“正文放在哪里”，要么附上正文的PDF")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def check_follows(revised_on: date, last: date) -> None:
    """Raise UserError where a new version would be older than the one it follows."""
    if revised_on < last:
        raise UserError(
            f"“修订日期”早于上一版的{last.year}年{last.month}月{last.day}日。",
            safe="没有保存。",
            do="请改日期；补登更早的版本，请先作废登错的那一版。",
        )


def check_years(years: int) -> None:
    """Raise UserError unless a plan could be looked at again after so many years."""
    if not 1 <= years <= MOST_REVIEW_YEARS:
        raise UserError(
            f"几年评估一次要在1到{MOST_REVIEW_YEARS}之间，现在写的是{years}。", do="请改好再保存。"
        )
