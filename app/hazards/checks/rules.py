"""The rules of a check, on plain values: the marks, the kinds, what an entry must say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypedDict

from app.core.errors import UserError


class Mark(StrEnum):
    """What stands behind a point once somebody has looked."""

    FINE = "√"
    FAULT = "×"
    NOT_HERE = "/"


class Kind(StrEnum):
    """On what occasion a check was walked (检查类型)."""

    DAY = "日"
    WEEK = "周"
    MONTH = "月"
    TERM = "学期"
    HOLIDAY = "节前"
    SPECIAL = "专项"


class Fault(TypedDict, total=False):
    """What was wrong at a point; the grade is 一般 where nothing is said."""

    what: str
    place: str
    grade: str
    owner: str | None
    photos: list[str] | None


# What stands on paper or is pressed on the keys, and which mark is meant.
MARKS: Mapping[str, Mark] = {
    "√": Mark.FINE,
    "✓": Mark.FINE,
    "✔": Mark.FINE,
    "1": Mark.FINE,
    "×": Mark.FAULT,
    "✗": Mark.FAULT,
    "✘": Mark.FAULT,
    "x": Mark.FAULT,
    "X": Mark.FAULT,
    "2": Mark.FAULT,
    "/": Mark.NOT_HERE,
    "／": Mark.NOT_HERE,
    "3": Mark.NOT_HERE,
}
WEATHERS = ("晴", "多云", "阴", "雨", "雷雨", "雪", "雾", "大风")
# Where the ledger says a hazard of such a check came from.
SOURCES: Mapping[str, str] = {
    Kind.DAY: "学校自查（日）",
    Kind.WEEK: "学校自查（周）",
    Kind.MONTH: "学校自查（月）",
    Kind.TERM: "学校自查（学期）",
    Kind.HOLIDAY: "节前检查",
    Kind.SPECIAL: "专项行动",
}
_NAMED_AT_ONCE = 5
_FIX = "请照纸上的检查表补好再保存。"


def read_marks(said: Mapping[str, str], points: Sequence[str]) -> dict[str, Mark]:
    """Return the mark of every point, in the order of the sheet.

    Raises:
        UserError: a point is not on the sheet, has no mark, or one that means nothing.

    """
    if strange := [key for key in said if key not in points]:
        raise UserError(f"这张检查表里没有“{strange[0]}”这一条。", do="请照检查表的条目填写。")
    if wrong := [key for key in said if said[key] not in MARKS]:
        raise UserError(
            f"第{points.index(wrong[0]) + 1}条的结果写了“{said[wrong[0]]}”，看不懂。",
            do="结果只有三种：√（正常）、×（有问题）、/（不涉及）。",
        )
    if empty := [number for number, key in enumerate(points, start=1) if key not in said]:
        named = "、".join(map(str, empty[:_NAMED_AT_ONCE]))
        more = f"等{len(empty)}条" if len(empty) > _NAMED_AT_ONCE else "条"
        raise UserError(f"第{named}{more}还没有结果。", do="没有查到的也请写明：不涉及的填“/”。")
    return {key: MARKS[said[key]] for key in points}


def read_recheck(
    said: Mapping[str, str], left: Sequence[str], points: Sequence[str]
) -> dict[str, Mark]:
    """Return the marks of a second walk in the order of the sheet; points may be left out.

    ``left`` are the faults nobody has found put right yet, ``points`` all points of the sheet.

    Raises:
        UserError: a mark means nothing, stands at no open fault, or there is none at all.

    """
    number = {key: place for place, key in enumerate(points, start=1)}
    for key, mark in said.items():
        where = f"第{number[key]}条" if key in number else f"“{key}”"
        if key not in left:
            raise UserError(
                f"{where}初检没有打×，或者复检已经改好，不用再复检。",
                safe="什么都没有录入。",
                do="请只填初检打×、还没有改好的条目。",
            )
        if MARKS.get(mark) not in (Mark.FINE, Mark.FAULT):
            raise UserError(
                f"{where}的复检写了“{mark}”，看不懂。",
                do="复检只有两种：√（已改好）、×（没有改好）。",
            )
    if not said:
        raise UserError("复检一条也没有填。", do="请至少填一条，没有看的空着。")
    return {key: MARKS[said[key]] for key in left if key in said}


def check_recheck(*, on: date, by: str, last_on: date, today: date) -> None:
    """Go on only if it is said who walked again, on a day that can be.

    Raises:
        UserError: nobody is named, or the day is to come or before the walk it follows.

    """
    faults = [] if by.strip() else ["“复检人员”没有填"]
    if on > today:
        faults.append("“复检日期”不能晚于今天")
    if on < last_on:
        faults.append(f"“复检日期”不能早于上一次的{last_on.month}月{last_on.day}日")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def check_head(*, checked_on: date, kind: str, leader: str, inspectors: str, today: date) -> None:
    """Go on only if it is said when a check was, of what kind, and who walked it.

    Raises:
        UserError: something is missing, or the day is still to come.

    """
    faults = [] if kind in list(Kind) else [f"“检查类型”只能填：{'、'.join(Kind)}"]
    if checked_on > today:
        faults.append("“检查日期”不能晚于今天")
    blanks = (("带队领导", leader), ("检查人员", inspectors))
    faults += [f"“{name}”没有填" for name, value in blanks if not value.strip()]
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def check_faults(marks: Mapping[str, Mark], faults: Mapping[str, Fault]) -> None:
    """Go on only if every × says what is wrong and where, and nothing else does.

    Raises:
        UserError: a fault says too little, or belongs to a point that is in order.

    """
    numbers = {key: number for number, key in enumerate(marks, start=1)}
    for key in faults:
        if marks.get(key) is not Mark.FAULT:
            where = f"第{numbers[key]}条" if key in numbers else f"“{key}”"
            raise UserError(f"{where}没有打×，却写了问题。", do="请改结果，或者删掉那个问题。")
    for key, mark in marks.items():
        if mark is not Mark.FAULT:
            continue
        said = faults.get(key) or {}
        blanks = (("问题", said.get("what")), ("部位", said.get("place")))
        if missing := [name for name, value in blanks if not (value or "").strip()]:
            raise UserError(f"第{numbers[key]}条打了×，没有写{'和'.join(missing)}。", do=_FIX)
