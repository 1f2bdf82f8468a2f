"""What a record of a shift, a round and the gate must say, and what they add up to (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.errors import UserError

ROUNDS = 5  # a day; GB/T 29315-2022 asks for five, the rule GUARD-P lets a school change it
FINE, FAULT, CLOSED = "√", "×", "/"
ROUND_KEYS: Mapping[str, str] = {
    "1": FINE,
    "2": FAULT,
    "x": FAULT,
    "X": FAULT,
    "3": CLOSED,
    "/": CLOSED,
}


class Mark(StrEnum):
    """How somebody stood at the gate."""

    HERE = "到岗"
    LATE = "迟到"
    MISSING = "缺岗"
    LEFT = "脱岗"


GATE_KEYS: Mapping[str, Mark] = {
    "1": Mark.HERE,
    "2": Mark.LATE,
    "3": Mark.MISSING,
    "4": Mark.LEFT,
}


class Turnout(NamedTuple):
    """The numbers of one gate shift: expected, come, of these late and of these left too early."""

    due: int
    there: int
    late: int
    left: int

    @property
    def missing(self) -> int:
        """How many did not come."""
        return self.due - self.there

    def said(self) -> str:
        """Say the numbers.

        >>> Turnout(6, 5, 1, 0).said()
        '应到6人，实到5人，缺岗1人，迟到1人'
        """
        more = {"缺岗": self.missing, "迟到": self.late, "脱岗": self.left}
        words = [f"{word}{number}人" for word, number in more.items() if number]
        return "，".join([f"应到{self.due}人", f"实到{self.there}人", *words])


def turnout(lines: Iterable[Mapping[str, Any]]) -> Turnout:
    """Count one gate shift; who came in place of another was not expected."""
    marks = [(one["mark"], bool(one.get("extra"))) for one in lines]
    count = {mark: sum(one == mark for one, _ in marks) for mark in Mark}
    extra = sum(is_extra for _, is_extra in marks)
    there = len(marks) - count[Mark.MISSING]
    return Turnout(max(len(marks) - extra, there), there, count[Mark.LATE], count[Mark.LEFT])


def rate(there: int, due: int) -> str:
    """Say a rate in percent, one digit after the point; nothing where nobody was expected.

    >>> rate(57, 58)
    '98.3%'
    """
    return f"{there * 100 / due:.1f}%" if due else ""


def check_record(said: Mapping[str, Any], today: date, now: datetime) -> None:
    """Raise UserError naming what the record of a shift lacks, or what cannot be."""
    labels = {"duty_on": "日期", "post": "班次", "people": "值班人员", "came_at": "到岗时间"}
    faults = [f"“{label}”没有填" for key, label in labels.items() if not _is_said(said.get(key))]
    on = said.get("duty_on")
    if on and on > today:
        faults.append("“日期”不能晚于今天")
    if said.get("incidents") and not said.get("handling"):
        faults.append("写了“突发情况”，“处置经过”也要写")
    for number, one in enumerate(said.get("calls") or (), start=1):
        if not (one.get("content") or "").strip():
            faults.append(f"来电来文第{number}行的“内容”没有填")
    for number, one in enumerate(said.get("patrols") or (), start=1):
        if not (one.get("route") or "").strip():
            faults.append(f"巡查第{number}行的“路线和地点”没有填")
    faults += handing_faults(said, now)
    refuse(faults)


def handing_faults(said: Mapping[str, Any], now: datetime) -> list[str]:
    """Return what is wrong with how a shift was handed over; one signature may be missing."""
    given, taken, at = (said.get(key) for key in ("given_by", "taken_by", "handed_at"))
    faults = []
    if taken and not given:
        faults.append("写了“接班人”，“交班人”也要写")
    if taken and given == taken:
        faults.append("“交班人”和“接班人”不能是同一个人")
    if taken and not at:
        faults.append("写了“接班人”，“交接时间”也要写")
    if at and at > now:
        faults.append("“交接时间”不能晚于现在")
    on = said.get("duty_on")
    if at and on and at.date() < on:
        faults.append("“交接时间”不能早于值班那天")
    return faults


def check_round(said: Mapping[str, Any], points: Sequence[str], today: date) -> None:
    """Raise UserError naming what a round lacks: every point is marked, every × says what."""
    faults = []
    if not said.get("walked_on"):
        faults.append("“日期”没有填")
    elif said["walked_on"] > today:
        faults.append("“日期”不能晚于今天")
    if not _is_said(said.get("began_at")):
        faults.append("“开始时间”没有填")
    if not said.get("people"):
        faults.append("“巡逻人”没有填")
    results, found = said.get("results") or {}, said.get("faults") or {}
    if not results:
        faults.append("一个点位也没有走到")
    unmarked = [point for point in points if results.get(point) not in (FINE, FAULT, CLOSED)]
    if unmarked and results:
        faults.append(f"还有点位没有打勾：{_some(unmarked)}")
    unsaid = [
        point
        for point, mark in results.items()
        if mark == FAULT and not (found.get(point, {}).get("what") or "").strip()
    ]
    if unsaid:
        faults.append(f"打×的要写发现了什么：{_some(unsaid)}")
    refuse(faults)


def check_gate(said: Mapping[str, Any], today: date) -> None:
    """Raise UserError naming what a sheet of the gate lacks; who is missing asks for an answer."""
    faults = []
    if not said.get("duty_on"):
        faults.append("“日期”没有填")
    elif said["duty_on"] > today:
        faults.append("“日期”不能晚于今天")
    if not (said.get("post") or "").strip():
        faults.append("“岗位”没有填")
    lines = said.get("lines") or ()
    names = [(one.get("name") or "").strip() for one in lines]
    if not lines:
        faults.append("名单里一个人也没有")
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        faults.append(f"名单里有两个“{twice[0]}”")
    if unmarked := [one["name"] for one in lines if one.get("mark") not in list(Mark)]:
        faults.append(f"还没有记到没到岗：{_some(unmarked)}")
    else:
        odd = [one["name"] for one in lines if one["mark"] in (Mark.MISSING, Mark.LEFT)]
        if odd and not (said.get("handling") or "").strip():
            faults.append(f"{_some(odd)}缺岗或脱岗，“处理情况”要写")
    for one in lines:
        came, left = one.get("came"), one.get("left")
        if came and left and left < came:
            faults.append(f"“{one['name']}”的离岗时间早于到岗时间")
    refuse(faults)


def check_log(said: Mapping[str, Any], today: date) -> None:
    """Raise UserError naming what a safety log lacks."""
    faults = []
    if not said.get("log_on"):
        faults.append("“日期”没有填")
    elif said["log_on"] > today:
        faults.append("“日期”不能晚于今天")
    if not (said.get("written_by") or "").strip():
        faults.append("“记录人”没有填")
    if not any((text or "").strip() for text in (said.get("entries") or {}).values()):
        faults.append("日志里一项也没有写")
    refuse(faults)


def refuse(faults: Sequence[str]) -> None:
    """Raise UserError with these faults in one sentence, if there is one."""
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of a day's week.

    >>> week_of(date(2026, 11, 5))
    (datetime.date(2026, 11, 2), datetime.date(2026, 11, 8))
    """
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekday_name(day: date) -> str:
    """Return the name of a weekday: 星期四."""
    return "星期" + "一二三四五六日"[day.weekday()]


def _is_said(value: Any) -> bool:
    return isinstance(value, time) or bool(value)


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:4]) + (f"等{len(names)}个" if len(names) > 4 else "")
