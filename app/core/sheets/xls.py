"""Reading the old .xls (BIFF), which WPS .et files resemble, through xlrd."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlrd

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
from app.core.sheets.serials import from_serial
from app.core.unreadable import UnreadableError


def read_xls(data: bytes, name: str, limits: Limits) -> Book:
    """Read an .xls file; formulas give the value they had when it was saved.

    Raises:
        UnreadableError: it is damaged, has a password or is too big.

    """
    try:
        book = xlrd.open_workbook(
            filename=None, file_contents=data, logfile=io.StringIO(), formatting_info=True
        )
        refuse_many(book.nsheets, limits)
        sheets = tuple(_sheet(book, n, limits) for n in range(book.nsheets))
        return Book(name, "xls", sheets, since_1904=book.datemode == 1)
    except (UnreadableError, MemoryError):
        raise
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise UnreadableError(
                "这个表格设了打开密码，校安台读不了。",
                "请用WPS或Excel打开它，取消密码，另存为“.xlsx”格式，再导入。",
            ) from error
        raise UnreadableError("这个老格式的表格读不出来，可能坏了。", SAVE_AS) from error
    except Exception as error:  # xlrd meets damaged bytes with whatever they make it raise
        raise UnreadableError("这个老格式的表格坏了，或者没有拷完整。", COPY_AGAIN) from error


def _sheet(book: Any, number: int, limits: Limits) -> Sheet:
    sheet = book.sheet_by_index(number)
    lines = Lines(limits)
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            value = _value(cell, book.datemode)
            if value is not None and value != "":
                lines.put(row, column, value)
    rows = lines.done()
    hidden = frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    merged = tuple(Span(r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells)
    return Sheet(
        sheet.name,
        rows,
        hidden=sheet.visibility != 0,
        hidden_rows=frozenset(row for row in hidden if row <= len(rows)),
        merged=tuple(span for span in merged if span.top <= len(rows)),
        left_out=lines.left_out,
    )


def _value(cell: Any, datemode: int) -> str | int | float | bool | date | CellError | None:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value)
        case xlrd.XL_CELL_NUMBER:
            return plain_number(cell.value)
        case xlrd.XL_CELL_DATE:
            return from_serial(cell.value, since_1904=datemode == 1)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return CellError(xlrd.error_text_from_code.get(cell.value, "#ERR"))
    return None
