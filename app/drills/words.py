"""Words and looks shared by the pages of drills."""

from __future__ import annotations

from datetime import date, time

from app.drills.rules import State

LOOKS: dict[State, tuple[str, str]] = {
    State.OPEN: ("none", "plain"),
    State.PLANNED: ("soon", "soon"),
    State.LATE: ("late", "late"),
    State.DONE: ("done", "done"),
}
VOID_REASONS = ("排错了", "重复安排", "已不需要")
MOVE_REASONS = ("下雨", "和考试冲突", "和活动冲突", "总指挥不在", "放假安排变了", "上级统一时间")
WEEKDAYS = "一二三四五六日"


def short(day: date) -> str:
    """Return a day as 10月22日."""
    return f"{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """Return the day of the week as 星期四."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def full(day: date, at: time | None = None) -> str:
    """Return a day with its weekday, and the hour if there is one."""
    hour = f" {at:%H:%M}" if at else ""
    return f"{day.year}年{short(day)} {weekday(day)}{hour}"


def clock(seconds: int | None) -> str:
    """Return seconds as people say them: 2分41秒, 2分钟."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest:02}秒" if rest else f"{minutes}分钟"
