"""Pictures on a card that are told apart by words: two in a row, each with a line above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from PIL import Image

from app.core.paper.fonts import Type
from app.core.paper.sheets import Sheets
from app.core.paper.words import write_fitted

_CAPTION = Type("hei", 9)
_CAPTION_MM, _GAP_MM, _TALLEST_MM = 5.5, 4.0, 112.0

Draw = Callable[[Sheets, float, float], None]


def picture_rows(
    pictures: Sequence[Mapping[str, Any]], width: float
) -> Iterator[tuple[float, Draw]]:
    """Yield the height of each row of two pictures, and how it is drawn.

    They are JPEGs of our own making (a receipt cut out of a scan) and go on paper as they are.
    """
    wide = (width - _GAP_MM) / 2
    for start in range(0, len(pictures), 2):
        pair = pictures[start : start + 2]
        tall = [_height(one.get("picture"), wide) for one in pair]
        yield max(tall) + _CAPTION_MM + _GAP_MM, _drawing(pair, tall, wide)


def _drawing(pair: Sequence[Mapping[str, Any]], tall: Sequence[float], wide: float) -> Draw:
    def draw(sheets: Sheets, x: float, y: float) -> None:
        for one, height in zip(pair, tall, strict=True):
            write_fitted(sheets, x, y + _CAPTION_MM - 1.5, one["caption"], _CAPTION, wide)
            if height:
                sheets.photo(x, y + _CAPTION_MM, wide, height, one["picture"])
            x += wide + _GAP_MM

    return draw


def _height(data: bytes | None, wide: float) -> float:
    """Return how high a picture is at this width; a page on end is no higher than half a sheet."""
    if not data:
        return 0.0
    with Image.open(BytesIO(data)) as picture:
        return min(wide * picture.height / picture.width, _TALLEST_MM)
