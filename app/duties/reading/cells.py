"""What one cell of a hand-made roster says: a day, a weekday, several names."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta

from app.core.sheets import CellError

_FULL = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_DAY = re.compile(r"^(\d{1,2})\s*[日号]?$")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_BARE_WEEKDAY = re.compile(r"^[一二三四五六日天]$")
_YEAR_MONTH = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*月")
_SPAN = re.compile(
    r"\d{1,2}\s*[./月]\s*\d{1,2}\s*[日号]?\s*(?:[-—–~～]+|至|到)\s*"
    r"(?:20\d\d\s*[年./]\s*)?(?P<last>(?:(?P<month>\d{1,2})\s*[./月]\s*)?(?P<day>\d{1,2}))(?!\d)"
)
_LONGEST_DAYS = 62
_APART = re.compile(r"[、，,；;/／|\n]+")
_NOTE = re.compile(r"[（(]([^（）()]*)[）)]")
_PHONE = re.compile(r"\d[\d\- ]{5,}\d")
_LACKING = re.compile(r"^[缺差]\d+人$")
_DOTS = str.maketrans(dict.fromkeys("•・‧．∙", "·"))
_NOBODY = frozenset({"", "无", "休", "休息", "放假", "待定", "—", "-", "——", "/", "×", "值班"})
_FREE = re.compile(r"放假|休息|停课|假期|国庆|中秋|元旦|春节|清明|端午|劳动节|五一")
_DAYS = "一二三四五六日"


def text_of(value: object) -> str:
    """Return what a cell says as text, whole numbers without a point."""
    if value is None or isinstance(value, CellError):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def day_of(value: object, *, near: date | None) -> date | None:
    """Read a day; what has no year or month takes them from ``near``, the month of the sheet.

    A day and month without a year fall in the year in which they are nearest to ``near``.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    if found := _FULL.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if near is None:
        return None
    if found := _MONTH_DAY.search(text):
        month, day = int(found[1]), int(found[2])
        years = (near.year - 1, near.year, near.year + 1)
        tried = [on for year in years if (on := _date(year, month, day))]
        return min(tried, key=lambda on: abs((on - near).days), default=None)
    if found := _DAY.match(text):
        return _date(near.year, near.month, int(found[1]))
    return None


def days_of(value: object, *, near: date | None) -> list[date]:
    """Read a day or a span of days: 10月1日—3日, 10.1-10.3; both ends included."""
    if not isinstance(value, str) or not (found := _SPAN.search(value)):
        on = day_of(value, near=near)
        return [on] if on else []
    first = day_of(value[: found.start("last")], near=near)
    if first is None:
        return []
    month = int(found["month"]) if found["month"] else first.month
    last = _date(first.year + (month < first.month), month, int(found["day"]))
    if last is None or not 0 <= (last - first).days <= _LONGEST_DAYS:
        return []
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def month_in(text: str, *, today: date) -> date | None:
    """Return the middle of the month a title names: 2026年10月值班表."""
    if found := _YEAR_MONTH.search(text):
        return _date(int(found[1]), int(found[2]), 15)
    if found := _MONTH.search(text):
        tried = [_date(today.year + by, int(found[1]), 15) for by in (-1, 0, 1)]
        return min(filter(None, tried), key=lambda on: abs((on - today).days), default=None)
    return None


def weekday_of(text: str) -> int | None:
    """Read a weekday: 星期三, 周三 or 三; Monday is 0."""
    plain = text.strip()
    found = _WEEKDAY.search(plain)
    word = found[1] if found else plain if _BARE_WEEKDAY.match(plain) else ""
    return _DAYS.index("日" if word == "天" else word) if word else None


def plain_name(name: str) -> str:
    """Return a name without spaces, its dots as one sign."""
    return re.sub(r"\s", "", name).translate(_DOTS)


def names_in(value: object, known: Collection[str]) -> list[tuple[str, str]]:
    """Return the names in a cell, each with what stands behind it in brackets.

    Names stand apart by 、 a comma, a new line or a space; 李　敏 with a space inside is one name
    where such a name is ``known``. Phones, and words that mean nobody, are no names.
    """
    text = _PHONE.sub("、", text_of(value).translate(_DOTS))
    found: list[tuple[str, str]] = []
    for part in _APART.split(text):
        notes = _NOTE.findall(part)
        bare = _NOTE.sub(" ", part).strip()
        names = [bare] if plain_name(bare) in known else _joined(bare.split(), known)
        kept = [name for one in names if (name := plain_name(one)) not in _NOBODY]
        kept = [name for name in kept if not _LACKING.match(name)]
        kept = [name for name in kept if name in known or not _FREE.search(name)]
        found += [(name, "") for name in kept[:-1]]
        found += [(kept[-1], notes[-1].strip() if notes else "")] if kept else []
    return found


def _joined(parts: list[str], known: Collection[str]) -> list[str]:
    """Put together what a space parts inside a name: 李 敏."""
    found: list[str] = []
    for part in parts:
        together = f"{found[-1]}{part}" if found else part
        if found and len(found[-1]) == 1 and (len(part) == 1 or plain_name(together) in known):
            found[-1] = together
        else:
            found.append(part)
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
