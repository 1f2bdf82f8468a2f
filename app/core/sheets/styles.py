"""Which cell styles of an .xlsx show a number as a day or a time."""

from __future__ import annotations

import re
from typing import IO

from app.core.sheets.xml import local, walk

# Ids a program knows without being told; 27-36 and 50-58 are the Chinese ones.
_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_OF_TIME = re.compile(r"[ymdhs]|aaa|e(?![+-])", re.IGNORECASE)


def day_styles(stream: IO[bytes]) -> frozenset[str]:
    """Return the numbers, as text, of the cell styles that show days or times."""
    own: dict[str, bool] = {}
    used: list[str] = []
    in_cells = False

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal in_cells
        name = local(tag)
        if name == "numFmt":
            own[attrs.get("numFmtId", "")] = shows_days(attrs.get("formatCode", ""))
        elif name == "cellXfs":
            in_cells = True
        elif name == "xf" and in_cells:
            used.append(attrs.get("numFmtId", "0"))

    def end(tag: str) -> None:
        nonlocal in_cells
        if local(tag) == "cellXfs":
            in_cells = False

    walk(stream, start=start, end=end)
    return frozenset(str(n) for n, id in enumerate(used) if own.get(id, _known(id)))


def shows_days(code: str) -> bool:
    """Say whether a number format shows a day or a time: yyyy"年"m"月", h:mm, but not 0.00E+00."""
    shown = _NOT_SHOWN.sub("", code.partition(";")[0])
    return "general" not in shown.casefold() and bool(_OF_TIME.search(shown))


def _known(id: str) -> bool:
    return id.isdecimal() and int(id) in _BUILT_IN
