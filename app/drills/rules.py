"""Rules of drills: their kinds and words, how one stands, what must be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from app.core.errors import UserError


class Kind(StrEnum):
    """What is practised (演练类型)."""

    QUAKE = "地震"
    FIRE = "火灾"
    VIOLENCE = "防暴"
    CRUSH = "防踩踏"
    BUS = "校车"
    MUDSLIDE = "泥石流"
    FLOOD = "防汛"
    POISON = "食物中毒"
    DISEASE = "传染病"
    CHEMICALS = "危化品"
    WEATHER = "气象灾害"
    CROWD = "群体性事件"
    DROWNING = "防溺水"
    NIGHT = "夜间疏散"
    OTHER = "其他"


TITLES: dict[Kind, str] = {
    Kind.QUAKE: "地震避险与疏散",
    Kind.FIRE: "火灾逃生与疏散",
    Kind.VIOLENCE: "防暴力侵害",
    Kind.CRUSH: "楼道防踩踏疏散",
    Kind.BUS: "校车逃生",
    Kind.MUDSLIDE: "泥石流滑坡避险撤离",
    Kind.FLOOD: "防汛避险转移",
    Kind.POISON: "食物中毒处置",
    Kind.DISEASE: "传染病处置",
    Kind.CHEMICALS: "危化品泄漏处置",
    Kind.WEATHER: "雷电大风避险",
    Kind.CROWD: "群体性事件处置",
    Kind.DROWNING: "防溺水施救",
    Kind.NIGHT: "宿舍夜间疏散",
    Kind.OTHER: "应急演练",
}
WAYS = ("预定", "突发")
MANNERS = ("实操", "桌面")
SCHOOL, UPPER, KINDERGARTEN = "全校", "中小学", "幼儿园"  # UPPER: all but the kindergarten
# A month with fewer school days asks for no drill; a default the school's rules can change.
LEAST_DAYS = 5
BOARDERS, RIDERS, STAFF = "住校生", "乘车生", "教职工"
SCOPES = (SCHOOL, UPPER, KINDERGARTEN, BOARDERS, RIDERS, STAFF)


class State(StrEnum):
    """How a drill stands; 未安排 is a month that asks for one and has none."""

    OPEN = "未安排"
    PLANNED = "已安排"
    LATE = "逾期"
    DONE = "已完成"


def stands(planned_on: date, done_on: date | None, today: date) -> State:
    """Say how a drill stands; on the planned day itself it is not late."""
    if done_on is not None:
        return State.DONE
    return State.LATE if planned_on < today else State.PLANNED


class DayFacts(Protocol):
    """What is asked of a day of the calendar."""

    @property
    def kind(self) -> str:
        """The calendar's word for it."""

    @property
    def note(self) -> str:
        """What it is called, such as 国庆节."""

    @property
    def provisional(self) -> bool:
        """Whether no notice has spoken of it yet."""


def doubts(day: DayFacts, scope: str) -> list[str]:
    """Say what speaks against holding a drill on a day; nothing here forbids it."""
    said = []
    name = f"（{day.note}）" if day.note else ""
    if day.kind in ("节假日", "休息", "寒暑假", "农忙") and scope != STAFF:
        said.append(f"这一天是{day.kind}{name}，学生不在校。")
    elif day.kind in ("考试", "活动"):
        said.append(f"这一天有{day.kind}{name}。")
    if day.provisional:
        said.append("放假安排还没有通知，这一天待定。")
    return said


def check(said: Mapping[str, Any]) -> None:
    """Raise UserError naming everything that is missing or not a word of ours."""
    wrong = [f"“{word}”没有填" for key, word in _NEEDED.items() if not said.get(key)]
    for key, label, words in (
        ("kind", "类型", tuple(Kind)),
        ("way", "通知方式", WAYS),
        ("manner", "演练形式", MANNERS),
    ):
        if said.get(key) and said[key] not in words:
            wrong.append(f"“{label}”只能填：{'、'.join(words)}")
    if wrong:
        raise UserError("；".join(wrong) + "。", do="请改好这几处再保存。")


def check_figures(said: Mapping[str, Any]) -> None:
    """Raise UserError if more came than should have, or a time is less than nothing."""
    wrong = []
    for key, label in (("pupils", "学生"), ("staff", "教职工")):
        due, there = said.get(f"{key}_due"), said.get(f"{key}_there")
        if due is not None and there is not None and there > due:
            wrong.append(f"{label}实参{there}人，比应参{due}人多")
    if (said.get("seconds") or 0) < 0:
        wrong.append("“用时”不能是负数")
    if wrong:
        raise UserError(
            "；".join(wrong) + "。",
            safe="填写的内容都还在，没有保存。",
            do="请看看两个数是不是写反了。",
        )


_NEEDED = {"kind": "类型", "title": "名称", "scope": "参加范围", "planned_on": "日期"}
