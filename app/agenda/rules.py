"""What a rule is, and how one of its turns stands: done, planned, owed, excused (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

DAY = timedelta(days=1)
MIDNIGHT_TEXT = "24:00"
KINDERGARTEN = "幼儿园"


class Rhythm(StrEnum):
    """How often a rule asks, or what it hangs on; ``NONE`` only informs."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    TERM = "term"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    TERM_BEGIN = "term_begin"
    TERM_END = "term_end"
    HOLIDAY = "before_holiday"
    SEASON = "season"
    NONE = "none"


class State(StrEnum):
    """How one turn of a rule stands."""

    NOT_BEGUN = "未启用"
    EXCUSED = "假期豁免"
    WAIVED = "免做"
    DONE = "已完成"
    DONE_LATE = "迟办"
    PLANNED = "已安排"
    COMING = "未到"
    SOON = "临近"
    OWED = "欠"


# What a mark of trust means to whoever reads it.
TRUST = {"种": "上级文件", "法": "法规", "查": "公开做法", "知": "经验，请核对"}
SETTLED = frozenset({State.DONE, State.DONE_LATE})
OPEN = frozenset({State.PLANNED, State.SOON, State.OWED})


@dataclass(frozen=True)
class Rule:
    """One rule of what is due (规则), as the base gives it or as the school changed it.

    ``applies`` are kinds of school (any of them, none for all), ``needs`` facts that must all be
    true. ``evidence`` names who can show that it was done, ``kinds`` which of their things count
    (none for all); ``also`` names further evidence that counts. ``is_on`` is what it ships as.
    ``covered_by`` is a stricter rule that answers for this one. One that ``sums_up`` looks back on
    its turn at the end of it. What follows ``lead_days`` are its parameters; a name of each is in
    ``PARAMS``.
    """

    id: str
    title: str
    field: str
    rhythm: Rhythm
    basis: str
    trust: tuple[str, ...] = ()
    applies: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    evidence: str = ""
    kinds: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    is_on: bool = True
    covered_by: str = ""
    sums_up: bool = False
    note: str = ""
    unit: str = ""
    lead_days: int = 7
    times: int = 1
    number: int = 0
    by_weekday: int = 0
    by_time: str = ""
    by_month: int = 0
    by_day: int = 0
    from_days: int = 0
    to_days: int = 0
    within_months: int = 0
    least_days: int = 1
    least_break: int = 3
    includes_day: bool = False
    season_from: str = ""
    season_to: str = ""

    @property
    def is_owed(self) -> bool:
        """Whether it can be owed at all; the others only inform."""
        return self.rhythm not in (Rhythm.NONE, Rhythm.SEASON)

    @property
    def trust_text(self) -> str:
        """How far its basis was checked, in plain words."""
        return "、".join(TRUST[mark] for mark in self.trust)

    def fits(self, kind: str, facts: frozenset[str]) -> bool:
        """Say whether it concerns a school of this kind for which these facts are true."""
        kinds = {kind, KINDERGARTEN} if "has_kindergarten" in facts else {kind}
        of_kind = not self.applies or bool(kinds & set(self.applies))
        return of_kind and facts.issuperset(self.needs)


class Period(NamedTuple):
    """One turn of a rule: what is done from ``first`` to ``last`` counts for it.

    ``due_on`` is the last day in time, until ``due_time`` where the minute counts. ``excused``
    says why nothing is asked, ``provisional`` that its days may still move. ``reminded_on`` is the
    last school day that is not after ``due_on``.
    """

    key: str
    name: str
    first: date
    last: date
    due_on: date
    due_time: time | None = None
    excused: str = ""
    provisional: bool = False
    reminded_on: date | None = None

    @property
    def due_at(self) -> datetime:
        """The moment up to which it is in time."""
        return datetime.combine(self.due_on, self.due_time or time(23, 59))

    @property
    def due_text(self) -> str:
        """The last moment in time, as people write it: 9月30日 24:00."""
        at = f"{self.due_time:%H:%M}" if self.due_time else MIDNIGHT_TEXT
        return f"{self.due_on.month}月{self.due_on.day}日 {at}"


class Shown(Protocol):
    """What was done, as a room shows it."""

    @property
    def on(self) -> date:
        """The day it was done."""

    @property
    def at(self) -> datetime | None:
        """The moment, where the minute counts."""


