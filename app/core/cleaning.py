"""What stands in the cells of a school's own lists → clean texts, names, phones, days and ticks."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

_HAN = "\u3005\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0010ffff"
# Full-width digits and letters become plain ones; full-width punctuation is Chinese and stays.
_NARROW = {
    full: full - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for full in range(first, last + 1)
}
_CLEAN_ALREADY = re.compile("[!-~\u3001-\u301f\u4e00-\u9fff（），：；]*")
_SIGNS_OF_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DOTS = re.compile(r"\s*[.。•・‧∙⋅●．｡･·]\s*")
_GAP = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LONGEST_NAME = 50

_SAYS_NONE = frozenset(
    ("无", "没有", "暂无", "空", "未提供", "未填", "不详", "未知", "同父", "同母", "同上", "无电话")
)
_YES = frozenset(("是", "有", "对", "√", "✓", "✔", "☑", "▲", "y", "yes", "1", "true", "t"))
_NO = frozenset(
    ("否", "无", "不", "不是", "没有", "×", "✗", "✘", "✕", "x", "n", "no", "0", "false", "f")
)


def clean_text(value: Any) -> str:
    """Return a cell as a clean text, "" for a blank.

    Invisible and control characters go, runs of blanks become one, full-width digits and letters
    plain. The words and their punctuation stay as they were written.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value if isinstance(value, str) else str(value)
    if _CLEAN_ALREADY.fullmatch(text):
        return text
    text = _SIGNS_OF_VARIANTS.sub("", text.translate(_NARROW))
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return " ".join("".join(kept).split())


def clean_name(value: Any) -> str:
    """Return a person's name: 王　明 is 王明, the dot of a minority name is ·.

    Raises:
        ValueError: it is longer than 50 characters and cannot be a name.

    """
    name = _GAP.sub("", clean_text(value))
    name = _DOTS.sub("·", name).strip("·")
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"姓名应在{_LONGEST_NAME}个字以内")
    return name


def private_characters(text: str) -> str:
    """Return the characters of ``text`` that only some computers know (self-made, private use)."""
    return "".join(_PRIVATE.findall(text))


def says_none(value: Any) -> bool:
    """Say whether a cell is blank or says in words that there is nothing: 无, 同父, —."""
    return clean_text(value).strip("-—–_/\\.。") in _SAYS_NONE | {""}


def read_yes(value: Any) -> bool | None:
    """Read a tick or an answer: √ 是 有 Y 1 are yes, × 否 无 N 0 are no; None for anything else."""
    if isinstance(value, bool):
        return value
    word = clean_text(value).casefold()
    return True if word in _YES else False if word in _NO else None


class Phone(NamedTuple):
    """One number and whose it is as far as the cell says: 父, 母, 爷爷 or nothing."""

    label: str
    number: str


_MOBILE = r"(?:(?:\+|00)?86[- ]?)?0?(?P<mobile>1[3-9](?:[- ]?\d){9})"
_LAND = (
    r"(?P<area>0(?:10|2\d|[3-9]\d\d))[)\- ]{0,2}(?P<land>\d{7,8})(?:[-转](?P<extension>\d{1,5}))?"
)
_SHORT = r"(?P<service>[48]00[- ]?\d{3}[- ]?\d{4})|(?P<local>[2-8]\d{6,7})"
_PHONE = re.compile(rf"(?<![\d])(?:{_LAND}|{_MOBILE}|{_SHORT})(?!\d)")
_DASHES = str.maketrans(dict.fromkeys("—–−‐‑―－ー_~", "-"))
_LABELS = {"爸": "父", "父": "父", "妈": "母", "母": "母"}
_LABEL = re.compile(
    "(?P<word>外公|外婆|姥姥|姥爷|爷爷|奶奶|外?祖父|外?祖母|爸爸?|妈妈?|父亲?|母亲?|[叔伯姑舅姨婶]{1,2}|哥哥?|姐姐?|本人)"
)


def read_phones(value: Any) -> list[Phone]:
    """Read every number of a cell: dashes, full width, a number cell, 父138…/母139….

    A cell that holds anything but good numbers gives none at all, so that no half of it gets lost
    unsaid; ``says_none`` tells 无 and 同父 from a fault.

    >>> read_phones("父138-1234-5678/母13987654321")
    [Phone(label='父', number='13812345678'), Phone(label='母', number='13987654321')]
    """
    text = _phone_text(value)
    phones: list[Phone] = []
    rest = []
    end = 0
    for found in _PHONE.finditer(text):
        before = text[end : found.start()]
        after = re.match(r"\s*\(([^()\d]*)\)", text[found.end() :])
        rest.append(before)
        end = found.end() + (after.end() if after else 0)
        label = _label(before) or (_label(after[1]) if after else "")
        phone = Phone(label, _number(found))
        if phone.number not in (known.number for known in phones):
            phones.append(phone)
    rest.append(text[end:])
    return [] if re.search(r"[\dA-Za-z]", "".join(rest)) else phones


def _phone_text(value: Any) -> str:
    text = unicodedata.normalize("NFKC", clean_text(value)).translate(_DASHES)
    return re.sub(r"\s*-\s*", "-", text)


def _number(found: re.Match[str]) -> str:
    if mobile := found["mobile"]:
        return re.sub(r"\D", "", mobile)
    if area := found["area"]:
        extension = f"-{found['extension']}" if found["extension"] else ""
        return f"{area}-{found['land']}{extension}"
    return found["local"] or re.sub(r"\D", "", found["service"])


def _label(text: str) -> str:
    word = _LABEL.search(text)
    return _LABELS.get(word["word"][0], word["word"]) if word else ""


_WRITTEN_DAY = re.compile(
    r"(\d{4})\s?[-./年、\\]\s?(\d{1,2})\s?[-./月、\\]\s?(\d{1,2})\s?[日号]?"
    r"(?:[T\s]+\d{1,2}[:时].*)?"
)
_EPOCH = date(1899, 12, 30)
_DAY_NUMBERS = range(20_000, 80_000)
NOT_A_DAY = "应为日期，像2015-3-1这样"


def read_day(value: Any, *, since: int = 1990, today: date | None = None) -> date:
    """Read a day however a list keeps it: a date, 43119, 20150301, 2015-3-1, 2015年3月1日.

    The year must lie between ``since`` and the year after ``today``, or 2100 if no day is given.

    Raises:
        ValueError: it is no such day; the text says what it should be.

    """
    day = _day(value)
    last = today.year + 1 if today else 2100
    if not since <= day.year <= last:
        raise ValueError(f"应为{since}年到{last}年之间的日期")
    return day


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", clean_text(value)).translate(_DASHES)
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    elif text.isdecimal() and int(text) in _DAY_NUMBERS:
        return _EPOCH + timedelta(days=int(text))
    if not (parts := _WRITTEN_DAY.fullmatch(text)):
        raise ValueError(NOT_A_DAY)
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        raise ValueError("日历上没有这一天，" + NOT_A_DAY) from None
