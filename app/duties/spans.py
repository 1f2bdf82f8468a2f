"""Spans of days that can be planned and shown."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.errors import UserError

LONGEST_DAYS = 400  # a school year and its summer
SAFE = "值班表没有改动。"


def check_span(first: date, last: date) -> None:
    """Go on only with a span that can be planned.

    Raises:
        UserError: it ends before it begins, or is longer than a school year.

    """
    if last < first:
        raise UserError(
            f"结束的日子（{_day(last)}）早于开始的日子（{_day(first)}）。",
            safe=SAFE,
            do="请把两个日子换过来。",
        )
    if (last - first).days >= LONGEST_DAYS:
        raise UserError(
            f"{span_words(first, last)}太长了，一次最多排一个学年。",
            safe=SAFE,
            do="请分成几段来排。",
        )


def span_words(first: date, last: date) -> str:
    """Say a span: 2026年10月1日到2026年10月31日."""
    return f"{_day(first)}到{_day(last)}"


def month_of(on: date) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    first = on.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after - timedelta(days=1)


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
