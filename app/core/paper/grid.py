"""Grids: days down, posts across; the first columns stand on every sheet, none under 9 points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from app.core.paper.foot import draw_foot, draw_tail
from app.core.paper.grid_layout import Layout, Part, Row, lay_out
from app.core.paper.heading import TOP_MM, Heading
from app.core.paper.shapes import PaperForm
from app.core.paper.sheets import FINE, PLAIN, STRONG, Context, Printed, Sheets
from app.core.paper.wording import for_pen, shown
from app.core.paper.words import draw_words


def print_grid(
    form: PaperForm,
    rows: Sequence[Row],
    context: Context,
    tick: Callable[[int, int], object],
) -> Printed:
    """Print a grid as large as it can be on the fewest sheets; without rows, empty lines."""
    pen: list[str] = []
    found = groupby(rows, lambda row: shown(row.get(form.group)) if form.group else "")
    groups = [(for_pen(said, pen), list(some)) for said, some in found] or [("", [])]
    layouts = lay_out(form, groups, context, pen)
    form, total = layouts[0].form, sum(one.pages for one in layouts)
    sheets = Sheets(
        form.title, landscape=form.is_landscape, sheet=form.sheet, binding=context.binding
    )
    for layout in layouts:
        drawing = _Drawing(layout, sheets, context, pen)
        for run in layout.runs:
            for part in layout.parts:
                drawing.sheet(part, run, total)
                tick(sheets.pages, total)
    return sheets.finish(pen)


class _Drawing:
    """A grid being drawn as it was laid out."""

    def __init__(
        self,
        layout: Layout,
        sheets: Sheets,
        context: Context,
        pen: list[str],
    ) -> None:
        self.layout, self.sheets, self.context = layout, sheets, context
        self.rows = rows = layout.rows
        self.left = (sheets.width - layout.form.width_mm) / 2
        self.heading = Heading(layout.form, context, sheets, left=self.left, pen=pen)
        self.heading.first = rows[0] if rows else {}

    def sheet(self, part: Part, run: range, total: int) -> None:
        """Draw one sheet of ``total``: some of the columns, some of the rows."""
        form, number = self.layout.form, self.sheets.pages + 1
        self.heading.draw(self.layout.said, 0)
        top = TOP_MM + self.heading.height(self.layout.said)
        bottom = self._grid(part, run, top)
        draw_tail(self.sheets, form, self.left, bottom)
        draw_foot(
            self.sheets,
            form,
            self.context,
            page=number,
            pages=total,
            left=self.left,
            width=form.width_mm,
        )
        self.sheets.end_page()

    def _grid(self, part: Part, run: range, top: float) -> float:
        sheets, layout = self.sheets, self.layout
        edges = [self.left]
        for width in part.widths:
            edges.append(edges[-1] + width)
        right = edges[-1]
        y = top + layout.header
        bottom = y + sum(layout.heights[n] for n in run)
        self._greys(run, y, right)
        self._heads(part, edges, top)
        across = [(self.left, y, right, y)]
        for n in run:
            height = layout.heights[n]
            for place, words in enumerate(part.cells[n] if n < len(part.cells) else ()):
                draw_words(
                    sheets, words, edges[place], y, part.widths[place], height, align="center"
                )
            y += height
            across.append((self.left, y, right, y))
        down = [(x, top, x, bottom) for x in edges[1:-1]]
        sheets.rules([*across[:-1], *down], FINE)
        x = edges[layout.fixed]
        sheets.rules([(x, top, x, bottom)], PLAIN)
        sheets.box(self.left, top, right - self.left, bottom - top, STRONG)
        return bottom

    def _greys(self, run: range, y: float, right: float) -> None:
        key = self.layout.form.grey
        for n in run:
            if key and n < len(self.rows) and self.rows[n][key]:
                self.sheets.shade(self.left, y, right - self.left, self.layout.heights[n])
            y += self.layout.heights[n]

    def _heads(self, part: Part, edges: list[float], top: float) -> None:
        for (label, under), x, width in zip(part.heads, edges, part.widths, strict=False):
            whole = label.height + under.height
            y = top + (self.layout.header - whole) / 2
            draw_words(self.sheets, label, x, y, width, label.height, align="center")
            if under.lines:
                at = y + label.height
                draw_words(self.sheets, under, x, at, width, under.height, align="center")
