"""How a list looks as a workbook: laid out by openpyxl, in memory alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from app.core.sheets.writing import LIKE_FORMULA, Cell, Tick

_FONT = "宋体"
_PLAIN = Font(_FONT, 11)
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INSIDE = Alignment(vertical="center", wrap_text=True)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_A4 = 9
_TOLD_EVERY = 100  # rows


def lay_out(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    widths: Sequence[int],
    tab: str,
    tick: Tick = lambda *_: None,
) -> bytes:
    """Return a workbook of one sheet: the title over all columns, the heads, the rows.

    A text stays a text, whatever it looks like.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "校安台"
    sheet = book.create_sheet(tab)
    _set_up(sheet, widths, last_row=len(rows) + 2)
    sheet._writer = WorksheetWriter(sheet, out=io.BytesIO())
    sheet._writer.write_top()
    looks = _Looks(sheet)
    sheet.append([looks.title(title)])
    sheet.append(looks.head(head) for head in heads)
    for number, row in enumerate(rows):
        if number % _TOLD_EVERY == 0:
            tick(number, len(rows), "")
        sheet.append(looks.cell(value) for value in row)
    tick(len(rows), len(rows), "")
    out = io.BytesIO()
    _InMemory(book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)).save()
    return out.getvalue()


class _InMemory(ExcelWriter):  # type: ignore[misc]
    """Files a sheet from memory; openpyxl would leave the names in a temporary file meanwhile."""

    def write_worksheet(self, sheet: Any) -> None:
        """File the sheet as its own writer has written it."""
        sheet.close()
        sheet._rels = sheet._writer._rels
        self._archive.writestr(sheet.path[1:], sheet._writer.read())
        self.manifest.append(sheet)


class _Looks:
    """One cell of every look; each goes from place to place, for a look is dear to make."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._title = self._look(font=Font(_FONT, 16, b=True), align=_CENTRE, border=Border())
        self._head = self._look(font=Font(_FONT, 11, b=True), align=_CENTRE)
        self._text = self._look()
        self._guarded = self._look()
        self._guarded.quotePrefix = True
        self._number = self._look("General")
        self._day = self._look("yyyy\\-mm\\-dd")
        self._moment = self._look("yyyy\\-mm\\-dd\\ hh:mm")

    def title(self, text: str) -> Any:
        """Return the title's cell."""
        return _filled(self._title, text)

    def head(self, text: str) -> Any:
        """Return the cell at the head of a column."""
        return _filled(self._head, text)

    def cell(self, value: Cell) -> Any:
        """Return a cell of the list, which looks as its value asks."""
        match value:
            case str() if value.startswith(LIKE_FORMULA):
                look = self._guarded
            case str() | None:
                look = self._text
            case datetime():
                look = self._moment
            case date():
                look = self._day
            case _:
                look = self._number
        return _filled(look, value)

    def _look(
        self,
        code: str = "@",
        *,
        font: Font = _PLAIN,
        align: Alignment = _INSIDE,
        border: Border = _BOX,
    ) -> Any:
        cell = WriteOnlyCell(self._sheet)
        cell.number_format, cell.font, cell.alignment, cell.border = code, font, align, border
        return cell


def _filled(cell: Any, value: Cell) -> Any:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # and no formula or error, which openpyxl takes some texts for
    return cell


def _set_up(sheet: Any, widths: Sequence[int], *, last_row: int) -> None:
    last = get_column_letter(max(len(widths), 1))
    for n, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{last}{last_row}"
    sheet.merged_cells.add(f"A1:{last}1")
    sheet.print_title_rows = "2:2"
    sheet.sheet_format.defaultRowHeight = 18
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.oddFooter.center.text = "第&P页 共&N页"
