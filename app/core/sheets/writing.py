"""Writing a list as .xlsx or .csv, so that no program ever takes a text for a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from app.core.sheets import parts
from app.core.sheets.book import column_letters
from app.core.values import show

Column = tuple[str, int]
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767
_EXACT = 10**15
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")


def write_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """Write a list as one sheet: the title, a header that stays in view, the rows.

    A column is its label and its width in half-width characters, 0 for as wide as its content.
    Texts stay texts, digits of an ID and a leading = included; days are days, numbers numbers.
    """
    kept = [list(row) for row in rows]
    wide = [width or _fitting(n, label, kept) for n, (label, width) in enumerate(columns)]
    name = _NOT_IN_TITLE.sub("", _clean(title)).strip()[:31] or "Sheet1"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in parts.FIXED.items():
            package.writestr(part, text)
        workbook = parts.WORKBOOK.format(name=quoteattr(name), quoted=escape(f"'{name}'"))
        package.writestr("xl/workbook.xml", workbook)
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for piece in _sheet(title, columns, wide, kept):
                sheet.write(piece.encode())
    return out.getvalue()


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Write a list as UTF-8 with a mark, so that Excel and WPS read the Chinese right.

    A text beginning as a formula does gets a ' before it; reading it here takes that off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in ([*columns], *rows):
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _sheet(
    title: str, columns: Sequence[Column], wide: list[int], rows: list[list[Any]]
) -> Iterator[str]:
    last = column_letters(max(len(columns), 1))
    yield parts.SHEET_START
    widths = (f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in _count(wide))
    yield f"<cols>{''.join(widths)}</cols>" if wide else ""
    yield f'<sheetData><row r="1" ht="30" customHeight="1">{_text("A1", title, parts.TITLE)}</row>'
    names = [column_letters(n) for n in range(1, len(columns) + 1)]
    heads = zip(names, (label for label, _ in columns), strict=True)
    yield f'<row r="2">{"".join(_text(f"{at}2", label, parts.HEADER) for at, label in heads)}</row>'
    for n, row in enumerate(rows, start=3):
        cells = (_cell(f"{at}{n}", cell) for at, cell in zip(names, row, strict=True))
        yield f'<row r="{n}">{"".join(cells)}</row>'
    yield parts.SHEET_END.format(filter=f"A2:{last}{max(len(rows) + 2, 2)}", title=f"A1:{last}1")


def _cell(at: str, value: Any) -> str:
    if value is None or value == "":
        return f'<c r="{at}" s="{parts.TEXT}"/>'
    if isinstance(value, datetime):
        days = (value.replace(tzinfo=None) - datetime(1899, 12, 30)).total_seconds() / 86_400
        return f'<c r="{at}" s="{parts.MOMENT}"><v>{days!r}</v></c>'
    if isinstance(value, date):
        return f'<c r="{at}" s="{parts.DAY}"><v>{value.toordinal() - 693_594}</v></c>'
    if _is_number(value):
        return f'<c r="{at}" s="{parts.NUMBER}"><v>{value}</v></c>'
    text = show(value)
    style = parts.QUOTED if text.startswith(_LIKE_FORMULA) else parts.TEXT
    return _text(at, text, style)


def _is_number(value: Any) -> bool:
    """Say whether a spreadsheet can hold the number exactly: it keeps 15 digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    return bool(-_EXACT < value < _EXACT)


def _text(at: str, text: str, style: int) -> str:
    plain = escape(_clean(text)[:_LONGEST])
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'


def _harmless(value: Any) -> str:
    if _is_number(value):
        return str(value)
    text = value.isoformat(" ") if isinstance(value, datetime) else _plain(value)
    return "'" + text if text.startswith(_LIKE_FORMULA) else text


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else _clean(show(value))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _fitting(n: int, label: str, rows: list[list[Any]]) -> int:
    widest = max((_width(show(row[n])) for row in rows), default=0)
    return min(max(widest, _width(label)) + 2, 50)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _count(wide: list[int]) -> Iterator[tuple[int, int]]:
    return enumerate(wide, start=1)
