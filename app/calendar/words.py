"""How days, terms and holidays are said; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.calendar.days import Day
from app.calendar.lunar import lunar_day
from app.calendar.rules import Holiday, TermDays

_WEEK = "一二三四五六日"


def full_day(on: date) -> str:
    """Say a day with its weekday: 2026年10月12日 星期一."""
    return f"{on.year}年{on.month}月{on.day}日 星期{_WEEK[on.weekday()]}"


def short_day(on: date) -> str:
    """Say a day within its year: 10月12日."""
    return f"{on.month}月{on.day}日"


def short_span(first: date, last: date) -> str:
    """Say a span of days within its year: 10月1日—7日, 12月30日—1月3日."""
    if first == last:
        return short_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{short_day(first)}—{last.day}日"
    return f"{short_day(first)}—{short_day(last)}"


def telling(day: Day) -> str:
    """Say all that is known of a day: 第7周　九月初三　上课　国际减灾日."""
    lunar = lunar_day(day.on)
    what = f"{day.kind}（{day.note}）" if day.note else str(day.kind)
    if day.provisional and not day.note.endswith("通知"):
        what += "，待定"
    said = [
        f"第{day.week}周" if day.week else "",
        f"农历{lunar.name}" if lunar else "",
        day.solar_term,
        what,
        *day.themes,
    ]
    return "　".join(part for part in said if part)


def holiday_words(holiday: Holiday) -> str:
    """Say the days of a holiday: 10月1日—7日，9月20日、10月10日补."""
    days = short_span(holiday.first_on, holiday.last_on)
    count = (holiday.last_on - holiday.first_on).days + 1
    made_up = "、".join(short_day(on) for on in holiday.work)
    return f"{days}，{count}天" + (f"；{made_up}补" if made_up else "")


def term_words(days: TermDays) -> str:
    """Say when a term runs: 2026年9月1日到2027年1月20日，21周."""
    begins, ends = days.begins_on, days.ends_on
    return f"{begins.year}年{short_day(begins)}到{ends.year}年{short_day(ends)}，{days.weeks}周"


def count_words(days: Sequence[Day]) -> str:
    """Say what some chosen days are: 共5天，上课3天，其中2天待定."""
    at_school = sum(day.is_school_day for day in days)
    waits = sum(day.provisional for day in days)
    return f"共{len(days)}天，上课{at_school}天" + (f"，{waits}天待定" if waits else "")
