"""Text in a box: broken to its width, written in the middle of its height."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from app.core.paper.fonts import Type, measure
from app.core.paper.shapes import Align
from app.core.paper.sheets import Sheets, base_line
from app.core.paper.text import break_lines, longest_word

PAD_X, PAD_Y = 1.0, 1.2
LEADING = 1.26
# A word wider than its box is set smaller, down to this part of its size, before it is broken.
_SMALLEST = 0.7
_KNOWN = 4096  # so many boxes are remembered: a grid is tried in several sizes


class Words(NamedTuple):
    """The lines of one box, ready to draw."""

    lines: tuple[str, ...]
    type: Type

    @property
    def step(self) -> float:
        """Return the distance from line to line in millimetres."""
        return self.type.em * LEADING

    @property
    def height(self) -> float:
        """Return the height of all lines without padding."""
        return len(self.lines) * self.step

    def parts(self, height: float) -> list[Words]:
        """Cut into parts of at most this height, for what is taller than a page."""
        count = max(int(height / self.step), 1)
        starts = range(0, max(len(self.lines), 1), count)
        return [Words(self.lines[n : n + count], self.type) for n in starts]


@lru_cache(_KNOWN)
def set_words(text: str, type_: Type, width: float) -> Words:
    """Break a text to a box of this width, padding included."""
    room = width - 2 * PAD_X
    if (word := longest_word(text, type_)) > room:
        size = type_.size * max(room / word, _SMALLEST)
        type_ = type_._replace(size=int(size * 4) / 4)
    return Words(tuple(break_lines(text, type_, room)) if text else (), type_)


def write_fitted(
    sheets: Sheets,
    x: float,
    y: float,
    text: str,
    type_: Type,
    width: float,
    *,
    align: Align = "left",
) -> None:
    """Write one line, smaller if it would be wider than ``width`` mm."""
    if (wide := measure(text, type_)) > width:
        type_ = type_._replace(size=type_.size * width / wide)
    sheets.write(x, y, text, type_, align=align)


def draw_words(
    sheets: Sheets,
    words: Words,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    align: Align = "left",
) -> None:
    """Write the lines of a box from its top left corner, in the middle of its height."""
    top = y + (height - words.height) / 2
    x += {"left": PAD_X, "center": width / 2, "right": width - PAD_X}[align]
    for number, line in enumerate(words.lines):
        y = base_line(top + number * words.step, words.step, words.type)
        sheets.write(x, y, line, words.type, align=align)
