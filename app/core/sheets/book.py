"""What has been read from a spreadsheet, and how much may be read at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from app.core.unreadable import UnreadableError

_EXACT = 10**15


@dataclass(frozen=True)
class CellError:
    """A cell that holds an error (#N/A) or more text than a cell may hold."""

    text: str

    def __str__(self) -> str:
        return self.text


class Span(NamedTuple):
    """Merged cells, counted from 1 as the spreadsheet does, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Limits:
    """How much one reading may cost; the child that reads is ended when it wants more.

    ``rows`` and ``columns`` are for one sheet, ``cell_chars`` for one cell, ``unpacked_mb`` for
    everything inside an .xlsx, ``ratio`` says how many times a big part may grow by unpacking.
    """

    seconds: float = 20.0
    memory_mb: int = 1024
    file_mb: int = 50
    unpacked_mb: int = 200
    ratio: int = 200
    sheets: int = 200
    rows: int = 20_000
    columns: int = 60
    cell_chars: int = 5_000


@dataclass(frozen=True)
class Sheet:
    """One sheet: ``rows[i]`` is the spreadsheet's row i + 1, all rows equally wide.

    A cell is str, int, float, bool, date, datetime, CellError or None; of merged cells the first
    has the value. ``hidden_rows`` counts from 1; ``left_out`` is how many filled cells lie beyond
    the limits.
    """

    name: str
    rows: list[tuple[Any, ...]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Book:
    """A whole file; ``kind`` is xlsx, xls or csv, whatever its name ends in.

    ``since_1904`` says that bare day numbers in it count from 1904, as old Macintoshes did;
    ``is_open`` that WPS or Excel has it open, perhaps with changes not yet saved.
    """

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    since_1904: bool = False
    is_open: bool = False


def refuse_many(count: int, limits: Limits) -> None:
    """Refuse a book with more sheets than ``limits`` allow, for no list of a school has so many.

    Raises:
        UnreadableError: it has.

    """
    if count > limits.sheets:
        raise UnreadableError(
            f"里面有{count}张工作表，太多了。",
            "请把要用的工作表复制到一个新表格里，另存为“.xlsx”格式，再导入。",
        )


def plain_number(value: float) -> int | float:
    """Return a number without a fraction as int, as long as it can be exact: 15 digits."""
    return int(value) if abs(value) < _EXACT and value == int(value) else value


class Lines:
    """The rows of one sheet while they come in, kept within the limits."""

    STRAY_ROWS = 5

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows: list[list[Any]] = []
        self._far: set[int] = set()
        self.left_out = 0

    def put(self, row: int, column: int, value: Any) -> None:
        """Keep a filled cell; ``row`` and ``column`` count from 0.

        Raises:
            UnreadableError: the sheet goes on and on; leaving out the rest would lose records.

        """
        if row >= self._limits.rows or column >= self._limits.columns:
            self._leave_out(row, column)
            return
        if isinstance(value, str) and len(value) > self._limits.cell_chars:
            value = CellError(f"（这一格有{len(value)}个字，太长了）")
        rows = self._rows
        while len(rows) <= row:
            rows.append([])
        cells = rows[row]
        if len(cells) < column:
            cells.extend([None] * (column - len(cells)))
        if len(cells) == column:
            cells.append(value)
        else:
            cells[column] = value

    def done(self) -> list[tuple[Any, ...]]:
        """Return all rows, equally wide."""
        width = max(map(len, self._rows), default=0)
        return [(*cells, *[None] * (width - len(cells))) for cells in self._rows]

    def _leave_out(self, row: int, column: int) -> None:
        self.left_out += 1
        if column < self._limits.columns:
            self._far.add(row)
            if len(self._far) > self.STRAY_ROWS:
                raise UnreadableError(
                    f"一张表超过了{self._limits.rows}行，太长了。",
                    "请在WPS或Excel里分成几个文件，再一个一个导入。",
                )


def column_letters(number: int) -> str:
    """Return the letters of a column counted from 1: 27 is AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found
