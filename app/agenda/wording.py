"""How a turn reads in its box and in a line: few words, the longest that fit come first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.agenda.dues import Turn
from app.agenda.rules import SETTLED, Rhythm, Rule, State

# State → shape, tone (see app.ui.theme.TONES), "" for a plain white box.
LOOKS: dict[State, tuple[str, str]] = {
    State.DONE: ("done", "done"),
    State.DONE_LATE: ("done", "soon"),
    State.PLANNED: ("soon", "soon"),
    State.SOON: ("soon", "soon"),
    State.OWED: ("late", "late"),
    State.COMING: ("none", ""),
    State.EXCUSED: ("", "plain"),
    State.WAIVED: ("", "plain"),
    State.NOT_BEGUN: ("", "plain"),
}
_DRILLS = ("drill", "kindergarten_drill")
_NOT_ASKED = "今年不算"
_SHORT = {State.EXCUSED: "假期", State.NOT_BEGUN: "未启用", State.WAIVED: "免做"}


class Box(NamedTuple):
    """One turn as it is drawn: from where to where in the year (0 to 1), and what it says."""

    title: str
    words: tuple[str, ...]
    state: State
    begins: float
    ends: float
    tip: str
    is_now: bool = False
    provisional: bool = False


def box_of(turn: Turn, year: int, today: date) -> Box:
    """Return how a turn is drawn in this year."""
    period = turn.standing.period
    return Box(
        period.name,
        words_of(turn),
        turn.standing.state,
        _place(max(period.first, date(year, 1, 1)), year, at_end=False),
        _place(min(period.last, date(year, 12, 31)), year, at_end=True),
        said(turn),
        period.first <= today <= period.last,
        period.provisional,
    )


def words_of(turn: Turn) -> tuple[str, ...]:
    """Return what a box says of a turn, the longest first."""
    standing, rule = turn.standing, turn.standing.rule
    if turn.done and standing.state in (State.DONE, State.DONE_LATE):
        last = turn.done[-1]
        day = f"{last.on.month}/{last.on.day}"
        late = " 迟" if standing.late_by else ""
        kind = (f"{last.kind} {day}",) if rule.evidence in _DRILLS else ()
        return (*kind, day + late, day) if not late else (day + late, day)
    if turn.planned and standing.state is State.PLANNED:
        on = turn.planned[0].on
        return (f"{on.month}/{on.day}",)
    if standing.state is State.OWED:
        rest = rule.times - standing.times
        return (f"欠{rest}次", "欠")
    if standing.state in _SHORT:
        return (_SHORT[standing.state],)
    waits = "待排" if rule.evidence in _DRILLS else "未到"
    return ("待做",) if standing.state is State.SOON else (waits,)


def said(turn: Turn) -> str:
    """Say in one line how a turn stands: 9月：欠，最迟9月30日 24:00."""
    standing, period = turn.standing, turn.standing.period
    parts = [f"{period.name}：{standing.state}"]
    if standing.late_by:
        parts.append(standing.late_by)
    if standing.reason and standing.reason != standing.state:
        parts.append(standing.reason)
    parts += [f"{one.on.month}月{one.on.day}日{one.what}" for one in turn.done]
    parts += [f"排在{one.on.month}月{one.on.day}日" for one in turn.planned]
    if not turn.done:
        parts.append(f"最迟{period.due_text}")
    if period.provisional:
        parts.append("校历待定，日子还可能变")
    return "，".join(parts)


def tally(turns: Sequence[Turn]) -> str:
    """Say how a year stands: 应做9次，做了5次，欠1次."""
    asked, done, owed = _counts(turns)
    if not asked:
        return _NOT_ASKED
    return f"应做{asked}次，做了{done}次" + (f"，欠{owed}次" if owed else "")


def tally_short(turns: Sequence[Turn]) -> str:
    """Say how a year stands in few words: 做了5/9，欠1."""
    asked, done, owed = _counts(turns)
    if not asked:
        return _NOT_ASKED
    return f"做了{done}/{asked}" + (f"，欠{owed}" if owed else "")


def _counts(turns: Sequence[Turn]) -> tuple[int, int, int]:
    """Return how many turns are asked for, done, and owed."""
    free = (State.EXCUSED, State.WAIVED, State.NOT_BEGUN)
    states = [turn.standing.state for turn in turns if turn.standing.state not in free]
    return len(states), sum(state in SETTLED for state in states), states.count(State.OWED)


def often(rule: Rule) -> str:
    """Say how often a rule asks: 每月一次, 开学后1个月内, 只提示."""
    times = {1: "一次", 2: "两次"}.get(rule.times, f"{rule.times}次")
    if rule.rhythm is Rhythm.NONE:
        return "只提示"
    if rule.rhythm is Rhythm.SEASON:
        return "一段日子"
    if rule.rhythm is Rhythm.HOLIDAY:
        return "放假前"
    if rule.rhythm is Rhythm.TERM_END:
        return "学期末"
    if rule.rhythm is Rhythm.TERM_BEGIN:
        return f"开学{rule.within_months}个月内" if rule.within_months else "开学前后"
    by = ""
    if rule.by_weekday:
        by = f"周{'一二三四五六日'[rule.by_weekday - 1]}{rule.by_time}前"
    elif rule.by_month and rule.by_day:
        by = f"{rule.by_month}月{rule.by_day}日前"
    elif rule.by_month:
        by = f"{rule.by_month}月底前"
    elif rule.by_day:
        by = f"{rule.by_day}日前"
    return f"{_EVERY[rule.rhythm]}{by or times}"


_EVERY = {
    Rhythm.DAY: "每日",
    Rhythm.WEEK: "每周",
    Rhythm.MONTH: "每月",
    Rhythm.QUARTER: "每季度",
    Rhythm.HALF: "每半年",
    Rhythm.TERM: "每学期",
    Rhythm.YEAR: "每年",
    Rhythm.SCHOOL_YEAR: "每学年",
}


def _place(day: date, year: int, *, at_end: bool) -> float:
    """Return where a day lies in its year, each month being a twelfth."""
    if day.year != year:
        return 0.0 if day.year < year else 1.0
    month_days = (date(year + day.month // 12, day.month % 12 + 1, 1) - day.replace(day=1)).days
    return (day.month - 1 + (day.day - (0 if at_end else 1)) / month_days) / 12