class Standing(NamedTuple):
    """How one turn stands: how often it was done, by how much too late, why it is not asked."""

    rule: Rule
    period: Period
    state: State
    times: int = 0
    late_by: str = ""
    reason: str = ""


def judge(
    rule: Rule,
    period: Period,
    *,
    done: Sequence[Shown],
    planned: int,
    now: datetime,
    began: date,
    waived: str = "",
) -> Standing:
    """Return how a turn stands at this moment.

    ``done`` is what counts for it, the earliest first, ``planned`` how many more are arranged.
    The turn's own last minute is still in time. Nothing is owed of a turn of which more than half
    had passed when the school ``began`` with the program.

    >>> rule = Rule("M", "演练", "演练", Rhythm.MONTH, "")
    >>> september = Period("2026-09", "9月", date(2026, 9, 1), date(2026, 9, 30), date(2026, 9, 30))
    >>> at = datetime(2026, 10, 1, 0, 0)
    >>> judge(rule, september, done=[], planned=0, now=at, began=date(2026, 9, 1)).state.value
    '欠'
    """
    if len(done) >= rule.times:
        last = done[rule.times - 1]
        late = late_by(last, period)
        state = State.DONE_LATE if late else State.DONE
        return Standing(rule, period, state, len(done), late)
    state, reason = _unsettled(rule, period, len(done) + planned, now, began, waived)
    return Standing(rule, period, state, len(done), reason=reason)


def _unsettled(
    rule: Rule, period: Period, arranged: int, now: datetime, began: date, waived: str
) -> tuple[State, str]:
    if waived:
        return State.WAIVED, waived
    if period.excused:
        return State.EXCUSED, period.excused
    if not counts_from(rule, period, began):
        return State.NOT_BEGUN, "那时还没有开始用校安台"
    if now.replace(second=0, microsecond=0) > period.due_at:
        return State.OWED, ""
    if arranged >= rule.times:
        return State.PLANNED, ""
    return (State.SOON if now.date() >= reminds_from(rule, period) else State.COMING), ""


def counts_from(rule: Rule, period: Period, began: date) -> bool:
    """Say whether a turn is owed by a school that began on this day: half of it must be left.

    Of what sums a turn up the days of its reminder must be.
    """
    if rule.sums_up:
        return began <= reminds_from(rule, period)
    return period.due_on - began >= began - period.first


def reminds_from(rule: Rule, period: Period) -> date:
    """Return the first day of the reminder; its lead days end with the last day in time.

    A last day without lessons moves nothing, but the reminder comes on the school day before it.

    >>> rule = Rule("M", "演练", "演练", Rhythm.MONTH, "", lead_days=7)
    >>> september = Period("2026-09", "9月", date(2026, 9, 1), date(2026, 9, 30), date(2026, 9, 30))
    >>> reminds_from(rule, september)
    datetime.date(2026, 9, 24)
    """
    ahead = period.due_on - timedelta(days=max(0, rule.lead_days - 1))
    return ahead if period.reminded_on is None else min(ahead, period.reminded_on)


def late_by(done: Shown, period: Period) -> str:
    """Say by how much something came too late, '' if it was in time: 迟1分钟, 迟3天.

    >>> friday = date(2026, 10, 16)
    >>> week = Period("2026-W42", "", date(2026, 10, 12), date(2026, 10, 18), friday, time(14, 30))
    >>> class Report(NamedTuple):
    ...     on: date
    ...     at: datetime | None
    >>> late_by(Report(friday, datetime(2026, 10, 16, 14, 31)), week)
    '迟1分钟'
    """
    if period.due_time is None or done.at is None:
        days = ((done.at.date() if done.at else done.on) - period.due_on).days
        return f"迟{days}天" if days > 0 else ""
    minutes = int((done.at.replace(second=0, microsecond=0) - period.due_at).total_seconds()) // 60
    if minutes <= 0:
        return ""
    if minutes < 60:
        return f"迟{minutes}分钟"
    if minutes < 24 * 60:
        rest = f"{minutes % 60}分钟" if minutes % 60 else ""
        return f"迟{minutes // 60}小时{rest}"
    return f"迟{minutes // (24 * 60)}天"
