"""The days a file tells of, in the words people choose them by."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.calendar import term_of
from app.handover.parts import Period


class Span(StrEnum):
    """How long a file reaches."""

    WEEK = "本周"
    MONTH = "本月"
    TERM = "本学期"
    YEAR = "本学年"
    OWN = "自选"


def period_of(span: Span, today: date, term: Period) -> Period:
    """Return the days a word means on ``today``; ``term`` is the term that runs or comes next.

    A week runs from Monday to Sunday, a school year from August to July.
    """
    if span is Span.WEEK:
        first = today - timedelta(days=today.weekday())
        return Period(first, first + timedelta(days=6))
    if span is Span.MONTH:
        last = calendar.monthrange(today.year, today.month)[1]
        return Period(today.replace(day=1), today.replace(day=last))
    if span is Span.TERM:
        return term
    year = term_of(today).year
    return Period(date(year, 8, 1), date(year + 1, 7, 31))


def lateness(due: datetime | None, done: datetime | None) -> str:
    """Say how late something was handed over, to the minute; the last minute itself is in time."""
    if due is None or done is None:
        return ""
    late = done.replace(second=0, microsecond=0) - due
    if late <= timedelta():
        return "按时"
    minutes = int(late.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = ((days, "天"), (hours, "小时"), (minutes, "分"))
    return "迟报" + "".join(f"{number}{word}" for number, word in parts if number)
