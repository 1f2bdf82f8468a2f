"""A chart on paper: the one layout it shares with the screen, drawn in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from app.core.paper.chart import Chart
from app.core.paper.chart_layout import Box, Fill, Measure, lay_out
from app.core.paper.fonts import Type, measure
from app.core.paper.sheets import FINE, Sheets, base_line
from app.core.paper.wording import for_pen

SIZE = 9.0  # points of a chart's text on paper
GAP_MM = 2.0  # above and below a chart
_ROLES: dict[str, tuple[Literal["hei", "fang"], float]] = {
    "head": ("hei", 1.15),
    "body": ("fang", 1.0),
    "small": ("fang", 0.9),
}


def paper_measure(size: float = SIZE) -> Measure:
    """Return how wide texts are on paper, in ems of this size in points."""
    types = _types(size)
    em = Type("fang", size).em
    return lambda text, role: measure(text, types[role]) / em


def paper_height(chart: Chart, width: float, size: float = SIZE) -> float:
    """Return how many millimetres a chart of this width takes, the gaps included."""
    em = Type("fang", size).em
    return lay_out(chart, width / em, paper_measure(size)).height * em + 2 * GAP_MM


def draw_chart(
    sheets: Sheets,
    chart: Chart,
    x: float,
    y: float,
    width: float,
    *,
    pen: list[str],
    size: float = SIZE,
) -> None:
    """Draw a chart from its top left corner, ``width`` mm wide."""
    em, types = Type("fang", size).em, _types(size)
    drawing = lay_out(chart, width / em, paper_measure(size))
    for mark in drawing.marks:
        box = Box(*(length * em for length in mark.box))
        if isinstance(mark, Fill):
            sheets.fill(x + box.x, y + box.y, box.width, box.height, mark.tone)
            continue
        at = x + box.x + {"left": 0.0, "center": 0.5, "right": 1.0}[mark.align] * box.width
        base = base_line(y + box.y, box.height, types[mark.role])
        text = for_pen(mark.text, pen)
        sheets.write(at, base, text, types[mark.role], align=mark.align)
    lines = [(x + a * em, y + b * em, x + c * em, y + d * em) for a, b, c, d in drawing.rules]
    if lines:
        sheets.rules(lines, FINE)


def _types(size: float) -> Mapping[str, Type]:
    return {role: Type(style, size * share) for role, (style, share) in _ROLES.items()}
