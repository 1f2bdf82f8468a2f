"""The fixed parts of an .xlsx file as written here, and the numbers of its cell styles."""

from __future__ import annotations

TEXT, QUOTED, NUMBER, DAY, MOMENT, TITLE, HEADER = range(1, 8)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SIDES = "".join(
    f'<{side} style="thin"><color auto="1"/></{side}>'
    for side in ("left", "right", "top", "bottom")
)
_MIDDLE = '<alignment vertical="center" wrapText="1"/>'
_CENTRE = '<alignment horizontal="center" vertical="center" wrapText="1"/>'


def _style(format_id: int, font: int, border: int, *, more: str = "", align: str = _MIDDLE) -> str:
    return (
        f'<xf numFmtId="{format_id}" fontId="{font}" fillId="0" borderId="{border}" xfId="0"'
        ' applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"'
        f"{more}>{align}</xf>"
    )


_STYLES = "".join(
    (
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
        _style(49, 0, 1),
        _style(49, 0, 1, more=' quotePrefix="1"'),
        _style(0, 0, 1),
        _style(164, 0, 1),
        _style(165, 0, 1),
        _style(49, 1, 0, align=_CENTRE),
        _style(49, 2, 1, align=_CENTRE),
    )
)

FIXED = {
    "[Content_Types].xml": _HEAD
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": _HEAD + f"<Relationships {_RELS}>"
    f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/_rels/workbook.xml.rels": _HEAD + f"<Relationships {_RELS}>"
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": _HEAD + f'<styleSheet {_MAIN}><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="16"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    f"<border>{_SIDES}<diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="8">{_STYLES}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}

WORKBOOK = (
    _HEAD + f'<workbook {_MAIN} xmlns:r="{_LINKS}">'
    '<sheets><sheet name={name} sheetId="1" r:id="rId1"/></sheets>'
    '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
    "{quoted}!$2:$2</definedName></definedNames></workbook>"
)

SHEET_START = (
    _HEAD + f"<worksheet {_MAIN}>"
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/>'
)

SHEET_END = (
    '</sheetData><autoFilter ref="{filter}"/>'
    '<mergeCells count="1"><mergeCell ref="{title}"/></mergeCells>'
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;C第&amp;P页 共&amp;N页</oddFooter></headerFooter></worksheet>"
)
