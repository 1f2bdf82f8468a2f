"""What people typed into a text may name a child; what leaves the school may not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from app.core.views import Row

MASK = "某某"
_GAP = r"[-－‐–—.·\s]?"  # as people part the groups of a number
_MOBILE = (
    rf"(?:[+＋]?[8８][6６]{_GAP})?[1１][3-9３-９]\d(?:\d{_GAP}\d{{3}}|{_GAP}\d{{4}}){_GAP}\d{{4}}"
)
_LANDLINE = rf"[(（]?[0０]\d{{2,3}}[)）]?{_GAP}\d{{7,8}}"
_ID = rf"\d{{6}}{_GAP}\d{{8}}{_GAP}\d{{3}}[\dXxＸｘ]"
_NUMBER = re.compile(rf"(?<!\d)(?:{_ID}|{_MOBILE}|{_LANDLINE})(?!\d)")
_BLANKS = ("", " ", "\u3000")  # between the characters of a name, to make short ones wider


def shield(rows: Iterable[Mapping[str, Any]], names: Iterable[str]) -> list[Row]:
    """Return the rows with every one of these names, and every telephone or ID number, masked.

    Rows within rows are masked too. Names of one character are left alone, since they are words
    as well.
    """
    known = {blank.join(name) for name in names if len(name) > 1 for blank in _BLANKS}
    lengths = sorted({len(name) for name in known}, reverse=True)

    def cover(value: Any) -> Any:
        if isinstance(value, str):
            return _without(known, lengths, _NUMBER.sub("＊＊＊", value))
        if isinstance(value, Mapping):
            return {key: cover(part) for key, part in value.items()}
        return [cover(part) for part in value] if isinstance(value, (list, tuple)) else value

    return [{key: cover(value) for key, value in row.items()} for row in rows]


def _without(names: Collection[str], lengths: Sequence[int], text: str) -> str:
    """Return the text with the names masked, the longest that fits at each place."""
    made, at = [], 0
    while at < len(text):
        size = next((n for n in lengths if text[at : at + n] in names), 0)
        made.append(MASK if size else text[at])
        at += size or 1
    return "".join(made)
