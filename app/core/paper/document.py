"""A paper as a Word document, for those who must paste it elsewhere: letters and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.core.errors import UserError
from app.core.paper.foot import SIGN_MM
from app.core.paper.setting import BOTTOM_MM, LEFT_MM, STANDARD, TITLE, TOP_MM, WIDTH_MM
from app.core.paper.shapes import Column, PaperForm
from app.core.paper.sheets import Context
from app.core.paper.wording import (
    LINE_TO_WRITE_ON,
    demand_keys,
    facts_of,
    fill,
    open_columns,
    read,
    shown,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# The fonts of GB/T 9704 as Word knows them; where one is missing Word takes its own for it.
_FANG, _HEI, _TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_MADE = datetime(2000, 1, 1)  # the moment a document says it was made: none of anybody's business
_WIDTH_MM, _HEIGHT_MM = 210.0, 297.0  # A4 standing
_SIDE_MM, _TABLE_POINTS = 15.0, 10.5


def write_document(form: PaperForm, rows: Sequence[Mapping[str, Any]], context: Context) -> bytes:
    """Return these rows as the form says, as the bytes of a .docx; a letter begins a new page.

    Raises:
        UserError: the form is a card, or asks for keys that the rows do not have.

    """
    if form.archetype == "card":
        raise UserError(
            f"“{form.title}”是填空的表，不能存为Word。", safe="什么都没有写。", do="请存为PDF。"
        )
    if context.cover is not None:
        rows = context.cover(rows)
    demand_keys(form, rows, facts_of(form, context))
    made = _blank(form)
    if form.archetype == "table":
        _write_list(made, form, rows, context)
    else:
        for number, row in enumerate(rows or [{}]):
            _write_letter(made, form, {**facts_of(form, context), **row}, begins=number > 0)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _blank(form: PaperForm) -> Document:
    """Return an empty document: A4, the margins of its kind, nobody's name in what it says."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    made = docx.Document()
    said = made.core_properties
    said.author = said.last_modified_by = said.comments = ""
    said.title = form.title if "{" not in form.title else ""
    said.created = said.modified = _MADE
    sheet = made.sections[0]
    wide, high = _WIDTH_MM, _HEIGHT_MM
    if form.is_landscape:
        sheet.orientation, wide, high = WD_ORIENT.LANDSCAPE, high, wide
    sheet.page_width, sheet.page_height = Mm(wide), Mm(high)
    is_letter = form.archetype == "letter"
    sides = (TOP_MM, BOTTOM_MM, LEFT_MM, _WIDTH_MM - LEFT_MM - WIDTH_MM)
    top, bottom, left, right = sides if is_letter else (_SIDE_MM,) * 4
    sheet.top_margin, sheet.bottom_margin = Mm(top), Mm(bottom)
    sheet.left_margin, sheet.right_margin = Mm(left), Mm(right)
    _number_pages(made)
    return made


def _write_letter(
    made: Document, form: PaperForm, values: Mapping[str, Any], *, begins: bool
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.enum.text import WD_BREAK
    from docx.shared import Pt

    if begins:
        made.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)

    def words(text: str) -> str:
        return fill(text, values, blank=LINE_TO_WRITE_ON)

    title = _add(made, words(form.title), _TITLE, TITLE.size)
    title.alignment = ALIGN.CENTER
    title.paragraph_format.space_after = Pt(STANDARD.step)
    if form.to:
        _add(made, words(form.to), _FANG, STANDARD.size)
    for block in form.blocks:
        font = _HEI if block.kind == "head" else _FANG
        for line in words(block.text).split("\n"):
            _indent(_add(made, line, font, STANDARD.size))
    if form.sender or form.dated:
        _add(made, "", _FANG, STANDARD.size)
    for text, ends in ((form.sender, 2), (form.dated, 4)):
        if text:
            signed = _add(made, words(text), _FANG, STANDARD.size)
            signed.alignment = ALIGN.RIGHT
            signed.paragraph_format.right_indent = Pt(ends * STANDARD.size)


def _write_list(
    made: Document, form: PaperForm, rows: Sequence[Mapping[str, Any]], context: Context
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    values = {**(rows[0] if rows else {}), **facts_of(form, context)}
    for text, font, size in (
        (form.title, _TITLE, 18.0),
        *((line, _FANG, 12.0) for line in form.subtitle),
    ):
        said = fill(text, values, blank=LINE_TO_WRITE_ON)
        _add(made, said, font, size, step=size * 1.6).alignment = ALIGN.CENTER
    _add(made, f"{context.office}：{context.school}", _FANG, _TABLE_POINTS, step=18)
    columns = open_columns(form.columns, context.level or form.level)
    table = made.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    _fill_row(table.rows[0], columns, [column.label for column in columns], _HEI)
    for word, lines in groupby(rows, key=lambda row: row.get(form.group) if form.group else ""):
        if form.group:
            merged = table.add_row().cells
            _put(merged[0].merge(merged[-1]).paragraphs[0], str(word), _HEI, _TABLE_POINTS)
        for number, row in enumerate(lines, start=1):
            cells = [_cell(one, row, number, context.level or form.level) for one in columns]
            _fill_row(table.add_row(), columns, cells, _FANG)
    if form.signatures:
        line = "　".join(f"{name}：{LINE_TO_WRITE_ON}" for name in form.signatures)
        _add(made, line, _FANG, 12, step=SIGN_MM * 2.8)
    for note in form.notes:
        _add(made, note, _FANG, 9, step=14)


def _cell(column: Column, row: Mapping[str, Any], number: int, level: str) -> str:
    return str(number) if column.key == "#" else shown(read(column, row, level))


def _fill_row(row: Any, columns: Sequence[Column], said: Sequence[str], font: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm

    sides = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT}
    for cell, column, text in zip(row.cells, columns, said, strict=True):
        cell.width = Mm(column.width)
        line = cell.paragraphs[0]
        line.alignment = ALIGN.CENTER if font == _HEI else sides[column.align]
        _put(line, text, font, _TABLE_POINTS)


def _add(made: Document, text: str, font: str, size: float, *, step: float = 0) -> Paragraph:
    """Add a paragraph on lines of a fixed height, as the standard counts them."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    line = made.add_paragraph()
    shape = line.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(step or max(STANDARD.step, size * 1.4))
    _put(line, text, font, size)
    return line


def _put(line: Paragraph, text: str, font: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = line.add_run("".join(c for c in text if c == "\n" or c.isprintable()))
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _indent(line: Paragraph) -> None:
    """Let a paragraph begin two characters in, by characters, as Chinese Word counts them."""
    from docx.oxml.ns import qn

    ends = line._p.get_or_add_pPr().get_or_add_ind()
    ends.set(qn("w:firstLineChars"), "200")
    ends.set(qn("w:firstLine"), str(round(2 * STANDARD.size * 20)))


def _number_pages(made: Document) -> None:
    """Put the number of the page at the foot: — 1 —, 四号."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = made.sections[0].footer.paragraphs[0]
    line.alignment = ALIGN.CENTER
    _put(line, "— ", "宋体", 14)
    run = line.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._element.append(part)
    _put(line, " —", "宋体", 14)
