"""Photos in the boxes of a card: side by side, as sharp as paper shows them, each in a frame."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from app.core.paper.fonts import Type
from app.core.paper.sheets import Sheets
from app.core.paper.words import write_fitted

HIGH_MM = 62.0  # where the row of a photo says nothing
_LEAST_MM = 10.0  # what a row says that says nothing
_GAP_MM, _EDGE_MM, _WORDS_MM = 2.0, 1.5, 3.6
_WORDS = Type("fang", 9)
Shot = tuple[str, bytes]  # what stands below a photo, and the photo
_DPI, _MOST_DOTS = 200, 1000  # what a laser printer can show of a grey picture
_BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def height_of(row_mm: float) -> float:
    """Return how high the photos of a row stand: as high as the row says."""
    return row_mm if row_mm > _LEAST_MM else HIGH_MM


def read_photos(value: Any, width: float, height: float) -> tuple[tuple[Shot, ...], str]:
    """Return the photos of a box as small JPEGs, and what to write where none can be opened.

    ``value`` is the bytes of one photo, or what gives them when called, or a list of those, each
    alone or after the words to stand below it; ``width`` and ``height`` are the room they share,
    in millimetres.
    """
    given = value if isinstance(value, list) else [value] if value else []
    pairs = [one if isinstance(one, tuple) else ("", one) for one in given]
    raw = [(words, data) for words, one in pairs if (data := one() if callable(one) else one)]
    if not raw:
        return (), ""
    share = (width - 2 * _EDGE_MM - _GAP_MM * (len(raw) - 1)) / len(raw)
    room = (_dots(share), _dots(height - 2 * _EDGE_MM))
    made = tuple((words, small) for words, data in raw if (small := _small(data, room)))
    return made, "" if made else "（这张照片打不开）"


def draw_photos(
    sheets: Sheets, photos: Sequence[Shot], x: float, y: float, *, width: float, height: float
) -> None:
    """Put photos side by side into a box, from its top left corner."""
    share = (width - 2 * _EDGE_MM - _GAP_MM * (len(photos) - 1)) / len(photos)
    below = _WORDS_MM if any(words for words, _ in photos) else 0.0
    for number, (words, data) in enumerate(photos):
        left = x + _EDGE_MM + number * (share + _GAP_MM)
        sheets.photo(left, y + _EDGE_MM, share, height - 2 * _EDGE_MM - below, data)
        base = y + height - _EDGE_MM
        write_fitted(sheets, left + share / 2, base, words, _WORDS, share, align="center")


def _dots(mm: float) -> int:
    return max(1, min(_MOST_DOTS, round(mm / 25.4 * _DPI)))


def _small(data: bytes, room: tuple[int, int]) -> bytes | None:
    """Return a picture upright, small, and without what the camera wrote about place and time."""
    try:
        with Image.open(BytesIO(data)) as raw:
            side = max(room)
            raw.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(raw).convert("RGB")
    except _BROKEN:
        return None
    upright.thumbnail(room, Image.Resampling.LANCZOS)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = BytesIO()
    clean.save(out, "JPEG", quality=82)
    return out.getvalue()
