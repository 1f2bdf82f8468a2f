"""What stands under the text: lines to sign, notes, and the foot that every sheet has."""

from __future__ import annotations

from app.core.paper.fonts import Type, measure
from app.core.paper.shapes import PaperForm
from app.core.paper.sheets import PLAIN, Context, Sheets
from app.core.paper.text import break_lines
from app.core.paper.wording import shown
from app.core.paper.words import write_fitted

FOOT, NOTE, SIGN = Type("fang", 9), Type("fang", 9), Type("fang", 12)
FOOT_MM = 8.0
SIGN_MM, NOTE_MM = 13.0, 4.6
# GB/T 9704-2012, 7.5: 四号, a dash on either side, 7 mm below the text, one hanzi from the edge.
_NUMBER, _NUMBER_BELOW_MM = Type("fang", 14), 7.0
_TO_SIGN_MM = 30.0
_PAGES = "第0000页　共0000页"


def tail_height(form: PaperForm) -> float:
    """Return how much room the lines to sign and the notes take."""
    return (SIGN_MM if form.signatures else 0.0) + notes_height(form.notes, form.width_mm)


def draw_tail(sheets: Sheets, form: PaperForm, x: float, y: float) -> None:
    """Draw the lines to sign and the notes from ``y`` down."""
    if form.signatures:
        draw_signatures(sheets, form.signatures, x, y, form.width_mm)
        y += SIGN_MM
    draw_notes(sheets, form.notes, x, y, form.width_mm)


def notes_height(notes: tuple[str, ...], width: float) -> float:
    """Return how much room the small print takes."""
    lines = len(_note_lines(notes, width))
    return lines * NOTE_MM + 2.5 if lines else 0.0


def draw_notes(sheets: Sheets, notes: tuple[str, ...], x: float, y: float, width: float) -> None:
    """Write the small print from ``y`` down."""
    for number, line in enumerate(_note_lines(notes, width), start=1):
        sheets.write(x, y + 1.5 + number * NOTE_MM, line, NOTE)


def draw_signatures(
    sheets: Sheets, names: tuple[str, ...], x: float, y: float, width: float
) -> None:
    """Draw a line to sign for each name, evenly over the width."""
    share = width / len(names)
    base = y + SIGN_MM - 3.5
    for number, name in enumerate(names):
        label = f"{name}："
        left = x + number * share
        start = left + measure(label, SIGN)
        end = min(start + _TO_SIGN_MM, left + share - 3)
        sheets.write(left, base, label, SIGN)
        sheets.rules([(start, base + 1, end, base + 1)], PLAIN)


def draw_foot(
    sheets: Sheets,
    form: PaperForm,
    context: Context,
    *,
    page: int,
    pages: int,
    left: float,
    width: float,
    record: str = "",
    has_number: bool = True,
) -> None:
    """Write form number, record number and reader, the page of pages, and who printed when.

    Without ``has_number`` the page is numbered elsewhere.

    The reader is the level where the form names no other.

    A sheet that may not leave the school names who printed it; one for the town does not.
    """
    y = sheets.height - FOOT_MM
    right = left + width
    level = context.level or form.level
    number = f"编号 {record}" if record else ""
    words = [f"表号 {form.number or form.id}", number, form.reader or level]
    side = width / 2 - measure(_PAGES, FOOT) / 2 - 3
    write_fitted(sheets, left, y, "　".join(filter(None, words)), FOOT, side)
    if has_number:
        sheets.write((left + right) / 2, y, f"第{page}页　共{pages}页", FOOT, align="center")
    if level != "上报":
        at = shown(context.printed_at, formal=True)
        if printed := " ".join(filter(None, (context.printed_by, at))):
            write_fitted(sheets, right, y, f"{printed} 打印", FOOT, side, align="right")


def draw_page_number(
    sheets: Sheets, page: int, *, left: float, width: float, bottom: float
) -> None:
    """Write the number of a page by the standard: odd ones on the right, even ones on the left.

    ``bottom`` is how far the text ends above the edge of the sheet, in millimetres.
    """
    base = sheets.height - bottom + _NUMBER_BELOW_MM + _NUMBER.em / 2
    is_odd = bool(page % 2)
    x = left + width - _NUMBER.em if is_odd else left + _NUMBER.em
    sheets.write(x, base, f"— {page} —", _NUMBER, align="right" if is_odd else "left")


def _note_lines(notes: tuple[str, ...], width: float) -> list[str]:
    return [line for note in notes for line in break_lines(note, NOTE, width)]
