"""QR codes and Code 128 bars as PDF paths."""

from __future__ import annotations

import re

import zxingcpp

QR_MM = 28.0
# A bar of a quarter millimetre is three dots of a 300 dpi printer.
BAR_MM = 0.25

_DARK = re.compile(rb"\x00+")


def qr_path(text: str) -> tuple[int, str]:
    """Return how many modules a side has, and PDF rectangles in modules from the bottom left.

    Upper-case letters, digits and ``:-`` keep the code small. Level M: a tenth may be dirty.
    """
    rows = _rows(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"))
    top = len(rows) - 1
    return len(rows), "\n".join(
        [
            f"{run.start()} {top - y} {run.end() - run.start()} 1 re"
            for y, row in enumerate(rows)
            for run in _DARK.finditer(row)
        ]
    )


def code128_path(text: str) -> tuple[int, str]:
    """Return how many modules wide the bars are, and PDF rectangles one unit high."""
    row = _rows(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128))[0]
    return len(row), "\n".join(
        [f"{run.start()} 0 {run.end() - run.start()} 1 re" for run in _DARK.finditer(row)]
    )


def _rows(barcode: zxingcpp.Barcode) -> list[bytes]:
    image = barcode.to_image(scale=1, add_quiet_zones=False)
    view = memoryview(image)  # type: ignore[arg-type]
    height, width = image.shape[:2]
    flat = view.tobytes()
    return [flat[n * width : (n + 1) * width] for n in range(height)]
