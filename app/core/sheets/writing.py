"""Writing a list as .xlsx, so that no program ever takes a text for a formula."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core.values import show

Column = tuple[str, int]
Tick = Callable[[int, int, str], object]
Cell = str | int | float | Decimal | date | None
LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767
_EXACT = 10**15
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")


def write_xlsx(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    words: str = "",
    tick: Tick = lambda *_: None,
) -> bytes:
    """Write a list as one sheet: the title, a header that stays in view, the rows.

    ``words`` say beside the title what the list was narrowed to. ``tick`` hears how many rows are
    written, of how many, and may stop it by raising.

    A column is its label and its width in half-width characters, 0 for as wide as its content.
    Texts stay texts, digits of an ID and a leading = included; days are days, numbers numbers.
    """
    from app.core.sheets.layout import lay_out  # here, for the library takes its time to load

    kept = [[_cell(value) for value in row] for row in rows]
    widths = [
        width or _fitting(label, (row[n] for row in kept))
        for n, (label, width) in enumerate(columns)
    ]
    heads = [_clean(label) for label, _ in columns]
    said = f"{title}（按筛选导出：{words}）" if words else title
    return lay_out(_clean(said), heads, kept, widths=widths, tab=_tab(title), tick=tick)


def _tab(title: str) -> str:
    """Return what a sheet may be called: no more than 31 characters, and some not at all."""
    return _NOT_IN_TITLE.sub("", _clean(title)).strip()[:31] or "Sheet1"


def _cell(value: Any) -> Cell:
    """Return what a spreadsheet can hold of a value: 15 digits of a number, and not half a sign."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return value
    if (
        isinstance(value, (int, float, Decimal))
        and not isinstance(value, bool)
        and -_EXACT < value < _EXACT
    ):
        return value
    return _clean(show(value)) or None


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)[:_LONGEST]


def _fitting(label: str, cells: Iterable[Cell]) -> int:
    return min(max(map(_width, (label, *map(show, cells)))) + 2, 50)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
