"""The wall (完成墙): every turn of every report in a year, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from app.core.values import show
from app.handover.reports import campaign, rules
from app.handover.reports.book import ReportBook
from app.handover.reports.books import Asked
from app.handover.reports.lines import Line
from app.handover.reports.words import NAMES, RULES, Kind, Standing

_DAYS, _LAST = "一二三四五六日", (23, 59)  # hour and minute of a day that counts to its end
_STATES: Mapping[str, Standing] = {
    "已完成": Standing.SENT,
    "迟办": Standing.LATE,
    "欠": Standing.OWED,
    "临近": Standing.SOON,
    "未到": Standing.AHEAD,
}
_WENT = (Standing.SENT, Standing.ZERO, Standing.LATE, Standing.AMEND)
_SHORT = {
    Standing.SENT: ("已报", "已报"),
    Standing.ZERO: ("零报告", "零报"),
    Standing.LATE: ("迟报", "迟报"),
    Standing.AMEND: ("要更正", "更正"),
    Standing.DRAFT: ("在写", "在写"),
    Standing.OWED: ("欠", "欠"),
    Standing.SOON: ("该报了", "该报"),
}


class Cell(NamedTuple):
    """One turn of a report: in which month's column it stands, in which line of its kind.

    ``key`` is what the reports are told to open; ``words`` are what it says, the longest first,
    every one with how it stands: the month stands above.
    """

    kind: Kind
    key: str
    month: int
    line: int
    words: tuple[str, ...]
    standing: Standing
    tip: str
    is_now: bool = False
    is_late: bool = False


def wall_of(register: ReportBook, year: int) -> list[Cell]:
    """Return the turns of a year, kind by kind, month by month."""
    lines = {(line.kind, line.report.period): line for line in register.lines()}
    today = register.now().date()
    made: list[Cell] = []
    for kind in (Kind.WEEKLY, Kind.DISPUTES, Kind.YEARLY):
        made += _asked(register, kind, year, lines, today)
    return [*made, *_campaigns(register, year, lines, today)]


def tally(cells: Sequence[Cell]) -> str:
    """Say how a year stands: 应报12份，按时10份，迟报1份，欠1份."""
    asked = [one for one in cells if one.standing in (*_WENT, Standing.OWED)]
    if not asked:
        return "今年还没有要报的"
    late = sum(one.is_late for one in asked)
    amend = sum(one.standing is Standing.AMEND for one in asked)
    owed = sum(one.standing is Standing.OWED for one in asked)
    zero = sum(one.standing is Standing.ZERO for one in asked)
    parts = [f"到期{len(asked)}份", f"按时{len(asked) - late - owed}份"]
    parts += [f"其中零报告{zero}份"] if zero else []
    parts += [f"迟报{late}份"] if late else []
    parts += [f"欠{owed}份"] if owed else []
    parts += [f"要更正{amend}份"] if amend else []
    return "，".join(parts)


def due_words(register: ReportBook) -> str:
    """Say until when the weekly report is asked for: 周报每周五14:30前."""
    due = register.due_at(Kind.WEEKLY, rules.week_of(register.now().date()).key)
    if due is None:
        return "周报没有规定期限"
    end = "" if (due.hour, due.minute) == _LAST else f"{due:%H:%M}"
    return f"周报每周{_DAYS[due.weekday()]}{end}前"


def _asked(
    register: ReportBook,
    kind: Kind,
    year: int,
    lines: Mapping[tuple[Kind, str], Line],
    today: date,
) -> Iterator[Cell]:
    turns = register.books.asked(RULES[kind], date(year, 1, 1), date(year, 12, 31))
    placed: dict[int, int] = {}
    for turn in turns:
        if turn.due_at.year != year:
            continue
        month = turn.due_at.month - 1
        line = lines.get((kind, turn.key))
        standing = _stands(turn, line)
        yield Cell(
            kind,
            f"{kind}:{turn.key}",
            month,
            placed.get(month, 0),
            _words(standing, turn.due_at, turn),
            standing,
            _tip(f"{turn.name}{NAMES[kind]}", standing, turn.due_at, line, turn.reason),
            kind is not Kind.YEARLY and turn.first <= today <= turn.last,
            standing is Standing.LATE or bool(line and line.late),
        )
        placed[month] = placed.get(month, 0) + 1


def _campaigns(
    register: ReportBook,
    year: int,
    lines: Mapping[tuple[Kind, str], Line],
    today: date,
) -> Iterator[Cell]:
    placed: dict[int, int] = {}
    for one in register.books.hazards.campaigns.lines():
        found = one.campaign
        due = campaign.due_on(register.books, found.uid)
        day = due or found.ends_on
        if day.year != year:
            continue
        line = lines.get((Kind.SELFCHECK, found.uid))
        standing = line.standing if line else Standing.AHEAD
        if due and (line is None or line.first is None):
            standing = Standing.OWED if today > due else standing
        at = datetime.combine(day, datetime.max.time())
        yield Cell(
            Kind.SELFCHECK,
            f"{Kind.SELFCHECK}:{found.uid}",
            day.month - 1,
            placed.get(day.month - 1, 0),
            _words(standing, at, None),
            standing,
            _tip(f"{found.name}自查总结", standing, at if due else None, line, ""),
            is_late=standing is Standing.LATE,
        )
        placed[day.month - 1] = placed.get(day.month - 1, 0) + 1


def _stands(turn: Asked, line: Line | None) -> Standing:
    if line is not None and line.first is not None:
        return line.standing
    standing = _STATES.get(turn.state, Standing.FREE)
    if standing in (Standing.SENT, Standing.LATE, Standing.OWED) and turn.counts:
        return standing
    if line is not None:
        return Standing.DRAFT
    return standing if turn.counts else Standing.FREE


def _words(standing: Standing, due: datetime, turn: Asked | None) -> tuple[str, ...]:
    day = f"{due.month}/{due.day}"
    if standing in _SHORT:
        long, short = _SHORT[standing]
        return (f"{day} {long}", f"{due.day}日 {short}", f"{due.day} {short}", short)
    if standing is Standing.FREE and turn is not None:
        return (turn.state if turn.counts else str(standing), "免")
    return (day,)


def _tip(
    title: str, standing: Standing, due: datetime | None, line: Line | None, reason: str
) -> str:
    parts = [f"{title}：{standing}"]
    if line is not None and line.first is not None:
        parts += [f"{show(line.first.sent_at)}，{line.first.way}", line.late]
        parts += [line.amend.said] if line.amend else []
    elif due is not None:
        parts.append(f"最迟{show(due)}")
    return "，".join(filter(None, (*parts, reason)))
