"""What people typed into a text may name a child; what leaves the school may not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.views import Row

MASK = "某某"
_NUMBER = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|0\d{2,3}-?\d{7,8})(?!\d)")


def shield(rows: Iterable[Row], names: Iterable[str]) -> list[Row]:
    """Return the rows with every one of these names, and every telephone or ID number, masked.

    Names of one character are left alone, since they are words as well.
    """
    wanted = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, wanted))) if wanted else None

    def cover(value: object) -> object:
        if not isinstance(value, str):
            return value
        text = _NUMBER.sub("＊＊＊", value)
        return pattern.sub(MASK, text) if pattern else text

    return [{key: cover(value) for key, value in row.items()} for row in rows]
