"""Receipts alone, several on a sheet with lines to cut along: for letters that were copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.paper.covers import Covers, begins
from app.core.paper.foot import FOOT
from app.core.paper.letter_text import LetterText, Recipient
from app.core.paper.receipt import STRIP, Receipt
from app.core.paper.setting import HEIGHT_MM
from app.core.paper.sheets import Sheets
from app.core.paper.wording import for_pen

# A printer leaves this much white at the foot of a sheet.
_WHITE_MM = 5.0
_MOST = 4


def print_strips(
    sheets: Sheets,
    text: LetterText,
    recipients: Sequence[Recipient],
    pen: list[str],
    *,
    covers: Covers | None,
    tick: Callable[[int, int], object],
) -> None:
    """Draw the receipts, four on a sheet, three if the sentence is long; a class begins anew."""
    receipt = Receipt(
        for_pen(text.title, pen), for_pen(text.school, pen), for_pen(text.confirm, pen), frame=STRIP
    )
    on_sheet = max(1, min(_MOST, int(HEIGHT_MM // (receipt.height + _WHITE_MM))))
    pitch = HEIGHT_MM / on_sheet
    with sheets.constant("strips"):
        for place in range(on_sheet):
            receipt.draw_constant(sheets, place * pitch, cut=place > 0)
    place, rooms = 0, [recipient.room for recipient in recipients]
    for number, recipient in enumerate(recipients, start=1):
        if covers and begins(covers, rooms, number - 1):
            covers.lay(sheets, recipient.room, pen)
        if place == 0:
            sheets.stamp("strips")
        _draw(sheets, receipt, recipient, place * pitch, pen)
        tick(number, len(recipients))
        place += 1
        is_last = number == len(recipients)
        if is_last or place == on_sheet or rooms[number] != recipient.room:
            sheets.end_page()
            place = 0


def _draw(
    sheets: Sheets, receipt: Receipt, recipient: Recipient, top: float, pen: list[str]
) -> None:
    receipt.draw_own(
        sheets,
        top,
        name=for_pen(recipient.name, pen),
        class_name=for_pen(recipient.class_name, pen),
        code=recipient.code,
        qr=recipient.qr,
        due=recipient.due,
    )
    if recipient.turn > 1:
        x = STRIP.left + STRIP.words
        sheets.write(x, top + 8.5, f"第{recipient.turn}次发", FOOT, align="right")
