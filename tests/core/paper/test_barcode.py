"""Codes as PDF paths: the same modules the library drew, the right way up."""

import pytest
import zxingcpp

from app.core.paper.barcode import code128_path, qr_path

TEXT = "XA1:520122001:HZ26A-0312-K7"


def modules(path, side):
    """Draw rectangles of modules from the bottom left into rows from the top."""
    rows = [[False] * side for _ in range(side)]
    for line in path.splitlines():
        x, y, wide, tall, _ = line.split()
        assert tall == "1"
        for place in range(int(x), int(x) + int(wide)):
            rows[side - 1 - int(y)][place] = True
    return rows


def test_a_qr_code_stands_the_right_way_up():
    side, path = qr_path(TEXT)
    rows = modules(path, side)
    eye = [True] * 7
    assert rows[0][:7] == rows[0][-7:] == rows[-1][:7] == eye  # three eyes, none bottom right
    assert rows[-1][-7:] != eye
    image = zxingcpp.create_barcode(TEXT, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(
        scale=1, add_quiet_zones=False
    )
    flat = memoryview(image).tobytes()
    assert [cell for row in rows for cell in row] == [not byte for byte in flat]


@pytest.mark.parametrize("text", ["HZ26A-0312-K7", "TZ-2026-0007", "SJ26B-1000-ZZ"])
def test_receipt_numbers_stay_small_enough_for_their_box(text):
    assert code128_path(text)[0] * 0.25 <= 46
    assert qr_path(f"XA1:12345678901234567890:{text}")[0] <= 29
