"""Lists: a title, a header that repeats, rows that do not break, lines to sign."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from app.core.paper.fonts import Type
from app.core.paper.foot import draw_foot, draw_tail, tail_height
from app.core.paper.heading import TOP_MM, Heading
from app.core.paper.shapes import Column, PaperForm
from app.core.paper.sheets import FINE, STRONG, Context, Printed, Sheets
from app.core.paper.wording import (
    for_pen,
    open_columns,
    read,
    shown,
)
from app.core.paper.words import (
    LEADING,
    PAD_Y,
    Words,
    draw_words,
    set_words,
)

BOTTOM_MM = 15.0
_STEP_MM = 0.5


@dataclass
class Strip:
    """One strip of the table: a row, a part of a very tall row, or the line of a group."""

    cells: list[Words]
    height: float
    group: str = ""


@dataclass
class Page:
    """What stands on one sheet; ``heading`` is None on the sheets a list goes on to.

    ``part`` names the group that goes on there. ``ends`` says that a part that is handed out by
    itself ends here, and is signed.
    """

    strips: list[Strip] = field(default_factory=list)
    heading: str | None = None
    part: str = ""
    count: int = 0
    ends: bool = False


def print_table(
    form: PaperForm,
    rows: Sequence[Mapping[str, Any]],
    context: Context,
    tick: Callable[[int, int], object],
) -> Printed:
    """Print a list; without rows, one sheet of empty lines to write on."""
    sheets = Sheets(
        form.title, landscape=form.is_landscape, sheet=form.sheet, binding=context.binding
    )
    return sheets.finish(draw_table(sheets, form, rows, context, tick))


def draw_table(
    sheets: Sheets,
    form: PaperForm,
    rows: Sequence[Mapping[str, Any]],
    context: Context,
    tick: Callable[[int, int], object] = lambda done, total: None,
) -> list[str]:
    """Draw a list on sheets of its own among others; return what no font could write."""
    table = _Table(form, context, sheets)
    pages = list(table.pages(rows))
    for number, page in enumerate(pages, start=1):
        table.draw(page, number, len(pages))
        tick(number, len(pages))
    return table.pen


class _Table:
    """One list being laid out and drawn."""

    def __init__(self, form: PaperForm, context: Context, sheets: Sheets) -> None:
        self.form, self.context, self.sheets = form, context, sheets
        self.level = context.level or form.level
        self.left = 15.0 if form.is_landscape else 20.0
        self.type = Type("fang", form.size or 10.5)
        self.head_type = Type("hei", self.type.size)
        self.columns = open_columns(form.columns, self.level)
        self.widths, self.edges = self._measure_columns()
        self.labels = [
            set_words(c.label, self.head_type, w)
            for c, w in zip(self.columns, self.widths, strict=True)
        ]
        above = any(c.above for c in self.columns)
        self.upper = self.head_type.em * LEADING + 2 * PAD_Y if above else 0.0
        self._take_row(form.row_height)
        self.pen: list[str] = []
        self.heading = Heading(form, context, self.sheets, left=self.left, pen=self.pen)
        self._known: dict[tuple[int, str], Words] = {}

    def _measure_columns(self) -> tuple[list[float], list[float]]:
        stretch = self.form.width_mm / sum(c.width for c in self.columns)
        widths = [c.width * stretch for c in self.columns]
        return widths, [self.left + sum(widths[:n]) for n in range(len(widths) + 1)]

    def _take_row(self, height: float) -> None:
        self.row = height
        least = max(words.height + 2 * PAD_Y for words in self.labels)
        self.header = self.upper + max(height, least)

    # Laying out

    def pages(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[Page]:
        """Share the rows out over sheets."""
        self.heading.first = rows[0] if rows else {}
        if not rows:
            yield self._blank_page()
        elif self.form.group and self.form.group_page:
            for name, group in self._groups(rows):
                heading = for_pen(name, self.pen)
                part = self._share_out(self._strips(group), heading=heading, count=len(group))
                part[-1].ends = True
                yield from part
        else:
            yield from self._whole(rows)

    def _whole(self, rows: Sequence[Mapping[str, Any]]) -> list[Page]:
        """Share out a list in one; with lower rows if that alone brings it onto one sheet."""
        pages = self._share_out(self._grouped(rows), heading="", count=len(rows))
        while len(pages) > 1 and 0 < self.form.row_least <= self.row - _STEP_MM:
            self._take_row(self.row - _STEP_MM)
            pages = self._share_out(self._grouped(rows), heading="", count=len(rows))
        if len(pages) > 1 and self.row < self.form.row_height:
            self._take_row(self.form.row_height)
            pages = self._share_out(self._grouped(rows), heading="", count=len(rows))
        return pages

    def _groups(
        self, rows: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
        for name, group in groupby(rows, lambda row: shown(row.get(self.form.group))):
            yield name, list(group)

    def _grouped(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[Strip]:
        if not self.form.group:
            yield from self._strips(rows)
            return
        for name, group in self._groups(rows):
            line = f"{for_pen(name, self.pen)}　共{len(group)}{self.form.unit}"
            yield Strip([], self.row, line)
            yield from self._strips(group)

    def _strips(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[Strip]:
        tallest = self._room() - 2 * PAD_Y
        columns = list(enumerate(self.columns))
        for number, row in enumerate(rows, start=1):
            cells = [self._words(n, column, row, number) for n, column in columns]
            height = max([words.height for words in cells])
            if height > tallest:
                yield from _cut(cells, tallest)
            else:
                yield Strip(cells, max(height + 2 * PAD_Y, self.row))

    def _words(self, n: int, column: Column, row: Mapping[str, Any], number: int) -> Words:
        value = number if column.key == "#" else read(column, row, self.level)
        text = value if isinstance(value, str) else shown(value)
        words = self._known.get((n, text))
        if words is None:
            words = set_words(for_pen(text, self.pen), self.type, self.widths[n])
            self._known[n, text] = words
        return words

    def _share_out(self, strips: Iterable[Strip], *, heading: str, count: int) -> list[Page]:
        page = Page(heading=heading, count=count)
        pages, room = [page], self._room() - self.heading.height(heading)
        for strip in strips:
            if strip.height > room:
                page = Page(strips=_orphan(page), part=heading)
                pages.append(page)
                room = self._room() - sum(s.height for s in page.strips)
            page.strips.append(strip)
            room -= strip.height
        if tail_height(self.form) > room:
            moved = [page.strips.pop()] if len(page.strips) > 1 else []
            pages.append(Page(strips=[*_orphan(page), *moved], part=heading))
        return pages

    def _blank_page(self) -> Page:
        room = self._room() - self.heading.height("") - tail_height(self.form)
        empty = [Words((), self.type) for _ in self.columns]
        height = self.form.row_height
        return Page([Strip(empty, height) for _ in range(int(room / height))], heading="")

    def _room(self) -> float:
        return self.sheets.height - TOP_MM - self.header - BOTTOM_MM

    # Drawing

    def draw(self, page: Page, number: int, pages: int) -> None:
        """Draw one sheet."""
        y = TOP_MM
        if page.heading is not None:
            self.heading.draw(page.heading, page.count)
            y += self.heading.height(page.heading)
        else:
            self.heading.draw_again(page.part)
        bottom = self._draw_grid(page, y)
        if page.ends or number == pages:
            draw_tail(self.sheets, self.form, self.left, bottom)
        draw_foot(
            self.sheets,
            self.form,
            self.context,
            page=number,
            pages=pages,
            left=self.left,
            width=self.form.width_mm,
        )
        self.sheets.end_page()

    def _draw_grid(self, page: Page, top: float) -> float:
        """Draw header, rows and their lines; return where the table ends."""
        sheets, left, right = self.sheets, self.edges[0], self.edges[-1]
        self._draw_header(top)
        y = top + self.header
        across = [(left, y, right, y)]
        down: list[tuple[float, float]] = []
        start = y
        for strip in page.strips:
            if strip.group:
                down.append((start, y))
                words = Words((strip.group,), self.head_type)
                draw_words(sheets, words, left + 1, y, right - left, strip.height)
                start = y + strip.height
            else:
                self._draw_row(strip, y)
            y += strip.height
            across.append((left, y, right, y))
        down.append((start, y))
        across += [(x, a, x, b) for a, b in down if b > a for x in self.edges[1:-1]]
        sheets.rules(across[:-1] if across[-1][1] == y else across, FINE)
        sheets.box(left, top, right - left, y - top, STRONG)
        return y

    def _draw_header(self, top: float) -> None:
        bottom = top + self.header
        lines: list[tuple[float, float, float, float]] = []
        place = 0
        for above, members in groupby(self.columns, lambda column: column.above):
            count = len(list(members))
            first, last = self.edges[place], self.edges[place + count]
            if above:
                words = set_words(above, self.head_type, last - first)
                draw_words(self.sheets, words, first, top, last - first, self.upper, align="center")
                lines.append((first, top + self.upper, last, top + self.upper))
            y = top + self.upper if above else top
            for n in range(place, place + count):
                x, width = self.edges[n], self.widths[n]
                words = self.labels[n]
                draw_words(self.sheets, words, x, y, width, bottom - y, align="center")
                if n:
                    lines.append((x, top if n == place else y, x, bottom))
            place += count
        self.sheets.rules(lines, FINE)

    def _draw_row(self, strip: Strip, y: float) -> None:
        for n, words in enumerate(strip.cells):
            if words.lines:
                draw_words(
                    self.sheets,
                    words,
                    self.edges[n],
                    y,
                    self.widths[n],
                    strip.height,
                    align=self.columns[n].align,
                )


def _orphan(page: Page) -> list[Strip]:
    """Take the line of a group off the end of a page: it belongs to the rows that follow."""
    return [page.strips.pop()] if page.strips and page.strips[-1].group else []


def _cut(cells: list[Words], height: float) -> Iterator[Strip]:
    columns = [words.parts(height) for words in cells]
    for n in range(max(map(len, columns))):
        parts = [
            c[n] if n < len(c) else Words((), w.type) for c, w in zip(columns, cells, strict=True)
        ]
        yield Strip(parts, max(p.height for p in parts) + 2 * PAD_Y)
