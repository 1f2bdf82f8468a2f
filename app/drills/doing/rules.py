"""Rules of doing a drill: times, counts, routes that clash, what a record cannot do without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from app.core.errors import UserError

# 教基一厅〔2014〕2号《中小学幼儿园应急疏散演练指南》: up to four floors, in principle two minutes.
TARGET_SECONDS = 120
# Ours, no regulation says it: a drill entered later than this is 补录 and says why.
LATE_DAYS = 7
LONGEST = timedelta(hours=2)  # ours: a stopwatch that runs longer was most likely left running


class Node(StrEnum):
    """The moments of a drill, in their order; counted in seconds from the signal."""

    SIGNAL = "信号"
    COVER = "避险"
    LEAVE = "开始疏散"
    OUT = "最后一人出楼"
    COUNTED = "清点完毕"


PROCESS = ("迅速准确", "基本按时", "个别不到位", "重点部位不到位")
GOODS = ("全部到位", "基本到位", "不足")
SKILL = ("熟练", "基本熟练", "不熟练")
FITNESS = ("能执行", "不够顺利", "明显不适宜")
FULLNESS = ("满足", "基本满足需完善", "不充分须修改")
VERDICTS = ("优", "良", "合格", "不合格")
TOLD = ("师生", "家长", "上级", "社区和单位")
# The five elements (五要素) and the facts of a record that speak for each.
ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "专业指导": ("experts",),
    "演练预案": ("plan_uid",),
    "过程检查": ("process",),
    "事后总结": ("summary", "verdict"),
    "信息反馈": ("feedback",),
}


class Route(NamedTuple):
    """How one class leaves: from which room, by which door and stair, in which turn, to where."""

    class_uid: str | None
    unit: str
    due: int | None = None
    building: str = ""
    floor: str = ""
    door: str = ""
    stair: str = ""
    turn: int | None = None
    spot: str = ""


@dataclass(frozen=True)
class Count:
    """What one class reported; ``seconds`` are from the signal to its report."""

    unit: str
    class_uid: str | None = None
    building: str = ""
    due: int | None = None
    there: int | None = None
    absent: str = ""
    seconds: int | None = None
    by: str = ""


class Totals(NamedTuple):
    """What the counts of all classes come to."""

    due: int
    there: int
    seconds: int | None


def read_seconds(text: str) -> int:
    """Read how long something took: 95, 95秒, 1:35, 1分35秒, 135 (1分35秒), 2分.

    One or two figures are seconds, three or four are minutes and seconds as a stopwatch shows them.

    Raises:
        ValueError: it is no such time.

    >>> read_seconds("152"), read_seconds("95"), read_seconds("2分")
    (112, 95, 120)

    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if plain.endswith("秒") and plain[:-1].isascii() and plain[:-1].isdigit():
        return int(plain[:-1])
    if re.fullmatch(r"\d{1,2}", plain, re.ASCII):
        return int(plain)
    parts = re.fullmatch(r"(\d{1,3})(?:[:.分'](\d{1,2})?[秒\"]?)", plain, re.ASCII)
    parts = parts or re.fullmatch(r"(\d{1,2})(\d\d)", plain, re.ASCII)
    if parts is None or int(parts[2] or 0) > 59:
        raise ValueError(text)
    return int(parts[1]) * 60 + int(parts[2] or 0)


def clock(seconds: int | None) -> str:
    """Write seconds as a stopwatch does: 1:52."""
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02}"


