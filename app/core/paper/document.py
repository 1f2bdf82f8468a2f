"""A paper as a Word document, for those who must paste it elsewhere: letters and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from app.core.errors import UserError
from app.core.paper import wordml
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
from app.core.paper.wordml import Line, Look, Page

# The fonts of GB/T 9704 as Word knows them; where one is missing Word takes its own for it.
_FANG, _HEI, _TITLE, _SONG = "仿宋_GB2312", "黑体", "方正小标宋简体", "宋体"
_A4_MM = (210.0, 297.0)
_SIDE_MM = 15.0
_TEXT = Look(_FANG, STANDARD.size, STANDARD.step)
_BODY = _TEXT._replace(indent=2)
_CELL = Look(_FANG, 10.5, 18)
_KEPT_WITH_SIGNATURE = 2  # paragraphs of the text: no signature stands alone on a page
_FOOT = Look(_SONG, 14, align="center")


def write_document(form: PaperForm, rows: Sequence[Mapping[str, Any]], context: Context) -> bytes:
    """Return these rows as the form says, as the bytes of a .docx; each letter begins a page.

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
    if form.archetype == "table":
        return wordml.document(_list(form, rows, context), _sheet_of_list(form), foot=_FOOT)
    parts = [
        part
        for number, row in enumerate(rows or [{}])
        for part in _letter(form, {**facts_of(form, context), **row}, is_next=number > 0)
    ]
    right = _A4_MM[0] - LEFT_MM - WIDTH_MM
    return wordml.document(parts, Page(*_A4_MM, TOP_MM, right, BOTTOM_MM, LEFT_MM), foot=_FOOT)


def _letter(form: PaperForm, values: Mapping[str, Any], *, is_next: bool) -> Iterator[str]:
    def words(text: str) -> str:
        return fill(text, values, blank=LINE_TO_WRITE_ON)

    title = Look(_TITLE, TITLE.size, TITLE.size * 1.6, "center", after=STANDARD.step)
    yield wordml.paragraph(words(form.title), title._replace(is_new_page=is_next))
    if form.to:
        yield wordml.paragraph(words(form.to), _TEXT)
    signs = [(text, ends) for text, ends in ((form.sender, 2), (form.dated, 4)) if text]
    lines = [(line, one) for one in form.blocks for line in words(one.text).split("\n")]
    for number, (line, block) in enumerate(lines):
        is_last = bool(signs) and number >= len(lines) - _KEPT_WITH_SIGNATURE
        look = _BODY._replace(stays=is_last)
        if block.kind == "head":
            look = _BODY._replace(font=_HEI, stays=True)
        yield wordml.paragraph(line, look)
    if signs:
        yield wordml.paragraph("", _TEXT._replace(stays=True))
    for text, ends in signs:
        signed = _TEXT._replace(align="right", right=ends * STANDARD.size)
        yield wordml.paragraph(words(text), signed._replace(stays=(text, ends) != signs[-1]))


def _sheet_of_list(form: PaperForm) -> Page:
    width, height = _A4_MM[::-1] if form.is_landscape else _A4_MM
    return Page(width, height, _SIDE_MM, _SIDE_MM, _SIDE_MM, _SIDE_MM)


def _list(form: PaperForm, rows: Sequence[Mapping[str, Any]], context: Context) -> Iterator[str]:
    values = {**(rows[0] if rows else {}), **facts_of(form, context)}
    for text, look in (
        (form.title, Look(_TITLE, 18, 30, "center")),
        *((line, Look(_FANG, 12, 20, "center")) for line in form.subtitle),
    ):
        yield wordml.paragraph(fill(text, values, blank=LINE_TO_WRITE_ON), look)
    yield wordml.paragraph(f"学校：{context.school}", _CELL)
    level = context.level or form.level
    columns = open_columns(form.columns, level)
    yield wordml.table(_lines(form, rows, columns, level), [one.width for one in columns])
    if form.signatures:
        line = "　".join(f"{name}：{LINE_TO_WRITE_ON}" for name in form.signatures)
        yield wordml.paragraph(line, Look(_FANG, 12, 36))
    for note in form.notes:
        yield wordml.paragraph(note, Look(_FANG, 9, 14))


def _lines(
    form: PaperForm, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], level: str
) -> Iterator[Line]:
    head, aligns = _CELL._replace(font=_HEI), [column.align for column in columns]
    yield [column.label for column in columns], head, ["center"] * len(columns)
    for word, found in groupby(rows, key=lambda row: row.get(form.group) if form.group else ""):
        if form.group:
            yield [shown(word)], head, ["left"]
        for number, row in enumerate(found, start=1):
            said = [
                str(number) if one.key == "#" else shown(read(one, row, level)) for one in columns
            ]
            yield said, _CELL, aligns
