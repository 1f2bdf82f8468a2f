"""What the words above a column mean, however a school writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from app.core.cleaning import clean_text
from app.core.sheets.book import Sheet, column_letters

_BRACKETED = re.compile(r"[(\[{【〔《<][^)\]}】〕》>]*[)\]}】〕》>]?")
_SIGNS = re.compile(r"[^\w√×]|_")
_FILLERS = re.compile(r"学生|孩子|幼儿|儿童|是否|必填|选填|全国|基本|信息|情况|名称|的|1|①")
_LONGEST_HEADER = 60
_WITHIN = 15


class Meaning(NamedTuple):
    """One thing a column can mean; ``words`` are ways to write it, the label is one more.

    ``is_day`` makes bare day numbers right in a file that counts them from 1904.
    """

    key: str
    label: str
    words: tuple[str, ...] = ()
    is_day: bool = False


class Heading(NamedTuple):
    """A header line understood: key → column, and columns that claim a meaning already taken."""

    texts: dict[int, str]
    taken: dict[str, int]
    doubled: tuple[tuple[str, int], ...] = ()


class Dictionary:
    """The meanings a room asks for, looked up by what stands in a header cell."""

    def __init__(self, meanings: Sequence[Meaning], mapping: Mapping[str, str] | None) -> None:
        self.keys = tuple(meaning.key for meaning in meanings)
        self._mapping = {text: key for text, key in (mapping or {}).items()}
        self._known: dict[str, tuple[int, str]] = {}
        for rank in range(3):
            for meaning in meanings:
                for word in (meaning.label, *meaning.words):
                    self._known.setdefault(_forms(word)[rank], (rank, meaning.key))
        self._known.pop("", None)

    def understand(self, texts: Mapping[int, str]) -> Heading:
        """Return which columns mean what; the user's own word wins, then the closest match."""
        named = _distinct(texts)
        claims = []
        for column, text in named.items():
            if text in self._mapping:
                if (key := self._mapping[text]) in self.keys:
                    claims.append((-1, column, key))
            elif found := self._meaning(texts[column]):
                claims.append((found[0], column, found[1]))
        taken: dict[str, int] = {}
        ranks: dict[str, int] = {}
        doubled = []
        for rank, column, key in sorted(claims):
            if key not in taken:
                taken[key], ranks[key] = column, rank
            elif rank == ranks[key]:
                doubled.append((key, column))
        return Heading(named, taken, tuple(doubled))

    def _meaning(self, text: str) -> tuple[int, str] | None:
        found = (
            (max(rank, self._known[form][0]), self._known[form][1])
            for rank, form in enumerate(_forms(text))
            if form in self._known
        )
        return min(found, default=None)


def header_text(cell: Any) -> str:
    """Return a cell as the text of a header, "" if it cannot be one."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADER:
        return ""
    return re.sub(r"\s+", "", clean_text(cell))


class Header(NamedTuple):
    """Where a header stands: its lines, counted from 0, and what they mean."""

    first: int
    last: int
    heading: Heading


def find_header(sheet: Sheet, words: Dictionary, needed: Collection[str]) -> Header | None:
    """Return the line, among the first fifteen filled ones, that names the most meanings.

    A header names two of them or all that are needed; None if no line does.
    """
    best: Header | None = None
    filled = (n for n, row in enumerate(sheet.rows) if any(cell is not None for cell in row))
    for n in islice(filled, _WITHIN):
        for found in _candidates(sheet, n, words):
            names = found.heading.taken
            enough = len(names) >= 2 or set(needed) <= set(names)
            if enough and (best is None or _worth(found, needed) > _worth(best, needed)):
                best = found
    return best


def _worth(header: Header, needed: Collection[str]) -> tuple[bool, int, int]:
    names = header.heading.taken
    return set(needed) <= set(names), len(names), header.first - header.last


def _candidates(sheet: Sheet, n: int, words: Dictionary) -> Iterator[Header]:
    """Understand line ``n`` alone, and with the next where 父亲 stands merged above 姓名, 电话."""
    texts = _texts(sheet, n)
    yield Header(n, n, words.understand(texts))
    groups = [span for span in sheet.merged if span.top == span.bottom == n + 1]
    if not groups or n + 1 >= len(sheet.rows):
        return
    above = dict(texts)
    for span in groups:
        for column in range(span.left - 1, min(span.right, len(sheet.rows[n]))):
            above[column] = texts.get(span.left - 1, "")
    below = _texts(sheet, n + 1)
    both = {c: above.get(c, "") + below.get(c, "") for c in (*texts, *below)}
    yield Header(n, n + 1, words.understand(both))


def _texts(sheet: Sheet, n: int) -> dict[int, str]:
    return {c: text for c, cell in enumerate(sheet.rows[n]) if (text := header_text(cell))}


def _forms(text: str) -> tuple[str, str, str]:
    """Return a header as it stands, without what is in brackets, and down to its core."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    whole = _SIGNS.sub("", plain)
    outside = _SIGNS.sub("", _BRACKETED.sub("", plain))
    core = _FILLERS.sub("", outside).replace("号码", "号")
    return whole, outside or whole, core or outside or whole


def _distinct(texts: Mapping[int, str]) -> dict[int, str]:
    """Return the headers by column; one that repeats gets its column's letters."""
    seen: set[str] = set()
    named: dict[int, str] = {}
    for column, text in sorted(texts.items()):
        named[column] = f"{text}（{column_letters(column + 1)}列）" if text in seen else text
        seen.add(text)
    return named