def said(seconds: int | None) -> str:
    """Write seconds as people say them: 1分52秒, 48秒, 2分钟."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest:02}秒" if rest else f"{minutes}分钟"


def evacuation(nodes: Mapping[str, int]) -> int | None:
    """Return how long the leaving took: from its start to the last one out of the building.

    The start is the signal to leave, where it is known apart from the first signal; where nobody
    noted the last one out, the end of the counting stands for it.

    >>> evacuation({"开始疏散": 60, "最后一人出楼": 168, "清点完毕": 200})
    108
    """
    end = nodes.get(Node.OUT, nodes.get(Node.COUNTED))
    return None if end is None else max(0, end - nodes.get(Node.LEAVE, 0))


def check_nodes(nodes: Mapping[str, int]) -> None:
    """Raise UserError if the moments are not in their order."""
    known = [(node, nodes[node]) for node in Node if node in nodes]
    for (early, first), (late, second) in pairwise(known):
        if second < first:
            raise UserError(
                f"“{late}”（{clock(second)}）比“{early}”（{clock(first)}）还早。",
                do="请看看两个时间是不是写反了。",
            )


def check_counts(counts: Sequence[Count], rolls: Mapping[str, int] | None = None) -> None:
    """Raise UserError naming every class whose numbers cannot be.

    ``rolls`` are how many pupils are on the roll of each class, by its uid; of a class nobody is
    on the roll of, nothing is known.
    """
    wrong = []
    for one in counts:
        roll = (rolls or {}).get(one.class_uid or "")
        if one.there is not None and one.due is None:
            wrong.append(f"“{one.unit}”没有写应到人数")
        elif (one.there or 0) > (one.due or 0):
            wrong.append(f"“{one.unit}”实到{one.there}人，比应到{one.due}人多")
        elif roll and (one.due or 0) > roll:
            wrong.append(f"“{one.unit}”名册上{roll}人，应到不能写{one.due}人")
    if wrong:
        raise UserError(
            "；".join(wrong) + "。",
            safe="填写的内容都还在，没有保存。",
            do="请改好再保存；新来的学生，先在名册里补上。",
        )


def total(counts: Iterable[Count]) -> Totals:
    """Add up what the classes reported; the last report is when all were counted."""
    known = [one for one in counts if one.there is not None]
    last = [one.seconds for one in known if one.seconds is not None]
    return Totals(
        sum(one.due or 0 for one in known),
        sum(one.there or 0 for one in known),
        max(last) if last and len(last) == len(known) else None,
    )


def by_building(counts: Iterable[Count]) -> list[tuple[str, int, int, int | None]]:
    """Return for each building how many should have come, how many did, and the last report."""
    groups: dict[str, list[Count]] = {}
    for one in counts:
        groups.setdefault(one.building, []).append(one)
    return [(name, *total(found)) for name, found in groups.items()]


def clashes(routes: Sequence[Route]) -> list[str]:
    """Say which two classes would meet: at one stair in the same turn, or on one spot."""
    found = []
    for one, other in combinations(routes, 2):
        where = (one.building, one.stair)
        if (
            one.stair
            and one.turn
            and (*where, one.turn)
            == (
                other.building,
                other.stair,
                other.turn,
            )
        ):
            place = f"{one.building}{one.stair}"
            found.append(f"{one.unit}和{other.unit}都在{place}第{one.turn}个走")
        if one.spot and one.spot == other.spot:
            found.append(f"{one.unit}和{other.unit}的集合点位都是{one.spot}")
    return found


def missing_elements(facts: Mapping[str, Any]) -> list[str]:
    """Return which of the five elements nothing was said of yet."""
    return [
        name
        for name, keys in ELEMENTS.items()
        if not all(facts.get(key) not in (None, "", []) for key in keys)
    ]


def is_late_entry(done_on: date, entered_on: date) -> bool:
    """Say whether a drill comes in so late that somebody has to say why (补录)."""
    return (entered_on - done_on).days > LATE_DAYS


def check_held(done_on: date, today: date, late_reason: str | None) -> None:
    """Raise UserError if the day has not come, or a late entry does not say why."""
    if done_on > today:
        raise UserError(
            "“演练日期”还没有到，不能登记成已经做完。",
            safe="填写的内容都还在，没有保存。",
            do="请改成今天或以前的一天；还没有做的，请用“排一次演练”。",
        )
    if is_late_entry(done_on, today) and not (late_reason or "").strip():
        raise UserError(
            f"这次演练过去{(today - done_on).days}天了，要写“补录原因”。",
            safe="填写的内容都还在，没有保存；登记的时间照实记下。",
            do="请写一句为什么现在才登记，再保存。",
        )


def check_hours(started_at: datetime | None, ended_at: datetime | None) -> None:
    """Raise UserError if a drill ends before it begins."""
    if started_at and ended_at and ended_at < started_at:
        raise UserError(
            "“结束时刻”比“开始时刻”早。",
            safe="填写的内容都还在，没有保存。",
            do="请看看两个时间是不是写反了；夜里跨过零点的，结束时刻照实写，会算到第二天。",
        )
