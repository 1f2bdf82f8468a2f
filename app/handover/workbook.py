"""The workbook of a data file, to be opened by hand: every cell is text, no formula ever runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from app.core.values import show
from app.handover.parts import Sender, Table, TableField, write_zip

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST, _MOST_WIDE, _SAMPLE = 32_767, 48, 200
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LONGEST_TAB = 31
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN, _BOLD, _TITLE = 0, 1, 2
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">
<fonts count="3"><font><sz val="11"/><name val="宋体"/></font>
<font><b/><sz val="11"/><name val="宋体"/></font>
<font><b/><sz val="16"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF2"/></patternFill></fill></fills>
<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/>
<bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="49" fontId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="49" borderId="1" applyNumberFormat="1" applyBorder="1"
 applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="1" fillId="2" borderId="1" applyNumberFormat="1" applyFont="1"
 applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
<xf numFmtId="49" fontId="2" applyNumberFormat="1" applyFont="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>
"""


def write_workbook(
    sender: Sender, said: Sequence[tuple[str, str]], tables: Sequence[Table]
) -> bytes:
    """Return a workbook: a first sheet with what the file says of itself, then one a table."""
    filled = [table for table in tables if table.rows]
    counts = [(table.title, f"{_standing(table)}行") for table in tables]
    cover = _sheet(f"{sender.name}报送数据", ("项目", "内容"), [*said, *counts])
    sheets = {"概况": cover}
    for table in filled:
        sheets[_tab(table.title, sheets)] = _table(table)
    names = list(sheets)
    members = {
        "[Content_Types].xml": _types(len(names)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(names),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(names, 1)),
                ("styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _STYLES,
    }
    members |= {f"xl/worksheets/sheet{n}.xml": sheets[name] for n, name in enumerate(names, 1)}
    return write_zip({name: text.encode() for name, text in members.items()})


_FOR_PROGRAMS = frozenset({"uid", "rev", "void", "figure"})  # names only a program reads


def _standing(table: Table) -> int:
    return sum(not row.get("void") for row in table.rows)


def _table(table: Table) -> str:
    shown = [f for f in table.fields if f.name not in _FOR_PROGRAMS]
    rows = ([_text(f, row[f.name]) for f in shown] for row in table.rows if not row.get("void"))
    return _sheet(table.title, [f.title for f in shown], list(rows))


def _text(column: TableField, value: Any) -> str:
    return "" if value is None else str(value) if column.kind == "string" else show(value)


def _sheet(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [_width((head, *(row[n] for row in rows[:_SAMPLE]))) for n, head in enumerate(heads)]
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, 1)
    )
    lines = [_line(1, [title], _TITLE), _line(2, heads, _BOLD)]
    lines += [_line(n, row, _PLAIN) for n, row in enumerate(rows, 3)]
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols>"
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def _line(number: int, cells: Iterable[str], style: int) -> str:
    made = "".join(
        f'<c r="{_letter(n)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_clean(cell))}</t></is></c>"
        for n, cell in enumerate(cells)
    )
    return f'<row r="{number}">{made}</row>'


def _letter(column: int) -> str:
    first, second = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)[:_LONGEST]


def _width(cells: Iterable[str]) -> int:
    longest = max(
        sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in cell[:_MOST_WIDE])
        for cell in cells
    )
    return min(longest + 2, _MOST_WIDE)


def _tab(title: str, others: Collection[str]) -> str:
    """Return what a sheet is called, unlike the others; Excel takes 31 characters."""
    name = re.sub(r"[\[\]:*?/\\']", "", title)[:_LONGEST_TAB]
    number, found = 1, name
    while found.casefold() in {other.casefold() for other in others}:
        number += 1
        found = f"{name[: _LONGEST_TAB - 4]}（{number}）"
    return found


def _types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_MEDIA}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MEDIA}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_MEDIA}.styles+xml"/>{parts}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>'
