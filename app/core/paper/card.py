"""Cards: one record in boxes, with lines to sign and parts to tear off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.core.paper.barcode import QR_MM
from app.core.paper.boxes import Filling, Piece, label_width, pieces_of
from app.core.paper.fonts import Type, measure
from app.core.paper.foot import NOTE, SIGN_MM, draw_foot, draw_notes, draw_signatures, notes_height
from app.core.paper.shapes import PaperForm, Row, Tear
from app.core.paper.sheets import STRONG, Context, Printed, Sheets
from app.core.paper.wording import facts_of, fill, for_pen, read, shown
from app.core.paper.words import write_fitted

TITLE, SUBTITLE, INFO = Type("title", 20), Type("fang", 12), Type("fang", 12)
TEAR_TITLE, CUT, SMALL = Type("title", 16), Type("fang", 10.5), Type("fang", 9)
TOP_MM, BOTTOM_MM, LEFT_MM = 20.0, 15.0, 20.0
QR_TOP_MM, LINE_MM, CUT_MM = 12.0, 6.5, 9.0
_IN_PAIRS = 6  # so many small cards on a sheet stand two beside each other
_REMARK_MM = 12.5  # from the lower edge, between the boxes and the foot
_NO_ROOM = "照片在这张纸上放不下，没有印出，请在校安台里看。"
_PRESSED = (1.0, 0.75, 0.5, 0.25, 0.0)  # how much of the height that may go is still there


def print_card(
    form: PaperForm,
    rows: Sequence[Mapping[str, Any]],
    context: Context,
    tick: Callable[[int, int], object],
) -> Printed:
    """Print a card for each record; without records, one to fill in by hand."""
    run = _Run(form, context)
    records = rows or [{}]
    if form.on_page > 1:
        run.draw_several(records, tick)
    else:
        for number, record in enumerate(records, start=1):
            for copy in form.copies or ("",):
                run.draw_one(record, copy)
            tick(number, len(records))
    return run.sheets.finish(run.pen)


class _Run:
    """Cards of one form being drawn."""

    def __init__(self, form: PaperForm, context: Context) -> None:
        self.form, self.context = form, context
        self.level = context.level or form.level
        self.facts = facts_of(form, context)
        self.sheets = Sheets(
            form.title, landscape=form.is_landscape, sheet=form.sheet, binding=context.binding
        )
        self.left = (self.sheets.width - form.width_mm) / 2 if form.is_landscape else LEFT_MM
        self.across = 2 if form.on_page == _IN_PAIRS else 1
        self.width = (form.width_mm - CUT_MM * (self.across - 1)) / self.across
        self.room = self.sheets.height - TOP_MM - BOTTOM_MM
        self.labels = label_width([*form.rows, *(row for t in form.tears for row in t.rows)])
        self.pen: list[str] = []

    # One record on its own sheets

    def draw_one(self, record: Mapping[str, Any], copy: str) -> None:
        """Draw one copy of one record on as many sheets as it needs."""
        number = self._number(record)
        pages = self._pages(record, copy)
        for page, pieces in enumerate(pages, start=1):
            y = TOP_MM
            if page > 1:
                words = f"{self.form.title}（续）{'　编号 ' + number if number else ''}"
                self.sheets.write(self.left, y - 3, words, SMALL)
            self._draw_pieces(pieces, y)
            draw_foot(
                self.sheets,
                self.form,
                self.context,
                page=page,
                pages=len(pages),
                left=self.left,
                width=self.width,
                record=number,
            )
            self.sheets.end_page()

    def _pages(self, record: Mapping[str, Any], copy: str) -> list[list[Piece]]:
        """Share the card out on as few sheets as it can do with, pressed no more than needed."""
        pages = self._share_out(self._groups(record, copy, self.form.rows))
        if len(pages) == 1 or not any(row.least or row.optional for row in self.form.rows):
            return pages
        plain = tuple(row for row in self.form.rows if not row.optional)
        fewest = len(self._share_out(self._groups(record, copy, _pressed(plain, 0))))
        for by in _PRESSED:
            pages = self._share_out(self._groups(record, copy, _pressed(self.form.rows, by)))
            if len(pages) <= fewest:
                return pages
        pages = self._share_out(self._groups(record, copy, _pressed(plain, 0)))
        cells = [cell for row in self.form.rows if row.optional for cell in row.cells]
        if any(cell.photo and read(cell, record, self.level) for cell in cells):
            pages[-1].append(Piece(0, self._say_no_room))
        return pages

    def _say_no_room(self, sheets: Sheets, x: float, y: float) -> None:
        sheets.write(x, sheets.height - _REMARK_MM, _NO_ROOM, NOTE)

    def _groups(
        self, record: Mapping[str, Any], copy: str, rows: Sequence[Row]
    ) -> list[list[Piece]]:
        """Return the pieces of the card and of each part to tear off."""
        filling = self._filling(record)
        number = self._number(record)
        first = [self._heading(record, copy)]
        for row in rows:
            first += pieces_of(row, filling, self.width, self.labels)
        first += self._signatures(self.form.signatures, self.width)
        if height := notes_height(self.form.notes, self.width):
            first.append(
                Piece(height, lambda s, x, y: draw_notes(s, self.form.notes, x, y, self.width))
            )
        return [first, *(self._tear(tear, filling, number) for tear in self.form.tears)]

    def _share_out(self, groups: list[list[Piece]]) -> list[list[Piece]]:
        pages: list[list[Piece]] = [[]]
        used = 0.0
        for number, group in enumerate(groups):
            whole = sum(piece.height for piece in group)
            if number and used + whole > self.room and used:
                pages.append([])
                used = 0.0
            for piece in group:
                if used + piece.height > self.room and pages[-1]:
                    pages.append(_leading(pages[-1]))
                    if piece.under and not any(one is piece.under for one in pages[-1]):
                        pages[-1].append(piece.under)
                    used = sum(moved.height for moved in pages[-1])
                pages[-1].append(piece)
                used += piece.height
        return pages

    def _draw_pieces(self, pieces: Sequence[Piece], y: float, *, right: float = 0) -> float:
        """Draw pieces from ``y`` down, a strong frame around each run of boxes."""
        start: float | None = None
        frame, left = self.width, self.left + right
        for piece in pieces:
            if piece.boxed and start is None:
                start = y
            elif not piece.boxed and start is not None:
                self.sheets.box(left, start, frame, y - start, STRONG)
                start = None
            piece.draw(self.sheets, left, y)
            y += piece.height
            frame = piece.width
        if start is not None:
            self.sheets.box(left, start, frame, y - start, STRONG)
        return y

    # Several records on one sheet

    def draw_several(
        self, records: Sequence[Mapping[str, Any]], tick: Callable[[int, int], object]
    ) -> None:
        """Draw several records on a sheet, with cutting lines between; fewer if they are tall."""
        cards = [
            [piece for group in self._groups(record, copy, self.form.rows) for piece in group]
            for record in records
            for copy in self.form.copies or ("",)
        ]
        pages = self._several(cards)
        whole = self.form.width_mm
        for page, members in enumerate(pages, start=1):
            for place, (y, pair) in enumerate(members):
                if place:
                    self.sheets.cutting_line(self.left, y - CUT_MM / 2, whole)
                for number, card in enumerate(pair):
                    self._draw_pieces(card, y, right=number * (self.width + CUT_MM))
                if self.across > 1:
                    height = max(map(_height_of, pair))
                    self.sheets.cutting_down(self.left + whole / 2, y - 2, height + 4)
            draw_foot(
                self.sheets,
                self.form,
                self.context,
                page=page,
                pages=len(pages),
                left=self.left,
                width=whole,
            )
            self.sheets.end_page()
            tick(page, len(pages))

    def _several(self, cards: list[list[Piece]]) -> list[list[tuple[float, list[list[Piece]]]]]:
        """Share cards out over sheets: evenly where all fit so, else one close below another.

        What stands side by side goes together.
        """
        pairs = [cards[n : n + self.across] for n in range(0, len(cards), self.across)]
        heights = [max(map(_height_of, pair)) for pair in pairs]
        rows = self.form.on_page // self.across
        slot = self.room / rows
        if max(heights) + CUT_MM <= slot:
            heights = [slot - CUT_MM] * len(pairs)
        top = TOP_MM - 6
        pages: list[list[tuple[float, list[list[Piece]]]]] = [[]]
        y = top
        for pair, height in zip(pairs, heights, strict=True):
            is_full = len(pages[-1]) == rows or y + height > top + self.room
            if pages[-1] and is_full:
                pages.append([])
                y = top
            pages[-1].append((y, pair))
            y += height + CUT_MM
        return pages

    # Pieces

    def _heading(self, record: Mapping[str, Any], copy: str) -> Piece:
        form, number = self.form, self._number(record)
        code = shown(record.get(form.qr)) if form.qr else ""
        height = 12.0 + LINE_MM * (len(form.subtitle) + 1) + 1.5
        if code:
            height = max(height, QR_TOP_MM + QR_MM + 2 - TOP_MM)
        subtitle = [
            for_pen(fill(line, {**self.facts, **record}), self.pen) for line in form.subtitle
        ]
        school = for_pen(self.context.school, self.pen)

        def draw(sheets: Sheets, x: float, y: float) -> None:
            right, width = x + self.width, self.width
            if code:
                sheets.qr(right - QR_MM, y + QR_TOP_MM - TOP_MM, code)
                right -= QR_MM + 4
                width -= QR_MM + 4
            wide = min(measure(form.title, TITLE), width)
            middle = min(x + self.width / 2, right - wide / 2)
            if copy:
                at = y + 4 if form.on_page > 1 else y - 3  # clear of the cutting line
                sheets.write(right, at, copy, SMALL, align="right")
            write_fitted(sheets, middle, y + 7, form.title, TITLE, width, align="center")
            for place, line in enumerate(subtitle):
                at = y + 16 + place * LINE_MM
                write_fitted(sheets, middle, at, line, SUBTITLE, width, align="center")
            base = y + height - 3
            share = width * (0.55 if form.record else 1)
            write_fitted(sheets, x, base, f"{self.context.office}：{school}", INFO, share)
            if form.record:
                words = f"编号：{number or '________________'}"
                write_fitted(sheets, right, base, words, INFO, width * 0.44, align="right")

        return Piece(height, draw)

    def _tear(self, tear: Tear, filling: Filling, number: str) -> list[Piece]:
        code = shown(filling.record.get(tear.qr)) if tear.qr else ""
        width = self.width - (QR_MM + 4 if code else 0)
        pieces = [self._tear_title(tear.title, code, width)]
        for row in tear.rows:
            pieces += pieces_of(row, filling, width, self.labels)
        pieces += self._signatures(tear.signatures, width)
        short = QR_MM + 3 - sum(piece.height for piece in pieces) if code else 0
        if short > 0:
            pieces.append(Piece(short, lambda sheets, x, y: None))
        return [self._cut(number), *pieces]

    def _cut(self, number: str) -> Piece:
        """Return the line to tear along, the record number written across it."""
        words = f"骑缝编号　{number}" if self.form.record else ""
        if words and not number:
            words += "________________"

        def draw(sheets: Sheets, x: float, y: float) -> None:
            at = y + CUT_MM * 0.6
            gap = measure(words, CUT) + 6 if words else 0.0
            sheets.cutting_line(x, at, self.width, gap=gap)
            sheets.write(x + self.width / 2, at + 1.3, words, CUT, align="center")

        return Piece(CUT_MM, draw)

    def _tear_title(self, title: str, code: str, width: float) -> Piece:
        def draw(sheets: Sheets, x: float, y: float) -> None:
            sheets.write(x + width / 2, y + 7, title, TEAR_TITLE, align="center")
            if code:
                sheets.qr(x + self.width - QR_MM, y + 1, code)

        return Piece(10.5 if title else 1.0, draw)

    def _signatures(self, names: tuple[str, ...], width: float) -> Iterator[Piece]:
        if names:
            yield Piece(SIGN_MM, lambda sheets, x, y: draw_signatures(sheets, names, x, y, width))

    def _filling(self, record: Mapping[str, Any]) -> Filling:
        body = Type("fang", self.form.size or 12)
        return Filling(record, self.facts, self.level, self.pen, body)

    def _number(self, record: Mapping[str, Any]) -> str:
        return shown(record.get(self.form.record)) if self.form.record else ""


def _height_of(card: list[Piece]) -> float:
    return sum(piece.height for piece in card)


def _leading(page: list[Piece]) -> list[Piece]:
    """Take headings off the end of a sheet: they belong to what follows."""
    count = 0
    while count + 1 < len(page) and page[-count - 1].leads:
        count += 1
    moved = page[len(page) - count :]
    del page[len(page) - count :]
    return moved


def _pressed(rows: Sequence[Row], by: float) -> tuple[Row, ...]:
    """Return the rows with this much left of the height that each can do without."""
    return tuple(
        replace(row, height=row.least + (row.height - row.least) * by) if row.least else row
        for row in rows
    )
