"""Rows of a card: boxes with labels, running text, lists inside the card, as pieces to place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core.paper.captioned import picture_rows
from app.core.paper.chart import Chart
from app.core.paper.chart_drawing import GAP_MM, draw_chart, paper_height
from app.core.paper.fonts import Type, measure
from app.core.paper.pictures import Shot, draw_photos, height_of, read_photos
from app.core.paper.shapes import OPEN_TO, Align, Cell, Column, Row
from app.core.paper.sheets import FINE, Sheets, base_line
from app.core.paper.text import paragraph
from app.core.paper.wording import (
    LINE_TO_WRITE_ON,
    fill,
    for_pen,
    open_columns,
    read,
    shown,
)
from app.core.paper.words import PAD_Y, Words, draw_words, set_words

LABEL, LIST, LIST_HEAD = Type("hei", 11), Type("fang", 10.5), Type("hei", 10.5)
SIGN = Type("fang", 10.5)
_SIGN_MM, _TALL_MM = 8.0, 18.0
# A box or text taller than this is divided, so that every piece fits on some sheet.
TALLEST_MM = 140.0
_LABEL_MM = (20.0, 34.0)  # labels of a card are as wide as the longest needs, within this
_STYLES: dict[str, tuple[Type, float]] = {
    "body": (Type("fang", 12), 0),
    "head": (Type("hei", 12), 0),
    "small": (Type("fang", 9), 0),
    "big": (Type("title", 16), 0),
    "code": (Type("hei", 20), 1.2),
}

Draw = Callable[[Sheets, float, float], None]


@dataclass
class Piece:
    """Something that stands whole on one sheet; ``boxed`` ones are framed together.

    What ``leads`` never stands last on a sheet: a heading, the header of a list. That header is
    what its lines are ``under``: it is written again where they go on overleaf.
    """

    height: float
    draw: Draw
    boxed: bool = False
    width: float = 0
    leads: bool = False
    under: Piece | None = None


@dataclass
class Filling:
    """What a card is filled in with: one record, the common facts, the level of the sheet."""

    record: Mapping[str, Any]
    facts: Mapping[str, Any]
    level: str
    pen: list[str]
    body: Type

    def text(self, template: str) -> str:
        """Fill a template in; an empty place becomes a line to write on."""
        values = {**self.facts, **self.record}
        return for_pen(fill(template, values, blank=LINE_TO_WRITE_ON), self.pen)

    def value(self, blank: Cell | Column) -> str:
        """Return what this box shows."""
        return for_pen(shown(read(blank, self.record, self.level), formal=True), self.pen)


def label_width(rows: Sequence[Row]) -> float:
    """Return one width for all labels of a card, so that its lines run through."""
    labels = [measure(cell.label, LABEL) + 4 for row in rows for cell in row.cells if cell.label]
    return min(max([_LABEL_MM[0], *labels]), _LABEL_MM[1])


def pieces_of(row: Row, filling: Filling, width: float, labels: float) -> Iterator[Piece]:
    """Return what one row of the form becomes: nothing, where it may be left out and is empty."""
    if row.optional and not any(read(cell, filling.record, filling.level) for cell in row.cells):
        return
    if row.text:
        yield from _text(row, filling, width)
    elif row.lines:
        yield from _list(row, filling, width)
    elif row.pictures:
        shown_here = row.sensitive <= OPEN_TO[filling.level]
        found = filling.record.get(row.pictures) if shown_here else None
        yield from (Piece(height, draw) for height, draw in picture_rows(found or (), width))
    elif row.chart:
        yield from _chart(row, filling, width)
    else:
        yield from _boxes(row, filling, width, labels)


def _chart(row: Row, filling: Filling, width: float) -> Iterator[Piece]:
    plain = filling.record.get(row.chart)
    if not plain or row.sensitive > OPEN_TO[filling.level]:
        return
    chart = Chart.read(plain)

    def draw(sheets: Sheets, x: float, y: float) -> None:
        draw_chart(sheets, chart, x, y + GAP_MM, width, pen=filling.pen)

    yield Piece(paper_height(chart, width), draw)


def _text(row: Row, filling: Filling, width: float) -> Iterator[Piece]:
    type_, spread = _STYLES[row.style]
    if row.style == "body":
        type_ = filling.body
    indented = row.indent and row.align == "left" and row.style in ("body", "head")
    indent = 2 * type_.em if indented else 0.0
    lines = paragraph(filling.text(row.text), type_, width, indent=indent, squeeze=False)
    ends = [True, *(ends for _, ends in lines)]
    shown_lines = [
        (line, indent if starts else 0.0) for (line, _), starts in zip(lines, ends, strict=False)
    ]
    step = type_.em * 1.5
    count = int(TALLEST_MM / step)
    for start in range(0, len(lines), count):
        piece = _text_piece(row.align, shown_lines[start : start + count], type_, spread, width)
        piece.leads = row.style == "head"
        yield piece


def _text_piece(
    align: Align, lines: Sequence[tuple[str, float]], type_: Type, spread: float, width: float
) -> Piece:
    step = type_.em * 1.5

    def draw(sheets: Sheets, x: float, y: float) -> None:
        x += {"left": 0, "center": width / 2, "right": width}[align]
        for number, (line, indent) in enumerate(lines):
            base = base_line(y + 1.5 + number * step, step, type_)
            sheets.write(x + indent, base, line, type_, align=align, spread=spread)

    return Piece(len(lines) * step + 3, draw)


def _list(row: Row, filling: Filling, width: float) -> Iterator[Piece]:
    columns = open_columns(row.columns, filling.level)
    if not columns:  # nothing of it may be read at this level
        return
    stretch = width / sum(c.width for c in columns)
    widths = [c.width * stretch for c in columns]
    heads = [set_words(c.label, LIST_HEAD, w) for c, w in zip(columns, widths, strict=True)]
    head = _strip(heads, widths, ["center"] * len(columns), row.height)
    head.leads = True
    yield head
    records: Sequence[Mapping[str, Any]] = filling.record.get(row.lines) or ()
    aligns: list[Align] = [c.align for c in columns]
    for number, record in enumerate(records or [{}] * row.blank, start=1):
        line = Filling(record, {}, filling.level, filling.pen, filling.body)
        texts = [str(number) if c.key == "#" else line.value(c) for c in columns]
        cells = [set_words(t, LIST, w) for t, w in zip(texts, widths, strict=True)]
        for part in zip(*_evenly([words.parts(TALLEST_MM) for words in cells]), strict=True):
            piece = _strip(list(part), widths, aligns, row.height)
            piece.under = head
            yield piece


def _evenly(columns: list[list[Words]]) -> list[list[Words]]:
    """Fill up the shorter columns with nothing, where a tall row goes on overleaf."""
    most = max(map(len, columns))
    return [parts + [Words((), parts[0].type)] * (most - len(parts)) for parts in columns]


def _strip(cells: list[Words], widths: list[float], aligns: Sequence[Align], least: float) -> Piece:
    height = max([least, *(words.height + 2 * PAD_Y for words in cells)])

    def draw(sheets: Sheets, x: float, y: float) -> None:
        total = sum(widths)
        lines = [(x, y + height, x + total, y + height)]
        for words, width, align in zip(cells, widths, aligns, strict=True):
            draw_words(sheets, words, x, y, width, height, align=align)
            x += width
            lines.append((x, y, x, y + height))
        sheets.rules(lines[:-1], FINE)

    return Piece(height, draw, boxed=True, width=sum(widths))


@dataclass
class _Box:
    """One cell with its place in the row, its words set."""

    cell: Cell
    width: float
    label_width: float
    label: Words
    value: Words
    photos: tuple[Shot, ...] = ()
    high: float = 0

    @property
    def height(self) -> float:
        value = self.value.height + 2 * PAD_Y + (_SIGN_MM if self.cell.sign else 0)
        return max(self.label.height + 2 * PAD_Y, value, self.high if self.photos else 0)

    def part(self, value: Words, *, first: bool, last: bool) -> _Box:
        """Return the part of a tall box on one sheet: label at its start, signature at its end."""
        return replace(
            self,
            cell=self.cell if last else replace(self.cell, sign=""),
            label=self.label if first else Words((), self.label.type),
            value=value,
            photos=self.photos if first else (),
        )

    def draw(self, sheets: Sheets, x: float, y: float, height: float) -> None:
        if self.label_width:
            draw_words(sheets, self.label, x, y, self.label_width, height, align="center")
            x += self.label_width
            if self.label_width < self.width:
                sheets.rules([(x, y, x, y + height)], FINE)
        width = self.width - self.label_width
        if self.photos:
            draw_photos(sheets, self.photos, x, y, width=width, height=height)
            return
        room = height - (_SIGN_MM if self.cell.sign else 0)
        if height >= _TALL_MM and self.cell.align == "left":
            room = min(room, self.value.height + 2 * 2.0)
        draw_words(sheets, self.value, x + 0.5, y, width - 1, room, align=self.cell.align)
        if self.cell.sign:
            label, day = _to_sign(self.cell.sign)
            base = y + height - 3
            sheets.write(x + 2, base, label, SIGN)
            sheets.write(x + width - 2, base, day, SIGN, align="right")


def _boxes(row: Row, filling: Filling, width: float, labels: float) -> Iterator[Piece]:
    shares = sum(cell.share for cell in row.cells)
    high = height_of(row.height)
    boxes = [_box(c, filling, width * c.share / shares, labels, high) for c in row.cells]
    is_marked = bool(row.mark and filling.record.get(row.mark))
    if is_marked:
        boxes[0].label = set_words(f"▶{row.cells[0].label}", LABEL, boxes[0].label_width)
    parts = list(zip(*_evenly([box.value.parts(TALLEST_MM) for box in boxes]), strict=True))
    for number, values in enumerate(parts, start=1):
        yield _box_row(
            [
                box.part(value, first=number == 1, last=number == len(parts))
                for box, value in zip(boxes, values, strict=True)
            ],
            row.height,
            width,
            is_marked=is_marked,
        )


def _box_row(boxes: list[_Box], least: float, width: float, *, is_marked: bool) -> Piece:
    height = max([least, *(box.height for box in boxes)])

    def draw(sheets: Sheets, x: float, y: float) -> None:
        if is_marked:
            sheets.shade(x, y, width, height)
            sheets.rules([(x, y, x + width, y)], FINE)
        sheets.rules([(x, y + height, x + width, y + height)], FINE)
        for number, box in enumerate(boxes):
            if number:
                sheets.rules([(x, y, x, y + height)], FINE)
            box.draw(sheets, x, y, height)
            x += box.width

    return Piece(height, draw, boxed=True, width=width)


def _box(cell: Cell, filling: Filling, width: float, labels: float, high: float) -> _Box:
    left = cell.label_width or min(labels, width * 0.45)
    if not cell.label:
        left = 0.0
    photos: tuple[Shot, ...] = ()
    text = ""
    if cell.photo:
        photos, text = read_photos(read(cell, filling.record, filling.level), width - left, high)
    elif cell.choices:
        marked = _marked(cell.choices, read(cell, filling.record, filling.level))
        text = for_pen(marked, filling.pen)
    elif cell.text:
        text = filling.text(cell.text)
    elif cell.key:
        text = filling.value(cell)
    value = set_words(text, filling.body, width - left - 1)
    name = set_words(cell.label, LABEL, left or width)
    return _Box(cell, width, left, name, value, photos, high)


def _marked(choices: Sequence[str], value: Any) -> str:
    chosen = {shown(one) for one in value} if isinstance(value, list | tuple) else {shown(value)}
    marks = [f"{'■' if choice in chosen else '□'}{choice}" for choice in choices]
    return "　".join(marks + sorted(chosen - {*choices, ""}))


def _to_sign(sign: str) -> tuple[str, str]:
    """Return what stands before the signature or seal, and the day to fill in."""
    return ("（盖章）" if sign == "盖章" else f"{sign}："), "　　　年　　月　　日"
