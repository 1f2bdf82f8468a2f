"""Reading .xlsx and .xlsm: only values, straight from the XML, within the limits.

The usual libraries build a model of the whole workbook, give up on a style they do not know and
lose themselves in a cell at XFD1048576. Here a sheet goes by once and leaves its filled cells.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from app.core.sheets.book import (
    Book,
    CellError,
    Limits,
    Lines,
    Sheet,
    Span,
    UnreadableError,
    refuse_many,
)
from app.core.sheets.kinds import COPY_AGAIN
from app.core.sheets.package import Package
from app.core.sheets.serials import from_serial
from app.core.sheets.styles import day_styles
from app.core.sheets.xml import local, walk

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")


def read_xlsx(data: bytes, name: str, limits: Limits) -> Book:
    """Read an .xlsx; macros, links and pictures are left alone, formulas give their last value.

    Raises:
        UnreadableError: it is cut off, hostile, too big or no spreadsheet.

    """
    package = Package(data, limits)
    home = _home(package)
    listed, since_1904 = _listed(package, home)
    refuse_many(len(listed), limits)
    links = package.links(home)
    parts = {kind: part for kind, part in links.values()}
    strings = _strings(package, parts.get("sharedStrings", ""))
    days = _day_styles(package, parts.get("styles", ""))
    sheets = []
    for title, hidden, link in listed:
        kind, part = links.get(link, ("", ""))
        if kind == "worksheet":
            reading = _Reading(strings, days, limits, since_1904=since_1904)
            with package.open(part) as stream:
                walk(stream, start=reading.start, end=reading.end, text=reading.text)
            sheets.append(reading.sheet(title, hidden=hidden))
    if not sheets:
        raise UnreadableError("文件坏了，里面没有工作表。", COPY_AGAIN)
    return Book(name, "xlsx", tuple(sheets), since_1904=since_1904)


def _home(package: Package) -> str:
    """Return the name of the workbook part, wherever the program put it."""
    for kind, part in package.links("").values():
        if kind == "officeDocument":
            return part
    return "xl/workbook.xml"


def _listed(package: Package, home: str) -> tuple[list[tuple[str, bool, str]], bool]:
    """Return the sheets as (name, hidden, link) and whether days count from 1904."""
    listed: list[tuple[str, bool, str]] = []
    since_1904 = False

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal since_1904
        name = local(tag)
        if name == "workbookPr":
            since_1904 = attrs.get("date1904", "0") in _TRUE
        elif name == "sheet":
            link = next((v for k, v in attrs.items() if k.endswith(":id")), "")
            hidden = attrs.get("state", "visible") != "visible"
            listed.append((attrs.get("name", ""), hidden, link))

    with package.open(home) as stream:
        walk(stream, start=start)
    return listed, since_1904


def _strings(package: Package, part: str) -> list[str]:
    """Return the shared texts, without the readings printed above them."""
    if part not in package:
        return []
    found: list[str] = []
    pieces: list[str] = []
    taking = silent = False

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal taking, silent
        name = local(tag)
        if name == "t":
            taking = not silent
        elif name == "rPh":
            silent = True

    def end(tag: str) -> None:
        nonlocal taking, silent
        name = local(tag)
        if name == "si":
            found.append(_unescaped("".join(pieces)))
            pieces.clear()
        elif name == "t":
            taking = False
        elif name == "rPh":
            silent = False

    def text(piece: str) -> None:
        if taking:
            pieces.append(piece)

    with package.open(part) as stream:
        walk(stream, start=start, end=end, text=text)
    return found


def _day_styles(package: Package, part: str) -> frozenset[str]:
    if part not in package:
        return frozenset()
    with package.open(part) as stream:
        return day_styles(stream)


def _unescaped(text: str) -> str:
    """Return _x000D_ and the like as the character meant; half a character is dropped."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(
        lambda m: "" if 0xD800 <= int(m[1], 16) <= 0xDFFF else chr(int(m[1], 16)), text
    )


class _Reading:
    """One sheet going by; ``start``, ``end`` and ``text`` hear its XML."""

    def __init__(
        self, strings: list[str], days: frozenset[str], limits: Limits, *, since_1904: bool
    ) -> None:
        self._strings = strings
        self._days = days
        self._since_1904 = since_1904
        self._lines = Lines(limits)
        self._hidden: set[int] = set()
        self._merged: list[Span] = []
        self._letters: dict[str, int] = {}
        self._row = -1
        self._column = -1
        self._cell: dict[str, str] = {}
        self._pieces: list[str] = []
        self._taking = self._silent = self._has_value = self._has_formula = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Hear an element begin."""
        name = local(tag)
        if name == "c":
            self._cell = attrs
            self._has_value = self._has_formula = False
            ref = attrs.get("r")
            self._column = self._column_of(ref) if ref else self._column + 1
        elif name == "v" or name == "t":
            self._taking = not self._silent
            self._has_value = True
        elif name == "row":
            self._begin_row(attrs)
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._silent = True
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))

    def text(self, piece: str) -> None:
        """Hear text."""
        if self._taking:
            self._pieces.append(piece)

    def end(self, tag: str) -> None:
        """Hear an element end."""
        name = local(tag)
        if name == "v" or name == "t":
            self._taking = False
        elif name == "c":
            if self._has_value or self._has_formula:
                value = self._value("".join(self._pieces))
                self._pieces.clear()
                if value is not None and value != "":
                    self._lines.put(self._row, self._column, value)
        elif name == "rPh":
            self._silent = False

    def sheet(self, name: str, *, hidden: bool) -> Sheet:
        """Return what went by."""
        rows = self._lines.done()
        return Sheet(
            name,
            rows,
            hidden=hidden,
            hidden_rows=frozenset(row for row in self._hidden if row <= len(rows)),
            merged=tuple(span for span in self._merged if span.top <= len(rows)),
            left_out=self._lines.left_out,
        )

    def _begin_row(self, attrs: dict[str, str]) -> None:
        number = attrs.get("r")
        self._row = int(number) - 1 if number else self._row + 1
        self._column = -1
        if attrs.get("hidden") in _TRUE or attrs.get("ht") == "0":
            self._hidden.add(self._row + 1)

    def _column_of(self, ref: str) -> int:
        letters = ref.rstrip("0123456789")
        column = self._letters.get(letters)
        if column is None:
            column = self._letters[letters] = _column(letters)
        return column

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        self._merged.append(Span(top, left, bottom, right))

    def _value(self, text: str) -> str | int | float | bool | date | datetime | CellError | None:
        kind = self._cell.get("t", "n")
        if self._has_formula and not text and kind != "str":
            return CellError("（公式没有算出结果）")
        if kind == "s":
            return self._strings[int(text)] if text else None
        if kind in ("str", "inlineStr"):
            return _unescaped(text)
        if not text:
            return None
        if kind == "b":
            return text in _TRUE
        if kind == "e":
            return CellError(text)
        if kind == "d":
            return _iso(text)
        number = _number(text)
        if self._cell.get("s") in self._days:
            return from_serial(number, since_1904=self._since_1904)
        return number


def _number(text: str) -> int | float:
    if text.isdecimal():
        return int(text)
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _iso(text: str) -> date | datetime | str:
    try:
        moment = datetime.fromisoformat(text.rstrip("Z"))
    except ValueError:
        return text
    return moment if "T" in text else moment.date()


def _column(letters: str) -> int:
    number = 0
    for letter in letters.replace("$", "").upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _place(ref: str) -> tuple[int, int]:
    letters = ref.rstrip("0123456789")
    return int(ref[len(letters) :]), _column(letters) + 1
