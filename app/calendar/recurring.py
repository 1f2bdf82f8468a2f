"""Days that come back every year, as people say them: 5月12日, 3月最后一个周一, 农历正月十五."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from app.calendar.lunar import SOLAR_TERMS, day_of, solar_term_day

EXAMPLES = (
    *("5月12日", "6月", "5月1日到9月30日", "10月1日到次年5月31日", "3月最后一个周一"),
    *("9月第三周", "5月12日那一周", "农历正月十五", "节气清明"),
)
_WEEKDAYS, _NUMBERS = "一二三四五六日", "一二三四五"
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_DAY = r"(\d{1,2})月(\d{1,2})日"
_NTH = r"(\d{1,2})月(最后一|第[一二三四五])"
_LEAP_YEAR = 2024  # a year that has every day


class Span(NamedTuple):
    """Days of one year, both ends included; the last may lie in the next year."""

    first_on: date
    last_on: date


Spans = Callable[[int], Span | None]


@cache
def recurring(said: str) -> Spans | None:
    """Read which days are meant; what comes back gives them for a year. None if it means none."""
    words = _tidy(said)
    is_week = words.endswith("那一周")
    for pattern, read in _READERS:
        if found := re.fullmatch(pattern, words.removesuffix("那一周")):
            try:
                spans = read(*found.groups())
                meant = spans(_LEAP_YEAR)
            except (ValueError, IndexError):
                return None
            if meant is None or (is_week and meant.first_on != meant.last_on):
                return None
            return _week_around(spans) if is_week else spans
    return None


def _tidy(said: str) -> str:
    words = unicodedata.normalize("NFKC", said)
    words = re.sub(r"\s", "", words).replace("每年", "").replace("号", "日")
    words = re.sub("星期|礼拜", "周", words).replace("周天", "周日")
    words = re.sub("至|—+|–|~|～", "到", words).replace("第二年", "次年").replace("翌年", "次年")
    words = re.sub(r"(?<!\d)(\d{1,2})[-./](\d{1,2})(?!\d)", r"\1月\2日", words)
    return re.sub(r"^([一二三四五六七八九]|十[一二]?)月", _month_number, words)


def _month_number(found: re.Match[str]) -> str:
    names = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
    return f"{names.index(found[1]) + 1}月"


def _one_day(month: str, day: str) -> Spans:
    m, d = int(month), int(day)

    def spans(year: int) -> Span:
        last = monthrange(year, m)[1]
        if d > last and not (m == 2 and d == 29):
            raise ValueError(d)
        on = date(year, m, min(d, last))
        return Span(on, on)

    return spans


def _months(first: str, last: str | None = None) -> Spans:
    begin, end = int(first), int(last or first)

    def spans(year: int) -> Span:
        to = year + (end < begin)
        return Span(date(year, begin, 1), date(to, end, monthrange(to, end)[1]))

    return spans


def _from_to(month: str, day: str, crosses: str | None, to_month: str, to_day: str) -> Spans:
    first, last = _one_day(month, day), _one_day(to_month, to_day)
    is_next = bool(crosses) or (int(to_month), int(to_day)) < (int(month), int(day))
    if crosses and (int(to_month), int(to_day)) >= (int(month), int(day)):
        raise ValueError(crosses)  # longer than a year

    def spans(year: int) -> Span:
        begins, ends = first(year), last(year + is_next)
        assert begins is not None and ends is not None
        return Span(begins.first_on, ends.last_on)

    return spans


def _nth_weekday(month: str, nth: str, weekday: str) -> Spans:
    m, wanted = int(month), _WEEKDAYS.index(weekday)

    def spans(year: int) -> Span | None:
        days = [d for d in _days_of(year, m) if d.weekday() == wanted]
        return _pick([Span(d, d) for d in days], nth)

    return spans


def _nth_week(month: str, nth: str) -> Spans:
    m = int(month)

    def spans(year: int) -> Span | None:
        mondays = sorted({d - timedelta(days=d.weekday()) for d in _days_of(year, m)})
        return _pick([Span(d, d + timedelta(days=6)) for d in mondays], nth)

    return spans


def _pick(found: list[Span], nth: str) -> Span | None:
    if nth == "最后一":
        return found[-1]
    place = _NUMBERS.index(nth[1])
    return found[place] if place < len(found) else None


def _lunar(month: str, day: str) -> Spans:
    m = 11 if month == "十一" else 12 if month == "十二" else _MONTHS.index(month) + 1
    d = _lunar_number(day)
    return lambda year: _single(day_of(year, m, d))


def _eve() -> Spans:
    return lambda year: _single(day_of(year, 1, 0))


def _solar(name: str) -> Spans:
    if name not in SOLAR_TERMS:
        raise ValueError(name)
    return lambda year: _single(solar_term_day(year, name))


def _single(on: date | None) -> Span | None:
    return Span(on, on) if on else None


def _lunar_number(day: str) -> int:
    digits = "一二三四五六七八九十"
    tens = {"初": 0, "十": 10, "廿": 20}
    if day in ("二十", "三十"):
        return 10 * (digits.index(day[0]) + 1)
    if day == "十":
        return 10
    return tens[day[0]] + digits.index(day[1]) + 1


def _days_of(year: int, month: int) -> list[date]:
    return [date(year, month, n + 1) for n in range(monthrange(year, month)[1])]


def _week_around(spans: Spans) -> Spans:
    def week(year: int) -> Span | None:
        if (found := spans(year)) is None:
            return None
        first = found.first_on - timedelta(days=found.first_on.weekday())
        return Span(first, first + timedelta(days=6))

    return week


_READERS: tuple[tuple[str, Callable[..., Spans]], ...] = (
    (_DAY, _one_day),
    (r"(\d{1,2})月", _months),
    (r"(\d{1,2})月到(?:次年)?(\d{1,2})月", _months),
    (_DAY + "到(次年)?" + _DAY, _from_to),
    (_NTH + "个周([一二三四五六日])", _nth_weekday),
    (_NTH + "个?周", _nth_week),
    (
        "农历([正二三四五六七八九十冬腊]|十[一二])月"
        "(初[一二三四五六七八九十]|十[一二三四五六七八九]?|二十|廿[一二三四五六七八九]|三十)",
        _lunar,
    ),
    ("(?:农历)?除夕", _eve),
    (r"节气(\w\w)", _solar),
)
