"""Where the words and bars of a chart stand, for paper and screen alike.

``lay_out`` places them in ems (the height of the text), so that both paint the same drawing, each
with its own letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from app.core.paper.chart import Bar, Chart, Tone

Role = Literal["head", "body", "small"]
Measure = Callable[[str, Role], float]

# All in ems.
_HEAD, _LINE, _GAP = 1.9, 1.45, 0.5
_PITCH, _BAR = 1.5, 1.1
_APART_PITCH, _APART_BAR = 1.25, 0.9
_LABELS = 0.34  # at most this part of the width is for labels
_LEAST = 0.55  # a bar that is not nothing is at least so long, to be seen and to be hit
_TALL = 5.5  # the highest standing bar
_WIDEST = 1.6  # a standing bar
_PLATE = 0.3  # white around a number on stripes


class Box(NamedTuple):
    """A rectangle, in ems from the top left corner of the drawing."""

    x: float
    y: float
    width: float
    height: float


class Words(NamedTuple):
    """One line of text, in the middle of the height of its box."""

    box: Box
    text: str
    role: Role = "body"
    align: Literal["left", "center", "right"] = "left"


class Fill(NamedTuple):
    """A bar, or the white ``plate`` a number stands on."""

    box: Box
    tone: Literal["solid", "hatch", "clear", "plate"]


class Spot(NamedTuple):
    """Where one part of a bar is to be hit."""

    box: Box
    bar: int
    part: int


@dataclass
class Drawing:
    """A chart placed in its width; ``marks`` are painted in their order."""

    width: float
    height: float = 0
    marks: list[Words | Fill] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    def write(
        self,
        box: Box,
        text: str,
        role: Role = "body",
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """Place a line of text."""
        self.marks.append(Words(box, text, role, align))


def lay_out(chart: Chart, width: float, wide: Measure) -> Drawing:
    """Place a chart in a width; ``wide`` measures a text in a role, all in ems."""
    drawing = Drawing(width)
    top = _head(drawing, chart, wide)
    is_said = chart.kind == "apart"  # the words of a part may say nought of something
    if not any(is_said or part.value for bar in chart.bars for part in bar.parts):
        drawing.write(Box(0, top, width, _PITCH), chart.empty, "small")
        drawing.height = top + _PITCH
    elif chart.kind == "columns":
        drawing.height = _columns(drawing, chart, top, wide)
    else:
        drawing.height = _rows(drawing, chart, top, wide)
    return drawing


def shorten(text: str, room: float, wide: Measure, role: Role = "body") -> str:
    """Return as much of a text as fits, with … for the rest."""
    if wide(text, role) <= room:
        return text
    while text and wide(f"{text}…", role) > room:
        text = text[:-1]
    return f"{text}…"


def _head(drawing: Drawing, chart: Chart, wide: Measure) -> float:
    """Place title, legend and note; return where the bars begin."""
    width = drawing.width
    drawing.write(Box(0, 0, width, _HEAD), shorten(chart.title, width, wide, "head"), "head")
    y = _HEAD
    if len(chart.series) > 1:
        shares = [1.9 + wide(series.word, "small") for series in chart.series]
        is_beside = wide(chart.title, "head") + sum(shares) + 1 <= width
        x, line = (width - sum(shares) + 0.6, 0.0) if is_beside else (0.0, y)
        high = _HEAD if is_beside else _LINE
        for series, share in zip(chart.series, shares, strict=True):
            drawing.marks.append(Fill(Box(x, line + (high - 0.8) / 2, 0.9, 0.8), series.tone))
            drawing.write(Box(x + 1.2, line, share - 1.9, high), series.word, "small")
            x += share
        y += 0 if is_beside else _LINE
    if chart.note:
        drawing.write(Box(0, y, width, _LINE), shorten(chart.note, width, wide, "small"), "small")
        y += _LINE
    return y + _GAP / 2


def _rows(drawing: Drawing, chart: Chart, top: float, wide: Measure) -> float:
    labels = min(max(wide(bar.label, "body") for bar in chart.bars), _LABELS * drawing.width)
    is_apart = chart.kind == "apart"
    drawn = [bar for bar in chart.bars if not bar.is_rest]
    parts = [part for bar in drawn for part in bar.parts]
    ends = [part.words for part in parts] if is_apart else [_sum(bar) for bar in drawn]
    longest = max(part.value for part in parts) if is_apart else max(bar.total for bar in drawn)
    least = _LEAST * len(chart.series)
    room = drawing.width - labels - 2 * _GAP - max(wide(words, "body") for words in ends) - least
    scale = max(room, 1.0) / (longest or 1)
    start = labels + _GAP
    y = top
    for number, bar in enumerate(chart.bars):
        lines = len(bar.parts) if is_apart else 1
        pitch = _APART_PITCH if is_apart else _PITCH
        label = shorten(bar.label, labels, wide)
        drawing.write(Box(0, y, labels, pitch * lines), label, align="right")
        place = _written if bar.is_rest else _apart if is_apart else _stacked
        place(drawing, chart, number, Box(start, y, drawing.width - start, pitch), scale, wide)
        y += pitch * lines + (_GAP if is_apart else 0)
    drawing.rules.append((start, top, start, y))
    return y


def _stacked(
    drawing: Drawing, chart: Chart, number: int, line: Box, scale: float, wide: Measure
) -> None:
    bar, x = chart.bars[number], line.x
    is_alone = len(bar.parts) == 1
    for place, part in enumerate(bar.parts):
        if not part.value:
            continue
        width = max(part.value * scale, _LEAST)
        tone = chart.series[place].tone
        box = Box(x, line.y + (line.height - _BAR) / 2, width, _BAR)
        drawing.marks.append(Fill(box, tone))
        if part.value != bar.total:
            drawing.marks += _number(box, part.words, tone, wide)
        spot = Box(0, line.y, drawing.width, line.height) if is_alone else box
        drawing.spots.append(Spot(spot._replace(y=line.y, height=line.height), number, place))
        x += width
    drawing.write(Box(x + _GAP, line.y, drawing.width - x - _GAP, line.height), _sum(bar))


def _written(
    drawing: Drawing, chart: Chart, number: int, line: Box, _scale: float, wide: Measure
) -> None:
    """Write the parts of what is rarer, each by its word: 未销账 5　已销账 12."""
    x = line.x + _GAP
    for place, part in enumerate(chart.bars[number].parts):
        if part.value:
            words = f"{chart.series[place].word} {part.words}".strip()
            box = Box(x, line.y, wide(words, "body"), line.height)
            drawing.write(box, words)
            drawing.spots.append(Spot(box, number, place))
            x += box.width + 2 * _GAP


def _number(box: Box, words: str, tone: Tone, wide: Measure) -> Iterator[Words | Fill]:
    """Place a number on its part where it has room; the sum at the end says it else."""
    width = wide(words, "small")
    if width + (3 if tone == "hatch" else 2) * _PLATE > box.width:
        return
    if tone == "hatch":
        x = box.x + (box.width - width - _PLATE) / 2
        yield Fill(Box(x, box.y + 0.08, width + _PLATE, box.height - 0.16), "plate")
    yield Words(box, words, "small", "center")


def _sum(bar: Bar) -> str:
    """Return what stands at the end of a bar: its one number, or 12＝5＋7."""
    several = [part.words for part in bar.parts if part.value]
    if len(bar.parts) == 1:
        return bar.parts[0].words
    total = f"{bar.total:g}"
    return total if len(several) < 2 else f"{total}＝{'＋'.join(several)}"


def _apart(
    drawing: Drawing, chart: Chart, number: int, line: Box, scale: float, wide: Measure
) -> None:
    for place, part in enumerate(chart.bars[number].parts):
        y = line.y + place * line.height
        width = max(part.value * scale, _LEAST)
        box = Box(line.x, y + (line.height - _APART_BAR) / 2, width, _APART_BAR)
        drawing.marks.append(Fill(box, chart.series[place].tone))
        drawing.spots.append(Spot(Box(line.x, y, line.width, line.height), number, place))
        end = line.x + width + _GAP
        drawing.write(Box(end, y, drawing.width - end, line.height), part.words)


def _columns(drawing: Drawing, chart: Chart, top: float, wide: Measure) -> float:
    slot = drawing.width / len(chart.bars)
    each = min(_WIDEST, slot * 0.86 / len(chart.series))
    scale = _TALL / max(part.value for bar in chart.bars for part in bar.parts)
    floor = top + 2 * _LINE + _TALL
    for number, bar in enumerate(chart.bars):
        middle = (number + 0.5) * slot
        left = middle - each * len(bar.parts) / 2
        drawing.write(Box(number * slot, floor, slot, _LINE), bar.label, "small", "center")
        taken: tuple[float, float] | None = None
        for place, part in enumerate(bar.parts):
            if not part.value:
                continue
            high = max(part.value * scale, 0.2)
            x = left + place * each
            box = Box(x + each * 0.06, floor - high, each * 0.88, high)
            drawing.marks.append(Fill(box, chart.series[place].tone))
            half = wide(part.words, "small") / 2 + 0.1
            low = box.y - _LINE * 0.9
            if taken and x + each / 2 - half < taken[0] and abs(low - taken[1]) < _LINE * 0.8:
                low = min(low, taken[1]) - _LINE * 0.75  # beside it there is no room for both
            taken = (x + each / 2 + half, low)
            spread = Box(x + each / 2 - half, low, 2 * half, _LINE * 0.9)
            drawing.write(spread, part.words, "small", "center")
            spot = Box(x, low, each, floor - low)
            drawing.spots.append(Spot(spot, number, place))
    drawing.rules.append((0, floor, drawing.width, floor))
    return floor + _LINE
