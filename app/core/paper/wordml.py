"""The few parts of a Word document that papers need, written as its standard (ECMA-376) says."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TWIPS = 1440 / 25.4  # a millimetre in twentieths of a point
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the same document has the same bytes, and no moment in it
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_OFFICE}.footer+xml"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_LINKS = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{_R}/footer" Target="footer1.xml"/></Relationships>'
)


class Look(NamedTuple):
    """How a paragraph stands: font and size in points, line step in points, where it begins.

    ``indent`` is the first line's, in characters; ``right`` what is left free at the right edge,
    in points; ``after`` the room below it, in points.
    """

    font: str
    size: float
    step: float = 0
    align: str = "left"
    indent: int = 0
    right: float = 0
    after: float = 0
    is_new_page: bool = False
    stays: bool = False


# A row of a table: its texts, how they look, and on which side each stands.
Line = tuple[Sequence[str], Look, Sequence[str]]


class Page(NamedTuple):
    """The sheet, in millimetres: its size, and its margins from the top clockwise."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float


def paragraph(text: str, look: Look) -> str:
    """Return a paragraph; a line break in the text stays one."""
    return f"<w:p>{_shape(look)}{_runs(text, look)}</w:p>"


def table(
    rows: Iterable[tuple[Sequence[str], Look, Sequence[str]]], widths: Sequence[float]
) -> str:
    """Return a table of these rows, its first repeated on each page.

    ``widths`` are in millimetres; a row of one text goes across all columns.
    """
    columns = [round(width * _TWIPS) for width in widths]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    body = "".join(_row(line, columns, is_first=number == 0) for number, line in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def document(parts: Iterable[str], page: Page, *, foot: Look) -> bytes:
    """Return the bytes of a .docx of these parts; the page is numbered at its foot."""
    width, height, *margins = (round(side * _TWIPS) for side in page)
    top, right, bottom, left = margins
    turned = ' w:orient="landscape"' if width > height else ""
    sheet = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        'w:header="850" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    spaces = f'xmlns:w="{_W}" xmlns:r="{_R}"'
    body = f"<w:document {spaces}><w:body>{''.join(parts)}{sheet}</w:body></w:document>"
    number = f'{_run("— ", foot)}<w:fldSimple w:instr="PAGE">{_run("1", foot)}</w:fldSimple>'
    footer = f"<w:ftr {spaces}><w:p>{_shape(foot)}{number}{_run(' —', foot)}</w:p></w:ftr>"
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _LINKS,
        "word/footer1.xml": footer,
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, _EARLIEST)
            packed.writestr(info, (_HEAD + text).encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _row(line: Line, columns: Sequence[int], *, is_first: bool) -> str:
    texts, look, aligns = line
    is_across = len(texts) == 1 and len(columns) > 1
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(columns) if is_across else columns[number]}" '
        f'w:type="dxa"/>{_span(len(columns)) if is_across else ""}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{paragraph(text, look._replace(align=aligns[number]))}</w:tc>"
        for number, text in enumerate(texts)
    )
    again = "<w:tblHeader/>" if is_first else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{cells}</w:tr>"


def _span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def _shape(look: Look) -> str:
    parts = ["<w:keepNext/>" if look.stays else ""]
    parts.append("<w:pageBreakBefore/>" if look.is_new_page else "")
    line = f' w:line="{round(look.step * 20)}" w:lineRule="exact"' if look.step else ""
    parts.append(f'<w:spacing w:before="0" w:after="{round(look.after * 20)}"{line}/>')
    ends = ""
    if look.indent:
        first = round(look.indent * look.size * 20)
        ends += f' w:firstLineChars="{look.indent * 100}" w:firstLine="{first}"'
    if look.right:
        ends += f' w:right="{round(look.right * 20)}"'
    parts.append(f"<w:ind{ends}/>" if ends else "")
    parts.append(f'<w:jc w:val="{look.align}"/>')
    return f"<w:pPr>{''.join(parts)}</w:pPr>"


def _runs(text: str, look: Look) -> str:
    return "<w:r><w:br/></w:r>".join(_run(line, look) for line in text.split("\n"))


def _run(text: str, look: Look) -> str:
    font, size = quoteattr(look.font), round(look.size * 2)
    said = escape("".join(filter(_may_stand, text)))
    return (
        f"<w:r><w:rPr><w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font}/>"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{said}</w:t></w:r>'
    )


def _may_stand(char: str) -> bool:
    """Say whether XML may hold a character: no control characters, no half of a pair."""
    code = ord(char)
    return code >= 0x20 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
