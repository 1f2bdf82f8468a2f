"""Names and numbers of persons in a free text: found, and put out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

NOBODY, NO_NUMBER = "某某", "（号码已清除）"
_SHORTEST = 2  # one character alone is any word
_SEAT = re.compile(r"（[^）]*）.*$")  # 孙小满（二年级1班1号）
_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1\d{10})(?!\d)")  # of a card, of a phone


def bare(name: str) -> str:
    """Return a name without the class and seat that tell it from others.

    >>> bare("孙小满（二年级1班1号）")
    '孙小满'
    """
    return _SEAT.sub("", name).strip()


def named(text: str, names: Iterable[str]) -> list[str]:
    """Return which of these names stand in a text, the longest first.

    >>> named("孙小满和孙小落水", ["孙小满", "王小"])
    ['孙小满']
    """
    known = sorted({bare(name) for name in names}, key=lambda name: (-len(name), name))
    return [name for name in known if len(name) >= _SHORTEST and name in text]


def without(text: str, names: Iterable[str]) -> str:
    """Return a text with 某某 in the place of each name, and without personal numbers.

    >>> without("孙小满落水，家长13800000001", ["孙小满"])
    '某某落水，家长（号码已清除）'
    """
    for name in named(text, names):
        text = text.replace(name, NOBODY)
    return _NUMBER.sub(NO_NUMBER, text)
