"""Reading .xlsx and .xlsm through openpyxl: only values, within the limits."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import Element

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE as _FIRST_OWN
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from app.core.sheets.book import (
    Book,
    CellError,
    Limits,
    Lines,
    Sheet,
    Span,
    plain_number,
    refuse_many,
)
from app.core.sheets.kinds import COPY_AGAIN, SAVE_AS
from app.core.sheets.package import Package
from app.core.sheets.serials import from_moment, from_serial
from app.core.unreadable import UnreadableError

_NOT_NEEDED = ("docProps/core.xml", "docProps/custom.xml", "xl/theme/theme1.xml")
_STYLES = "xl/styles.xml"
# Formats that Chinese programs know by number alone, and openpyxl does not: 31 is 年月日.
_CHINESE_DAYS = frozenset((*range(27, 37), *range(50, 59)))


def read_xlsx(data: bytes, name: str, limits: Limits) -> Book:
    """Read an .xlsx; macros, links and pictures are left alone, formulas give their last value.

    Raises:
        UnreadableError: it is cut off, hostile, too big or no spreadsheet.

    """
    if not openpyxl.DEFUSEDXML:
        raise UnreadableError(
            "校安台没有装完整，缺了安全地读表格要用的部分。", "请重新安装校安台，再导入。"
        )
    package = Package(data, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would name cells and quote them
            return _read(package, name, limits)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # openpyxl meets damaged parts with whatever they make it raise
        raise _refusal(error) from error


class _Reader(ExcelReader):  # type: ignore[misc]
    """What ``openpyxl.load_workbook`` uses, given an archive that has been looked at."""

    def __init__(self, package: Package) -> None:
        super().__init__(package.fp, read_only=True, data_only=True, keep_links=False)
        self.archive = self.valid_files = package
        self.read()

    def read_worksheets(self) -> None:
        """Leave the sheets for later: this would go through each only to learn its size."""


class _Days(NamedTuple):
    """What a day looks like in this book: the cell styles that show one, and the first day."""

    styles: frozenset[int]
    since_1904: bool

    @classmethod
    def of(cls, book: Any) -> _Days:
        """Return what openpyxl has found, and the Chinese formats it does not know."""
        weekdays = (_FIRST_OWN + n for n, code in enumerate(book._number_formats) if "aaa" in code)
        chinese = _CHINESE_DAYS.union(weekdays)
        found = (n for n, style in enumerate(book._cell_styles) if style.numFmtId in chinese)
        return cls(frozenset((*book._date_formats, *found)), book.epoch == MAC_EPOCH)


def _read(package: Package, name: str, limits: Limits) -> Book:
    reader = _opened(package)
    refuse_many(len(reader.parser.sheets), limits)
    days = _Days.of(reader.wb)
    sheets = []
    for listed, link in reader.parser.find_sheets():
        if link.Type.endswith("/worksheet"):  # and not a sheet that is one chart
            with package.open(link.target) as stream:
                sheets.append(_sheet(listed, stream, reader.shared_strings, days, limits))
    if not sheets:
        raise UnreadableError("里面没有工作表。", SAVE_AS)
    return Book(name, "xlsx", tuple(sheets), since_1904=days.since_1904)


def _opened(package: Package) -> _Reader:
    """Open the book, without its styles if openpyxl cannot make them out: days are numbers then."""
    package.drop(*_NOT_NEEDED)
    try:
        return _Reader(package)
    except Exception as error:
        if _is_hostile(error) or _STYLES not in package:
            raise
    package.drop(_STYLES)
    return _Reader(package)


def _is_hostile(error: BaseException | None) -> bool:
    """Say whether a part declares entities; the library may wrap this into an error of its own."""
    return error is not None and (
        isinstance(error, DefusedXmlException) or _is_hostile(error.__cause__)
    )


def _refusal(error: Exception) -> UnreadableError:
    if _is_hostile(error):
        return UnreadableError("这个表格里有不正常的内容，为了安全没有读。", SAVE_AS)
    if isinstance(error, KeyError):
        return UnreadableError("文件坏了，里面缺了一块。", COPY_AGAIN)
    return UnreadableError("这个表格读不出来，可能坏了。", SAVE_AS)


def _sheet(
    listed: Any, stream: IO[bytes], strings: list[str], days: _Days, limits: Limits
) -> Sheet:
    walk = _Walk(stream, strings, data_only=True)
    lines = Lines(limits)
    for _, cells in walk.parse():
        for cell in cells:
            value = _value(cell, days)
            if value is not None and value != "":
                lines.put(cell["row"] - 1, cell["column"] - 1, value)
    rows = lines.done()
    return Sheet(
        listed.name,
        rows,
        hidden=listed.state != "visible",
        hidden_rows=frozenset(row for row in walk.hidden_rows() if row <= len(rows)),
        merged=tuple(span for span in walk.spans() if span.top <= len(rows)),
        left_out=lines.left_out,
    )


class _Walk(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's walk over a sheet, taken directly: it meets the cells there are, and no others.

    The rows that ``iter_rows`` makes of it reach as far as the farthest cell, and know neither
    which of them are hidden nor which cells are merged.
    """

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """Take in a cell; a formula nobody has worked out is an error cell."""
        cell: dict[str, Any] = super().parse_cell(element)
        is_bare = cell["value"] is None and cell["data_type"] != "str"
        if is_bare and element.find(FORMULA_TAG) is not None:
            cell.update(value="（公式没有算出结果）", data_type="e")
        return cell

    def hidden_rows(self) -> Iterator[int]:
        """Yield the numbers of the rows nobody sees."""
        for row, facts in self.row_dimensions.items():
            if facts.get("hidden") in ("1", "true") or facts.get("ht") == "0":
                yield int(row)

    def spans(self) -> Iterator[Span]:
        """Yield the merged cells."""
        for area in self.merged_cells.mergeCell if self.merged_cells else ():
            yield Span(area.min_row, area.min_col, area.max_row, area.max_col)


def _value(cell: dict[str, Any], days: _Days) -> Any:
    value = cell["value"]
    if value is None:
        return None
    match cell["data_type"]:
        case "s":
            return unescape(value)
        case "e":
            return CellError(value)
        case "n" if cell["style_id"] in days.styles:
            return from_serial(value, since_1904=days.since_1904)
        case "n":
            return plain_number(value)
        case "d":
            return from_moment(value)
    return value
