"""Setting a letter by the numbers of GB/T 9704-2012, from its title to its date."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.paper.fonts import Type, measure
from app.core.paper.shapes import Block
from app.core.paper.sheets import PT, Sheets, base_line
from app.core.paper.text import break_lines, hangs, paragraph

# The text block is 156 mm wide, 28 mm from the left edge, 37 mm from the top, 225 mm high.
LEFT_MM, WIDTH_MM, TOP_MM, BOTTOM_MM = 28.0, 156.0, 37.0, 35.0
HEIGHT_MM = 297.0
TITLE = Type("title", 22)
_TITLE_STEP_MM = 12.3
_SLACK_MM = 0.1  # 22 lines on 29 points are 0.07 mm more than the 225 mm of the standard
# Lines are drawn to fill the width unless that would pull the characters further apart than this.
_WIDEST_SPREAD = 0.15


class Measure(NamedTuple):
    """How close a letter is set: text size and line step in points, margins in millimetres."""

    size: float
    step: float
    top: float
    bottom: float
    gap: float = 1  # blank lines under the title and above the school's name

    @property
    def type(self) -> Type:
        """Return the type of the text."""
        return Type("fang", self.size)

    @property
    def step_mm(self) -> float:
        """Return the distance from line to line in millimetres."""
        return self.step / PT

    @property
    def pitch(self) -> float:
        """Return the width given to one hanzi so that a line holds a whole number of them."""
        return WIDTH_MM / round(WIDTH_MM / self.type.em)


# 三号 on 29 points is the standard. A letter that would spill is set closer, never below 小四.
STANDARD = Measure(16, 29, TOP_MM, BOTTOM_MM)
# A paper for above that would run over its page by a few lines: GB/T 9704-2012, 5.2.3 lets the
# lines of a page be fitted where a paper asks for it.
FITTED = tuple(STANDARD._replace(step=step) for step in (29, 28, 27, 26, 25, 24))
CLOSER = (
    STANDARD,
    *(Measure(16, step, 27, 18) for step in (29, 28, 27, 26)),
    *(Measure(14, step, 23, 16, 0.7) for step in (26, 25, 24, 23, 22, 21)),
    *(Measure(12, step, 18, 14, 0.5) for step in (23, 22, 21, 20, 19, 18)),
    Measure(12, 17, 14, 13, 0.4),
)
# 五号, only where somebody asks for it: grandparents read this too.
SMALLER = tuple(Measure(10.5, step, 14, 13, 0.4) for step in (18, 17, 16))
# Two on a sheet: each on half of it.
HALF_MM = 148.5
HALF = (
    *(Measure(14, step, 12, 12, 0.5) for step in (26, 24, 22)),
    *(Measure(12, step, 10, 11, 0.4) for step in (21, 20, 19, 18, 17)),
)


class Content(NamedTuple):
    """What a letter says; the greeting is added for each family."""

    title: str
    blocks: Sequence[Block]
    school: str
    date: str


class Placed(NamedTuple):
    """One line where it stands on its page."""

    x: float
    y: float
    text: str
    type: Type
    spread: float = 0

    def draw(self, sheets: Sheets) -> None:
        """Write the line."""
        sheets.write(self.x, self.y, self.text, self.type, spread=self.spread)


@dataclass
class SetLetter:
    """A letter broken into lines and pages; ``greeting`` is the top of its line on page one."""

    measure: Measure
    pages: list[list[Placed]] = field(default_factory=list)
    greeting: float = 0
    end: float = 0


def set_on_one_page(
    content: Content, *, room_below: float, small: bool = False
) -> SetLetter | None:
    """Set a letter on one page with ``room_below`` mm left free at the sheet's end.

    Returns None if it does not fit even at the closest; ``set_on_pages`` then takes it.
    """
    for close in _measures(small):
        done = _set(close, content)
        if len(done.pages) == 1 and done.end <= HEIGHT_MM - room_below:
            return done
    return None


def set_on_half(content: Content) -> SetLetter | None:
    """Set a letter on the upper half of a page, None if it does not fit there."""
    for close in HALF:
        done = _set(close, content, height=HALF_MM)
        if len(done.pages) == 1 and done.end <= HALF_MM - close.bottom:
            return done
    return None


def set_on_pages(content: Content, *, small: bool = False) -> SetLetter:
    """Set a letter on as few pages as it can, as large as these allow."""
    tried = [_set(close, content) for close in _measures(small)]
    fewest = min(len(done.pages) for done in tried)
    return next(done for done in tried if len(done.pages) == fewest)


def lines_over(content: Content, *, room_below: float, small: bool = False) -> int:
    """Return how many lines too many a letter has for one page at the closest it is set."""
    return _over(content, _measures(small)[-1], HEIGHT_MM - room_below)


def lines_over_half(content: Content) -> int:
    """Return how many lines too many a letter has for half a page at the closest it is set."""
    return _over(content, HALF[-1], HALF_MM - HALF[-1].bottom)


def _over(content: Content, close: Measure, end: float) -> int:
    done = _set(close, content, height=float("inf"))
    return max(0, math.ceil((done.end - end) / close.step_mm - 1e-6))


def _measures(small: bool) -> tuple[Measure, ...]:
    return (*CLOSER, *SMALLER) if small else CLOSER


def set_by_standard(content: Content) -> SetLetter:
    """Set a letter at the standard measure; a little closer where that makes it one page."""
    tried = (_set(close, content) for close in FITTED)
    usual = next(tried)
    whole = (done for done in tried if len(done.pages) == 1)
    return next(whole, usual) if len(usual.pages) == 2 else usual


def greeting_line(text: str, close: Measure, top: float) -> Placed:
    """Return the greeting flush left, a little smaller if it would not fit one line."""
    type_ = close.type
    width = measure(text, type_)
    if width > WIDTH_MM:
        type_ = type_._replace(size=type_.size * WIDTH_MM / width)
    return Placed(LEFT_MM, base_line(top, close.step_mm, type_), text, type_)


def _set(close: Measure, content: Content, *, height: float = HEIGHT_MM) -> SetLetter:
    done = SetLetter(close, [[]])
    y = close.top
    for words in _balanced(content.title):
        x = LEFT_MM + (WIDTH_MM - measure(words, TITLE)) / 2
        done.pages[-1].append(Placed(x, base_line(y, _TITLE_STEP_MM, TITLE), words, TITLE))
        y += _TITLE_STEP_MM
    done.greeting = y + close.step_mm * close.gap
    y = done.greeting + close.step_mm
    set_blocks = [list(_block_lines(block, close)) for block in content.blocks]
    lines: list[_Line | None] = [line for block in set_blocks for line in block]
    heads = set(_last_lines_of_heads(content.blocks, set_blocks))
    signed = content.school or content.date
    closing = [None, *_closing_lines(content, close)] if signed else []
    last = min(2, len(set_blocks[-1])) if signed and set_blocks else 1
    for number, line in enumerate([*lines, *closing]):
        # The school's name and the date stay with the last two lines of the last paragraph, a
        # head with what follows it.
        left = len(lines) - number
        together = len(closing) + left if 1 <= left <= last else 1 + (number in heads)
        if y + together * close.step_mm > height - close.bottom + _SLACK_MM and done.pages[-1]:
            done.pages.append([])
            y = close.top
        if line:
            x, text, type_, spread = line
            base = base_line(y, close.step_mm, type_)
            done.pages[-1].append(Placed(x, base, text, type_, spread))
        y += close.step_mm * (1 if line else close.gap)
    done.end = y
    return done


_Line = tuple[float, str, Type, float]


def _last_lines_of_heads(
    blocks: Sequence[Block], set_blocks: Sequence[Sequence[_Line]]
) -> Iterator[int]:
    """Yield, counted through the whole text, the lines that may not be the last of a page."""
    above = 0
    for block, lines in zip(blocks, set_blocks, strict=True):
        above += len(lines)
        if block.kind == "head":
            yield above - 1


def _block_lines(block: Block, close: Measure) -> Iterator[_Line]:
    type_ = Type("hei" if block.kind == "head" else "fang", close.size)
    em, pitch = type_.em, close.pitch
    usual = pitch - em
    room = WIDTH_MM / pitch * em
    first = True
    for text, ends in paragraph(block.text, type_, room, indent=2 * em):
        indent = 2 * pitch if first else 0.0
        spread = usual
        if not ends and len(text) > 1:
            natural = measure(text, type_)
            over = natural + usual * (len(text) - 1) > WIDTH_MM - indent + 0.01
            hanging = hangs(text) * em if over else 0.0
            spread = (WIDTH_MM - indent - natural + hanging) / (len(text) - 1)
            if spread > _WIDEST_SPREAD * em:
                spread = usual
        yield LEFT_MM + indent, text, type_, spread
        first = ends


def _closing_lines(content: Content, close: Measure) -> Iterator[_Line]:
    """Place school and date for a seal: the date four characters from the edge, school above."""
    type_ = close.type
    _, _, school, date = content
    right = LEFT_MM + WIDTH_MM
    width = measure(date, type_)
    x = right - 4 * type_.em - width
    school_width = measure(school, type_)
    school_x = min(x + width / 2 - school_width / 2, right - school_width)
    yield max(school_x, LEFT_MM), school, type_, 0.0
    yield x, date, type_, 0.0


def _balanced(title: str) -> list[str]:
    """Break a title into as few lines as it needs, of about one length."""
    lines = break_lines(title, TITLE, WIDTH_MM)
    width = WIDTH_MM
    while len(lines) > 1 and "\n" not in title:
        narrower = break_lines(title, TITLE, width - TITLE.em)
        if len(narrower) > len(lines):
            break
        width -= TITLE.em
        lines = narrower
    return lines
