"""Short letters, two on a sheet with a line between them to cut along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.paper.covers import Covers, begins
from app.core.paper.foot import FOOT
from app.core.paper.letter_text import LetterText, Recipient
from app.core.paper.setting import (
    HALF_MM,
    LEFT_MM,
    WIDTH_MM,
    SetLetter,
    greeting_line,
    set_on_half,
)
from app.core.paper.sheets import Printed, Sheets
from app.core.paper.wording import NAME_TO_WRITE, fill, for_pen

_CUT_INSET_MM = 7.0


def print_halves(
    text: LetterText,
    recipients: Sequence[Recipient],
    *,
    covers: Covers | None,
    tick: Callable[[int, int], object],
) -> Printed | None:
    """Print two letters on a sheet, None if the text is too long; alone, it is printed twice.

    With ``covers`` a class begins on a sheet of its own.
    """
    pen: list[str] = []
    letter = set_on_half(text.content(pen))
    if letter is None:
        return None
    sheets = Sheets(text.title)
    everyone = [*recipients, *recipients] if len(recipients) == 1 else recipients
    with sheets.constant("two"):
        for down in (0.0, HALF_MM):
            for line in letter.pages[0]:
                line._replace(y=line.y + down).draw(sheets)
            if text.batch:
                sheets.write(LEFT_MM, down + HALF_MM - 6, f"批次 {text.batch}　致家长", FOOT)
        sheets.cutting_line(_CUT_INSET_MM, HALF_MM, sheets.width - 2 * _CUT_INSET_MM)
    rooms, down = [recipient.room for recipient in everyone], 0.0
    for number, recipient in enumerate(everyone, start=1):
        if covers and begins(covers, rooms, number - 1):
            covers.lay(sheets, recipient.room, pen)
        if not down:
            sheets.stamp("two")
        _draw(sheets, letter, text, recipient, down, pen)
        tick(min(number, len(recipients)), len(recipients))
        down = 0.0 if down else HALF_MM
        if not down or number == len(everyone) or begins(covers, rooms, number):
            sheets.end_page()
            down = 0.0
    return sheets.finish(pen)


def _draw(
    sheets: Sheets,
    letter: SetLetter,
    text: LetterText,
    recipient: Recipient,
    down: float,
    pen: list[str],
) -> None:
    name, room = for_pen(recipient.name, pen), for_pen(recipient.class_name, pen)
    values = {"name": name or NAME_TO_WRITE, "class_name": room or NAME_TO_WRITE}
    line = greeting_line(fill(text.greeting, values), letter.measure, letter.greeting)
    line._replace(y=line.y + down).draw(sheets)
    if recipient.code:
        said = f"{room}　编号 {recipient.code}"
        sheets.write(LEFT_MM + WIDTH_MM, down + HALF_MM - 6, said, FOOT, align="right")
