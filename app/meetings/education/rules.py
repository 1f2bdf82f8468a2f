"""What a piece of education must say, and what all of them add up to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from app.core.errors import UserError
from app.meetings.rules import is_late_entry, late_words

TRAINING = "培训"
KINDS = (
    "班会", "安全课", "讲座", "升旗讲话", "主题日", "专题教育", TRAINING, "竞赛", "体验",
    "宣传栏", "家长会",
)  # fmt: skip
THEMES = (
    "防溺水", "交通", "消防", "食品", "防震", "防汛防雷", "防踩踏", "防欺凌", "防性侵", "防暴力",
    "防盗防诈骗防传销", "禁毒", "心理", "用电用气", "禁燃放", "森林防火", "网络沉迷", "校园贷",
    "传染病", "法治", "国家安全", "急救",
)  # fmt: skip
PUPILS, STAFF = "学生", "教职工"
WEEKEND = "周末"  # a reminder before a weekend is none before a holiday
HOLIDAYS = ("元旦", "寒假", "清明", "劳动节", "端午", "暑假", "中秋", "国庆", WEEKEND)
AUDIENCES = (PUPILS, STAFF, "新教师", "班主任", "安全干部", "保安", "食堂人员", "家长")
LEVELS = ("国家级", "省级", "市级", "县级", "校级")
MOST_HOURS = 200
MOST_HEADS = 100_000
_NEEDED = {
    "kind": "类型", "held_on": "日期", "themes": "主题", "audiences": "对象", "heads": "人数",
    "speaker": "主讲",
}  # fmt: skip
_LISTS = {"themes": ("主题", THEMES), "audiences": ("对象", AUDIENCES)}


class Given(Protocol):
    """What is asked of a piece of education to add it up."""

    kind: Any
    themes: Any
    audiences: Any
    heads: Any
    hours: Any
    staff: Any


class Total(NamedTuple):
    """What one audience was given: times, heads, lessons times heads, and lessons a person.

    ``each`` is None where nobody knows how many there are of this audience.
    """

    audience: str
    times: int
    heads: int
    lessons: Decimal
    each: Decimal | None
    among: int | None


def check_education(said: Mapping[str, Any], today: date, entered_on: date) -> None:
    """Raise UserError naming what a piece of education lacks, or what cannot be.

    ``entered_on`` is the day it was first written down, which says whether it was late.
    """
    faults = [f"“{label}”没有填" for key, label in _NEEDED.items() if not said.get(key)]
    faults += [*_strange_words(said), *_strange_numbers(said)]
    held_on = said.get("held_on")
    if held_on and held_on > today:
        faults.append("“日期”不能晚于今天")
    if said.get("kind") == TRAINING:
        labels = {"hours": "学时", "level": "级别"}
        faults += [f"培训要填“{word}”" for key, word in labels.items() if not said.get(key)]
    if held_on and is_late_entry(held_on, entered_on) and not said.get("late_reason"):
        faults.append(late_words("教育", held_on, entered_on))
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def totals(
    given: Sequence[Given], numbers: Mapping[str, int], audiences: Iterable[str] = AUDIENCES
) -> list[Total]:
    """Add up what each audience was given; ``numbers`` say how many there are of some of them.

    Of an audience nobody has counted, those named in the records are counted. One who was there
    together with others counts once in each of their lines, never more than there are.
    """
    return [_total(one, given, numbers) for one in audiences]


def themes_of(given: Iterable[Given]) -> dict[str, int]:
    """Return how often each theme was treated, also those that never were."""
    found = dict.fromkeys(THEMES, 0)
    for one in given:
        for theme in one.themes:
            found[theme] = found.get(theme, 0) + 1
    return found


def hours_of(given: Iterable[Given], names: Iterable[str]) -> dict[str, tuple[int, Decimal]]:
    """Return how many trainings each person had, and how many lessons, those with none too."""
    found = {name: (0, Decimal(0)) for name in names}
    for one in given:
        if one.kind != TRAINING:
            continue
        for name in one.staff or ():
            times, hours = found.get(name, (0, Decimal(0)))
            found[name] = times + 1, hours + (one.hours or Decimal(0))
    return found


def _total(audience: str, given: Sequence[Given], numbers: Mapping[str, int]) -> Total:
    mine = [one for one in given if audience in one.audiences]
    named = {name for one in mine for name in one.staff or ()}
    among = numbers.get(audience) or (len(named) if audience != PUPILS else 0) or None
    lessons = Decimal(0)
    for one in mine:
        heads = one.heads
        if audience not in (PUPILS, "家长") and one.staff:
            heads = len(one.staff)
        if among is not None:
            heads = min(heads, among)
        lessons += heads * (one.hours or Decimal(0))
    each = (lessons / among).quantize(Decimal("0.1")) if among else None
    heads = sum(one.heads for one in mine)
    return Total(audience, len(mine), heads, lessons.quantize(Decimal("0.1")), each, among)


def _strange_words(said: Mapping[str, Any]) -> list[str]:
    faults = [
        f"“{label}”只能填：{'、'.join(known)}"
        for key, (label, known) in _LISTS.items()
        if not set(said.get(key) or ()) <= set(known)
    ]
    for key, label, known in (("kind", "类型", KINDS), ("level", "级别", LEVELS)):
        if said.get(key) and said[key] not in known:
            faults.append(f"“{label}”只能填：{'、'.join(known)}")
    return faults


def _strange_numbers(said: Mapping[str, Any]) -> list[str]:
    faults = []
    heads, hours = said.get("heads"), said.get("hours")
    if heads is not None and not 0 < heads <= MOST_HEADS:
        faults.append(f"“人数”要在1到{MOST_HEADS}之间")
    if hours is not None and not 0 < hours <= MOST_HOURS:
        faults.append(f"“学时”要大于0，最多{MOST_HOURS}")
    named: Collection[str] = said.get("staff") or ()
    if heads and len(named) > heads:
        faults.append(f"“人数”是{heads}，可是点了{len(named)}个人的名")
    return faults
