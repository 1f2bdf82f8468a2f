"""Where everything of the duty grid stands: columns as wide as their people, rows as high."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect

from app.duties.chips import Chip, GridCell, GridRow, MonthGridValues
from app.ui import theme as t

GAP = 4
_EDGE = 6
_NARROWEST_EM = 4


_A_LINE = 2  # so many people stand side by side even where the grid must scroll for it


def missing_words(missing: int) -> str:
    """Say how many are missing."""
    return f"缺{missing}人"


class GridLayout:
    """The places of a grid in a width; all in pixels, the head and the dates included.

    Where the posts do not fit side by side the chips are ``dense``: in the smaller type.
    """

    def __init__(self, values: MonthGridValues, width: int) -> None:
        self.values = values
        self.role = "body"
        self.head_tall = t.row()
        dates = [t.wide(row.label) + (t.wide(row.tag, "note") + t.S if row.tag else 0)
                 for row in values.rows]  # fmt: skip
        self.date_wide = max(dates, default=t.wide("10-30 日")) + t.M + t.S
        self.columns = self._columns(width - self.date_wide)
        if sum(self.columns) > width - self.date_wide:
            self.role = "note"
            self.columns = self._columns(width - self.date_wide)
        self.wide = self.date_wide + sum(self.columns)
        self.tops: list[int] = []
        top = 0
        for row in values.rows:
            self.tops.append(top)
            top += self._tall(row)
        self.tall = top

    @property
    def is_dense(self) -> bool:
        """Whether chips are written in the smaller type."""
        return self.role == "note"

    def chip_tall(self) -> int:
        """Return how high a chip is."""
        return t.line(self.role) + (2 if self.is_dense else 4)

    def chip_wide(self, chip: Chip) -> int:
        """Return how wide a chip is: the name, a pin, a triangle."""
        marks = (1 if chip.is_locked else 0) + (1 if chip.is_broken else 0)
        edge = 5 if self.is_dense else 7
        return t.wide(chip.name, self.role) + 2 * edge + marks * round(t.em() * 0.9)

    def cell(self, row: int, column: int) -> QRect:
        """Return where a cell stands below the head, unscrolled."""
        left = self.date_wide + sum(self.columns[:column])
        return QRect(left, self.tops[row], self.columns[column], self._row_tall(row))

    def date(self, row: int) -> QRect:
        """Return where the date of a row stands."""
        return QRect(0, self.tops[row], self.date_wide, self._row_tall(row))

    def chips(self, row: int, column: int) -> list[tuple[Chip | None, QRect]]:
        """Return where the people of a cell stand; None is the place of those who are missing."""
        place = self.cell(row, column)
        cell = self.values.rows[row].cells[column]
        found: list[tuple[Chip | None, QRect]] = []
        left, top = place.left() + _EDGE, place.top() + (self._line_tall() - self.chip_tall()) // 2
        for one, wide in self._parts(cell):
            if left > place.left() + _EDGE and left + wide > place.right() - GAP:
                left, top = place.left() + _EDGE, top + self.chip_tall() + GAP
            room = min(wide, place.right() - GAP - left)
            found.append((one, QRect(left, top, room, self.chip_tall())))
            left += wide + GAP
        return found

    def at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return the row and column at a place below the head, None beside the cells."""
        if not 0 <= y < self.tall or not self.date_wide <= x < self.wide:
            return None
        row = max(n for n, top in enumerate(self.tops) if top <= y)
        left = self.date_wide
        for column, wide in enumerate(self.columns):
            if x < left + wide:
                return row, column
            left += wide
        return None

    def _row_tall(self, row: int) -> int:
        after = self.tops[row + 1] if row + 1 < len(self.tops) else self.tall
        return after - self.tops[row]

    def _tall(self, row: GridRow) -> int:
        lines = max(
            (self._lines(cell, wide) for cell, wide in zip(row.cells, self.columns, strict=True)),
            default=1,
        )
        return self._line_tall() + (lines - 1) * (self.chip_tall() + GAP)

    def _line_tall(self) -> int:
        return max(t.line() + 4, self.chip_tall() + 6) if self.is_dense else t.row()

    def _columns(self, width: int) -> list[int]:
        """Return the widths: all people of a cell in one line if there is room, else fewer."""
        many = len(self.values.columns)
        if not many:
            return []
        cells = [[row.cells[n] for row in self.values.rows] for n in range(many)]
        titles = [t.wide(word, "note") + 3 * _EDGE for word in self.values.columns]
        least = [max(title, _NARROWEST_EM * t.em()) for title in titles]
        a_line = [max(map(_most, one), default=1) for one in cells]
        wanted = [max(least[n], self._wide(cells[n], a_line[n])) for n in range(many)]
        while sum(wanted) > width and max(a_line) > _A_LINE:
            widest = max(range(many), key=lambda n: (a_line[n] > _A_LINE, wanted[n]))
            a_line[widest] -= 1
            wanted[widest] = max(least[widest], self._wide(cells[widest], a_line[widest]))
        free = max(0, width - sum(wanted))
        return [one + free * one // sum(wanted) for one in wanted]

    def _parts(self, cell: GridCell) -> list[tuple[Chip | None, int]]:
        parts: list[tuple[Chip | None, int]] = [(one, self.chip_wide(one)) for one in cell.chips]
        if cell.missing:
            parts.append((None, t.wide(missing_words(cell.missing), self.role) + 14))
        return parts

    def _wide(self, cells: Sequence[GridCell], a_line: int) -> int:
        """Return how wide a column must be for so many people of each cell side by side."""
        widest = 0
        for cell in cells:
            wides = [wide for _one, wide in self._parts(cell)]
            for n in range(0, len(wides), a_line):
                line = wides[n : n + a_line]
                widest = max(widest, sum(line) + GAP * (len(line) - 1))
        return widest + 2 * _EDGE + GAP

    def _lines(self, cell: GridCell, width: int) -> int:
        lines, left = 1, _EDGE
        for _one, wide in self._parts(cell):
            if left > _EDGE and left + wide > width - GAP - 1:
                lines, left = lines + 1, _EDGE
            left += wide + GAP
        return lines


def _most(cell: GridCell) -> int:
    return max(1, len(cell.chips) + (1 if cell.missing else 0))
