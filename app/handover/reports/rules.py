"""The turns of reports, their last moments, and what a report or a sending must say (pure)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from app.core.calendar import year_name
from app.core.errors import UserError
from app.handover.reports.words import NAMES, WAYS, Kind

UNSAVED = "没有保存。"
LATE_ENTRY = timedelta(days=1)  # a default of ours: what is written down later says why
LONGEST = 20_000  # characters of one paragraph
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(\d{4})-(\d{4})", re.ASCII)


class Span(NamedTuple):
    """The days of one turn of a report, both ends in it, and what the turn is called."""

    key: str
    name: str
    first: date
    last: date


def week_of(day: date) -> Span:
    """Return the week of a day, Monday to Sunday.

    >>> week_of(date(2026, 10, 16)).name
    '2026年10月12日—10月18日'
    """
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    year, week, _ = monday.isocalendar()
    far = f"{sunday.year}年" if sunday.year != monday.year else ""
    name = f"{_full(monday)}—{far}{sunday.month}月{sunday.day}日"
    return Span(f"{year}-W{week:02}", name, monday, sunday)


def month_of(day: date) -> Span:
    """Return the month of a day."""
    first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return Span(f"{day:%Y-%m}", f"{day.year}年{day.month}月", first, last)


def year_of(day: date) -> Span:
    """Return the year of a day."""
    return Span(str(day.year), f"{day.year}年度", date(day.year, 1, 1), date(day.year, 12, 31))


def school_year_of(day: date) -> Span:
    """Return the school year of a day: 1 September to 31 August."""
    year = day.year - (day.month < 9)
    key = f"{year}-{year + 1}"
    return Span(key, year_name(year), date(year, 9, 1), date(year + 1, 8, 31))


def span_of(kind: Kind, key: str) -> Span:
    """Return the days a turn of a report tells of.

    Raises:
        UserError: there is no such turn of this kind.

    """
    try:
        if kind is Kind.WEEKLY and (found := _WEEK.fullmatch(key)):
            return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        if kind is Kind.DISPUTES and (found := _MONTH.fullmatch(key)):
            return month_of(date(int(found[1]), int(found[2]), 1))
        if kind is Kind.YEARLY and (found := _YEAR.fullmatch(key)):
            return year_of(date(int(found[1]), 1, 1))
        found = _SCHOOL_YEAR.fullmatch(key)
        if kind is Kind.YEARLY and found and int(found[2]) == int(found[1]) + 1:
            return school_year_of(date(int(found[1]), 9, 1))
    except ValueError:  # no such week, month or year
        pass
    raise UserError(
        f"没有“{key}”这一期{NAMES[kind]}。", safe="什么都没有改动。", do=f"请写成{_LIKE[kind]}。"
    )


_LIKE = {
    Kind.WEEKLY: "年和第几周，如 2026-W42",
    Kind.DISPUTES: "年和月，如 2026-10",
    Kind.SELFCHECK: "专项行动的名称",
    Kind.YEARLY: "年，如 2026；学年写成 2026-2027",
}


def before(span: Span) -> Span:
    """Return the year before, or the school year before, to compare with."""
    same = span.first.replace(year=span.first.year - 1)
    return year_of(same) if span.first.month == 1 else school_year_of(same)


def late_words(sent_at: datetime, due_at: datetime | None) -> str:
    """Say by how much a report came too late, '' if it was in time; the minute itself is in time.

    >>> late_words(datetime(2026, 10, 16, 14, 31), datetime(2026, 10, 16, 14, 30))
    '迟1分钟'
    """
    if due_at is None:
        return ""
    minutes = int((sent_at.replace(second=0, microsecond=0) - due_at).total_seconds()) // 60
    if minutes <= 0:
        return ""
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    if days:
        return f"迟{days}天" + (f"{hours}小时" if hours else "")
    if hours:
        return f"迟{hours}小时" + (f"{rest}分钟" if rest else "")
    return f"迟{rest}分钟"


def check_sending(said: Mapping[str, Any], *, first_on: date, now: datetime) -> None:
    """Raise UserError naming what a sending lacks, or what cannot be."""
    faults = [
        f"“{label}”没有填"
        for key, label in (("way", "报送方式"), ("recipient", "报给谁"), ("by", "报送人"))
        if not str(said.get(key) or "").strip()
    ]
    way, at = said.get("way"), said.get("sent_at")
    if way and way not in WAYS:
        faults.append(f"“报送方式”只能填：{'、'.join(WAYS)}")
    if at is None:
        faults.append("“报送时间”没有填")
    elif at > now:
        faults.append("“报送时间”还没有到")
    elif at.date() < first_on:
        faults.append("“报送时间”早于这一期的第一天")
    elif now - at > LATE_ENTRY and not str(said.get("reason") or "").strip():
        faults.append("隔天才登记的算补录，要写“补录原因”")
    if faults:
        raise UserError(f"{'；'.join(faults)}。", safe=UNSAVED, do="请改好再保存。")


def zero_question(name: str, number: int, unit: str) -> str:
    """Say what speaks against reporting that nothing happened."""
    return f"这一期登记了{number}{unit}{name}，不能直接按零报告报。"


def _full(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
