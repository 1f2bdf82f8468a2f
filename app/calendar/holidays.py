"""Holidays by the law and by a notice: which days are off, may yet be off, or are made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from app.calendar.lunar import day_of, solar_term_day
from app.calendar.rules import SATURDAY, Holiday, Off, said, span

MOST_HOLIDAYS = 8  # the seven of the law, and one to spare
_LONGEST_HOLIDAY, _FAR = 16, 31
_MADE_UP_WITHIN = 10  # days; no notice so far moved work further from its holiday
# How many days before and after the days of the law a notice may reach, by holiday: defaults of
# ours, no notice since 2014 reached further.
_REACH = {
    "元旦": (3, 2),
    "春节": (2, 5),
    "清明节": (2, 3),
    "劳动节": (3, 4),
    "端午节": (2, 2),
    "中秋节": (2, 2),
    "国庆节": (1, 5),
}


def statutory(year: int) -> list[Holiday]:
    """Return the holidays of a year by the law alone, before any notice.

    《全国年节及纪念日放假办法》第二条, as in force since 2025-01-01; before that 春节 had no eve
    and 劳动节 one day. Lunar days need a year of the lunar table.
    """
    is_new = year >= 2025
    spring = day_of(year, 1, 1)
    found = [Holiday("元旦", date(year, 1, 1), date(year, 1, 1))]
    if spring:
        first = spring - timedelta(days=1) if is_new else spring
        found.append(Holiday("春节", first, spring + timedelta(days=2)))
    for name, on in (("清明节", solar_term_day(year, "清明")), ("端午节", day_of(year, 5, 5))):
        if on:
            found.append(Holiday(name, on, on))
    found.append(Holiday("劳动节", date(year, 5, 1), date(year, 5, 2 if is_new else 1)))
    if autumn := day_of(year, 8, 15):
        found.append(Holiday("中秋节", autumn, autumn))
    found.append(Holiday("国庆节", date(year, 10, 1), date(year, 10, 3)))
    return sorted(found, key=lambda holiday: holiday.first_on)


def awaited(year: int) -> dict[date, Off]:
    """Return the days of a year without a notice that are off, or may yet be off or made up."""
    found: dict[date, Off] = {}
    holidays = statutory(year)
    for holiday in holidays:
        early, late = _REACH[holiday.name]
        first = holiday.first_on - timedelta(days=early)
        last = holiday.last_on + timedelta(days=late)
        for on in span(first, last):
            found.setdefault(on, Off(holiday.name, None, True))
        margin = timedelta(days=_MADE_UP_WITHIN)
        for on in span(first - margin, last + margin):
            if on.weekday() >= SATURDAY:
                found.setdefault(on, Off(holiday.name, None, True))
    for holiday in holidays:
        found |= {on: Off(holiday.name, False, True) for on in holiday.days()}
    return found


def announced(holidays: Iterable[Holiday]) -> dict[date, Off]:
    """Return the days a notice makes off, and those on which it has work made up."""
    found: dict[date, Off] = {}
    for holiday in holidays:
        found |= {on: Off(holiday.name, False, False) for on in holiday.days()}
        found |= {on: Off(holiday.name, True, False) for on in holiday.work}
    return found


def notice_faults(year: int, holidays: Sequence[Holiday]) -> list[str]:
    """Say where a notice contradicts itself or cannot be of this year."""
    found = [] if holidays else ["一个假期都没有"]
    if len(holidays) > MOST_HOLIDAYS:
        found.append(f"一年最多{MOST_HOLIDAYS}个假期")
    taken: dict[date, str] = {}
    for holiday in holidays:
        name = holiday.name.strip() or "没有写名称的假期"
        if not holiday.name.strip():
            found.append("有一个假期没有写名称")
        if holiday.last_on < holiday.first_on:
            found.append(f"{name}的最后一天早于第一天")
            continue
        if (holiday.last_on - holiday.first_on).days >= _LONGEST_HOLIDAY:
            found.append(f"{name}长于{_LONGEST_HOLIDAY}天")
            continue
        if year not in (holiday.first_on.year, holiday.last_on.year):
            found.append(f"{name}不在{year}年")
        for on in holiday.days():
            if on in taken:
                found.append(f"{name}和{taken[on]}重叠（{said(on, on)}）")
                break
            taken[on] = name
    return found + _work_faults(holidays, taken)


def _work_faults(holidays: Sequence[Holiday], taken: Mapping[date, str]) -> list[str]:
    found = []
    seen: dict[date, str] = {}
    for holiday in holidays:
        for on in holiday.work:
            if on in taken:
                found.append(f"{said(on, on)}又放{taken[on]}的假、又补{holiday.name}的班")
            elif on in seen:
                found.append(f"{said(on, on)}补了两次班（{seen[on]}、{holiday.name}）")
            elif on.weekday() < SATURDAY:
                found.append(f"{said(on, on)}本来就上班，不用补{holiday.name}的班")
            elif not _is_near(on, holiday):
                found.append(f"{said(on, on)}离{holiday.name}太远，补不上它的班")
            seen[on] = holiday.name
    return found


def _is_near(on: date, holiday: Holiday) -> bool:
    margin = timedelta(days=_FAR)
    return holiday.first_on - margin <= on <= holiday.last_on + margin
