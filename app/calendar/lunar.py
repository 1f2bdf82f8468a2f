"""The lunar calendar and the solar terms, read from a table: 1950 to 2100."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

SOLAR_TERMS = (
    *(
        "小寒",
        "大寒",
        "立春",
        "雨水",
        "惊蛰",
        "春分",
        "清明",
        "谷雨",
        "立夏",
        "小满",
        "芒种",
        "夏至",
    ),
    *(
        "小暑",
        "大暑",
        "立秋",
        "处暑",
        "白露",
        "秋分",
        "寒露",
        "霜降",
        "立冬",
        "小雪",
        "大雪",
        "冬至",
    ),
)
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_FESTIVALS = {
    **{(1, 1): "春节", (1, 15): "元宵", (5, 5): "端午", (7, 7): "七夕"},
    **{(8, 15): "中秋", (9, 9): "重阳", (12, 8): "腊八"},
}
_DIGITS = "一二三四五六七八九十"
_SHORT, _LONG = 29, 30
_TABLE = Path(__file__).parents[2] / "resources" / "calendar" / "lunar.txt"


class LunarDay(NamedTuple):
    """A day of the lunar calendar."""

    year: int
    month: int
    day: int
    is_leap: bool = False

    @property
    def month_name(self) -> str:
        """The month as people say it: 正月, 闰六月, 腊月."""
        return f"{'闰' if self.is_leap else ''}{_MONTHS[self.month - 1]}月"

    @property
    def day_name(self) -> str:
        """The day as people say it: 初一, 十五, 廿三."""
        if self.day in (20, 30):
            return f"{_DIGITS[self.day // 10 - 1]}十"
        return ("初", "十", "廿")[(self.day - 1) // 10] + _DIGITS[(self.day - 1) % 10]

    @property
    def short(self) -> str:
        """What stands in a month grid: a festival, the month on its first day, else the day."""
        if not self.is_leap and (name := _FESTIVALS.get((self.month, self.day))):
            return name
        return self.month_name if self.day == 1 else self.day_name

    @property
    def name(self) -> str:
        """The whole: 八月十五."""
        return self.month_name + self.day_name


class _Month(NamedTuple):
    year: int
    month: int
    is_leap: bool
    length: int


class _Table(NamedTuple):
    """``starts`` are the ordinals of the first days of ``months``; terms by ordinal."""

    starts: list[int]
    months: list[_Month]
    solar: dict[int, str]
    solar_days: dict[tuple[int, str], date]


@cache
def _read() -> _Table:
    table = _Table([], [], {}, {})
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        word, begins, leap, lengths, terms = line.split()
        year = int(word)
        first = date(year, int(begins[:2]), int(begins[2:]))
        _add_months(table, year, first, int(leap), lengths)
        for n, name in enumerate(SOLAR_TERMS):
            on = date(year, n // 2 + 1, int(terms[2 * n : 2 * n + 2]))
            table.solar[on.toordinal()] = name
            table.solar_days[year, name] = on
    return table


def _add_months(table: _Table, year: int, first: date, leap: int, lengths: str) -> None:
    names = [(month, False) for month in range(1, 13)]
    if leap:
        names.insert(leap, (leap, True))
    start = first.toordinal()
    for (month, is_leap), long in zip(names, lengths, strict=True):
        length = _LONG if long == "1" else _SHORT
        table.starts.append(start)
        table.months.append(_Month(year, month, is_leap, length))
        start += length


def lunar_day(on: date) -> LunarDay | None:
    """Return a day in the lunar calendar; None outside 1950 to 2100."""
    table, ordinal = _read(), on.toordinal()
    place = bisect_right(table.starts, ordinal) - 1
    if place < 0:
        return None
    day = ordinal - table.starts[place] + 1
    year, month, is_leap, length = table.months[place]
    return LunarDay(year, month, day, is_leap) if day <= length else None


def solar_term(on: date) -> str:
    """Return the solar term (节气) that begins on this day, "" if none does."""
    return _read().solar.get(on.toordinal(), "")


def solar_term_day(year: int, name: str) -> date | None:
    """Return the day on which a solar term of this year begins; None outside the table."""
    return _read().solar_days.get((year, name))


@cache
def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day of a lunar year, not of its doubled month; None outside the table.

    Day 0 is the eve: the last day of the month before, as 除夕 is the day 0 of 正月. Of a month of
    29 days 三十 is the last, as 大年三十 is.
    """
    table = _read()
    for start, known in zip(table.starts, table.months, strict=True):
        if (known.year, known.month, known.is_leap) == (year, month, False):
            return date.fromordinal(start) + timedelta(days=min(day, known.length) - 1)
    return None
