"""How a grid lies on its sheets: which columns beside each other, which rows below each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from app.core.paper.fonts import Type, measure
from app.core.paper.foot import tail_height
from app.core.paper.heading import TOP_MM, Heading
from app.core.paper.names import BETWEEN, set_names, widest
from app.core.paper.shapes import PaperForm
from app.core.paper.sheets import Context, Sheets
from app.core.paper.wording import NAME_TO_WRITE, for_pen, open_columns, read, shown
from app.core.paper.words import PAD_X, PAD_Y, Words, set_words

SMALLEST = 9.0
_SIZES = (11.0, 10.5, 10.0, 9.5, SMALLEST)
_BOTTOM_MM = 13.0
_NARROWEST_MM, _NAME_MM = 15.0, 30.0  # of a column; what a long name may ask of one
_STEP_MM = 0.2
_MOST_LINES = 8  # of one cell
_MONTH = 31  # lines of a sheet to fill in by hand, and beside the first …
_BLANKS = 5  # … so many columns

Row = Mapping[str, Any]


class _Across(NamedTuple):
    """One further column: its head, and who stands in it row by row."""

    label: str
    under: str
    names: tuple[tuple[str, ...], ...]


@dataclass
class Part:
    """The columns of one sheet beside the first ones; every cell set, widths in millimetres."""

    heads: list[tuple[Words, Words]]
    widths: list[float]
    cells: list[list[Words]]


@dataclass
class Layout:
    """One way to lay a group out: ``runs`` are the rows of each sheet down."""

    form: PaperForm
    said: str
    rows: Sequence[Row]
    type: Type
    parts: list[Part]
    fixed: int
    header: float
    heights: list[float]
    runs: list[range]

    @property
    def pages(self) -> int:
        """How many sheets it takes."""
        return len(self.parts) * len(self.runs)

    @property
    def rank(self) -> tuple[float, float]:
        """How good it is among those of as many sheets: a day on one sheet, then large letters."""
        return len(self.parts), -self.type.size


def lay_out(
    form: PaperForm, groups: Sequence[tuple[str, Sequence[Row]]], context: Context, pen: list[str]
) -> list[Layout]:
    """Lay every group out on sheets of one kind, as few as can be, as large as these allow."""
    lying, standing = replace(form, orientation="landscape"), replace(form, orientation="portrait")
    tried = [
        [_best(one, said, rows, context, pen) for said, rows in groups]
        for one in ([form] if form.orientation else [lying, standing])
    ]
    return min(tried, key=lambda done: (sum(one.pages for one in done), *done[0].rank))


def _best(
    form: PaperForm, said: str, rows: Sequence[Row], context: Context, pen: list[str]
) -> Layout:
    sizes = [max(form.size, SMALLEST)] if form.size else _SIZES
    layings = [_Laying(form, rows, context, pen, size) for size in sizes]
    tried = [laying.layout(said, more=more) for laying in layings for more in (0, 1)]
    return min(tried, key=lambda one: (one.pages, *one.rank))


class _Laying:
    """One form of sheet and one size of letter being tried."""

    def __init__(
        self, form: PaperForm, rows: Sequence[Row], context: Context, pen: list[str], size: float
    ) -> None:
        self.form, self.rows, self.context, self.pen = form, rows, context, pen
        self.type, self.head = Type("fang", size), Type("hei", size)
        self.small = Type("fang", SMALLEST)
        self.columns = [
            column
            for column in open_columns(form.columns, context.level or form.level)
            if not rows or any(shown(row.get(column.key)) for row in rows)
        ]
        self.fixed_widths = [max(c.width, measure(c.label, self.head) + 2) for c in self.columns]

    def layout(self, said: str, *, more: int) -> Layout:
        """Return how the grid lies at this size, on ``more`` sheets side by side than must be."""
        parts = [self._part(self._first, some) for some in self._share(self._across(), more)]
        header = max(
            label.height + under.height + 2 * PAD_Y for part in parts for label, under in part.heads
        )
        content = [
            max(part.cells[n][k].height for part in parts for k in range(len(part.cells[n])))
            for n in range(len(self.rows))
        ]
        heights, runs = self._down(content, header, said)
        return Layout(
            self.form, said, self.rows, self.type, parts, len(self.columns), header, heights, runs
        )

    @cached_property
    def _first(self) -> list[list[Words]]:
        level = self.context.level or self.form.level
        return [
            [
                set_words(for_pen(shown(read(column, row, level)), self.pen), self.type, width)
                for column, width in zip(self.columns, self.fixed_widths, strict=True)
            ]
            for row in self.rows
        ]

    def _across(self) -> list[_Across]:
        if not self.rows:
            return [_Across("", "", ())] * _BLANKS
        lists = [row[self.form.across] for row in self.rows]
        return [
            _Across(
                for_pen(head["label"], self.pen),
                for_pen(head["under"], self.pen),
                tuple(
                    tuple(self._name(name) for name in cells[n]["names"] if name) for cells in lists
                ),
            )
            for n, head in enumerate(lists[0])
        ]

    def _name(self, name: str) -> str:
        """Return a name as it can be printed, else room for the pen."""
        return for_pen(name, self.pen) or NAME_TO_WRITE

    def _least(self, one: _Across) -> float:
        name = min(widest(one.names, self.type), _NAME_MM) + 0.5
        head = max(min(measure(one.label, self.head), _NAME_MM), measure(one.under, self.small))
        crowd = max(map(len, one.names), default=0) / _MOST_LINES
        if crowd > 1:  # more names than may stand below each other
            wide = math.ceil(crowd) * (widest(one.names, self.type) + self.type.em)
            name = min(max(name, wide), self.form.width_mm - sum(self.fixed_widths) - 2 * PAD_X)
        return max(_NARROWEST_MM, name + 2 * PAD_X, head + 2 * PAD_X + 0.5)

    def _share(self, across: list[_Across], more: int) -> list[list[_Across]]:
        """Share the further columns over as few sheets as hold them, about as many on each.

        ``more`` sheets than that have lower rows, which may take fewer sheets in all.
        """
        room = self.form.width_mm - sum(self.fixed_widths)
        for sheets in range(1, len(across) + 1):
            if all(sum(map(self._least, part)) <= room for part in _parted(across, sheets)):
                return _parted(across, min(sheets + more, len(across)))
        return [[one] for one in across] or [[]]

    def _part(self, first: list[list[Words]], across: list[_Across]) -> Part:
        widths = [*self.fixed_widths, *self._widths(across)]
        if not across:
            widths = [w * self.form.width_mm / sum(widths) for w in widths]
        heads = [
            (set_words(c.label, self.head, w), Words((), self.small))
            for c, w in zip(self.columns, widths, strict=False)
        ]
        further = widths[len(self.columns) :]
        heads += [
            (set_words(one.label, self.head, w), set_words(one.under, self.small, w))
            for one, w in zip(across, further, strict=True)
        ]
        cells = [
            [
                *words,
                *(
                    set_names(one.names[n], self.type, w)
                    for one, w in zip(across, further, strict=True)
                ),
            ]
            for n, words in enumerate(first)
        ]
        return Part(heads, widths, cells)

    def _widths(self, across: list[_Across]) -> list[float]:
        """Give each column what its widest name needs, the rest by what would stay on one line."""
        room = self.form.width_mm - sum(self.fixed_widths)
        least = [self._least(one) for one in across]
        if not across or sum(least) >= room:
            return [w * room / sum(least) for w in least]
        wanted = [
            max(
                [low, *(measure(BETWEEN.join(names), self.type) + 2 * PAD_X for names in one.names)]
            )
            for one, low in zip(across, least, strict=True)
        ]
        more = sum(wanted) - sum(least)
        spare = room - sum(least)
        part = min(spare / more, 1.0) if more else 0.0
        widths = [low + (want - low) * part for low, want in zip(least, wanted, strict=True)]
        return [w * room / sum(widths) for w in widths]

    def _down(
        self, content: list[float], header: float, said: str
    ) -> tuple[list[float], list[range]]:
        """Share the rows out over sheets, as low as they must be to stay on one."""
        sheets = Sheets(self.form.title, landscape=self.form.is_landscape, sheet=self.form.sheet)
        heading = Heading(self.form, self.context, sheets, left=0, pen=[])
        room = sheets.height - TOP_MM - heading.height(said) - header - _BOTTOM_MM
        room -= tail_height(self.form)
        least = self.form.row_least or self.form.row_height
        if not content:
            count = min(int(room / least), _MONTH)
            return [room / count] * count, [range(count)]
        row, pad = self.form.row_height, PAD_Y
        while row >= least:
            heights = [max(row, high + 2 * pad) for high in content]
            if sum(heights) <= room:
                return heights, [range(len(heights))]
            row, pad = row - _STEP_MM, max(pad - 0.1, 0.35)
        heights = [max(self.form.row_height, high + 2 * PAD_Y) for high in content]
        return heights, _runs(heights, room)


def _parted(across: list[_Across], sheets: int) -> list[list[_Across]]:
    each, more = divmod(len(across), sheets)
    starts = [n * each + min(n, more) for n in range(sheets + 1)]
    return [across[a:b] for a, b in pairwise(starts)]


def _runs(heights: list[float], room: float) -> list[range]:
    """Cut the rows into sheets of about one height."""
    total = sum(heights)
    share = total / max(-(-total // room), 1) + max(heights)
    runs, start, used = [], 0, 0.0
    for n, height in enumerate(heights):
        if n > start and used + height > min(room, share):
            runs.append(range(start, n))
            start, used = n, 0.0
        used += height
    return [*runs, range(start, len(heights))]
