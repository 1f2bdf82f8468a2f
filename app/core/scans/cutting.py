"""A receipt cut out of its page: straight, grey and small, by the place of its code."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageFilter, ImageOps

from app.core.scans.finding import Mark
from app.core.slips import Slip

MOST_BYTES = 80_000
_DPI = 150
_AROUND_MM = 3.0
_QUALITIES = (62, 48, 36, 26)
_PICTURE_PX, _PICTURE_QUALITY = 1700, 55
_KEPT_PX = 1300


def cut_out(page: Image.Image, mark: Mark, slip: Slip) -> bytes:
    """Return the receipt of this code as a JPEG of at most 80 KB; off the page it is white."""
    across, start = _grid_of(mark, slip)
    step = 25.4 / _DPI
    size = [round((side + 2 * _AROUND_MM) / step) for side in (slip.width, slip.height)]
    # A dot of the cut → a dot of the page: along the slip's own axes, from its own corner.
    first = start - _AROUND_MM * across * (1 + 1j)
    along = across * step
    shrink = max(1, int(abs(along)))
    source = page.reduce(shrink) if shrink > 1 else page
    along, first = along / shrink, first / shrink
    cut = source.transform(
        (size[0], size[1]),
        Image.Transform.AFFINE,
        (along.real, -along.imag, first.real, along.imag, along.real, first.imag),
        resample=Image.Resampling.BILINEAR,
        fillcolor=255,
    )
    return _small(ImageOps.autocontrast(cut, cutoff=(0.2, 10)))


def picture_of(page: Image.Image) -> bytes:
    """Return a whole page as a JPEG that can be read on the screen."""
    times = max(page.size) / _PICTURE_PX
    if times > 1:
        page = page.resize(
            (round(page.width / times), round(page.height / times)),
            Image.Resampling.BILINEAR,
            reducing_gap=2.0,
        )
    return _jpeg(page, _PICTURE_QUALITY)


def shrunk(picture: bytes) -> bytes:
    """Return the picture of a page as it is kept: a whole page has to take what a receipt does."""
    with Image.open(BytesIO(picture), formats=("JPEG",)) as page:
        grey = page.convert("L").filter(ImageFilter.GaussianBlur(0.6))
    grey.thumbnail((_KEPT_PX, _KEPT_PX), reducing_gap=2.0)
    return _small(ImageOps.autocontrast(grey, cutoff=(0.2, 10)))


def _grid_of(mark: Mark, slip: Slip) -> tuple[complex, complex]:
    """Return a millimetre along the slip and the slip's top left corner, in dots of the page."""
    tl, tr, br, bl = (complex(*corner) for corner in mark.corners)
    spot = slip.qr if mark.is_qr else slip.bars
    if mark.is_qr:
        across = ((tr - tl) + (br - bl) + ((bl - tl) + (br - tr)) / 1j) / 4 / spot.width
        middle = (tl + tr + br + bl) / 4
        inside = complex(spot.left + spot.width / 2, spot.top + spot.width / 2)
        return across, middle - across * inside
    across = ((tr - tl) + (br - bl)) / 2 / spot.width
    left = (tl + bl) / 2
    return across, left - across * complex(spot.left, spot.top + _BARS_TALL_MM / 2)


_BARS_TALL_MM = 9.0


def _small(cut: Image.Image) -> bytes:
    for quality in _QUALITIES:
        data = _jpeg(cut, quality)
        if len(data) <= MOST_BYTES:
            break
    return data


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
