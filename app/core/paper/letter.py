"""Letters to many families: the text once for all, each family's names and codes on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.core.paper.covers import Covers, begins
from app.core.paper.foot import FOOT, FOOT_MM, draw_foot, draw_page_number
from app.core.paper.halves import print_halves
from app.core.paper.letter_text import Fit, LetterText, Recipient
from app.core.paper.receipt import STRIP, UNDER_A_LETTER, Receipt
from app.core.paper.setting import (
    BOTTOM_MM,
    HEIGHT_MM,
    LEFT_MM,
    WIDTH_MM,
    Content,
    SetLetter,
    greeting_line,
    lines_over,
    lines_over_half,
    set_by_standard,
    set_on_one_page,
    set_on_pages,
)
from app.core.paper.shapes import Block, PaperForm
from app.core.paper.sheets import Context, Printed, Sheets
from app.core.paper.strips import print_strips
from app.core.paper.wording import LINE_TO_WRITE_ON, NAME_TO_WRITE, facts_of, fill, for_pen
from app.core.slips import Slip

_RECEIPT_BOTTOM_MM, _OWN_PAGE_TOP_MM = 13.0, 30.0
# How a letter begins that is copied for everybody.
TO_ANYBODY = "尊敬的家长："


def print_letters(
    text: LetterText,
    recipients: Sequence[Recipient],
    context: Context,
    *,
    covers: Covers | None = None,
    tick: Callable[[int, int], object] = lambda done, total: None,
) -> Printed:
    """Print one letter for each recipient, with ``covers`` before the stack of each class.

    A letter and its receipt share one sheet if the text fits, set closer if need be; else the
    receipt has a sheet of its own. Without recipients one letter is printed with open places.
    """
    everyone = recipients or [Recipient(name="")]
    if text.layout == "half" and (halves := print_halves(text, everyone, covers=covers, tick=tick)):
        return halves
    if text.layout == "copier" and text.receipt:
        letter = _Batch(replace(text, greeting=TO_ANYBODY, receipt=False))
        letter.draw(Recipient(name=""))
        print_strips(letter.sheets, text, everyone, letter.pen, covers=covers, tick=tick)
        return letter.sheets.finish(letter.pen)
    dues = {recipient.due for recipient in everyone}
    batch = _Batch(text, due=None if len(dues) > 1 else dues.pop())
    rooms = [recipient.room for recipient in everyone]
    for number, recipient in enumerate(everyone, start=1):
        if covers and begins(covers, rooms, number - 1):
            covers.lay(batch.sheets, recipient.room, batch.pen)
        batch.draw(recipient)
        tick(number, len(everyone))
    return batch.sheets.finish(batch.pen)


def slip_of(text: LetterText, code: str) -> Slip:
    """Return the receipt of a letter as it is printed, for codes as long as this one."""
    frame = STRIP if text.layout == "copier" else UNDER_A_LETTER
    return Receipt(text.title, text.school, text.confirm, frame=frame).slip(code)


def fit_of(text: LetterText) -> Fit:
    """Say how a letter goes on paper as it is now, before anything is printed."""
    content = text.content([])
    if text.layout == "half":
        over = lines_over_half(content)
        return Fit(1 if over else 0.5, over)
    shares = text.receipt and text.layout == "sheet"
    height = Receipt(text.title, text.school, text.confirm).height if shares else 0
    room = height + _RECEIPT_BOTTOM_MM + (3 if shares else 0)
    over = lines_over(content, room_below=room, small=text.small)
    own = 1 if text.receipt and text.layout == "apart" else 0
    if not over:
        done = set_on_one_page(content, room_below=room, small=text.small)
        return Fit(1 + own, 0, done.measure.size if done else 0)
    done = set_on_pages(content, small=text.small)
    return Fit(len(done.pages) + (own or shares), over, done.measure.size)


class _Batch:
    """One letter, set once and printed for many."""

    def __init__(self, text: LetterText, *, due: str | None = "") -> None:
        self.text = text
        self.pen: list[str] = []
        self.sheets = Sheets(text.title)
        school = for_pen(text.school, self.pen)
        title = for_pen(text.title, self.pen)
        confirm = for_pen(text.confirm, self.pen)
        self.receipt = Receipt(title, school, confirm, due=due) if text.receipt else None
        self.letter, shared = self._set(school)
        self.receipt_page = len(self.letter.pages) - (1 if shared else 0)
        self.pages = max(len(self.letter.pages), self.receipt_page + 1 if self.receipt else 0)
        self.receipt_top = (
            HEIGHT_MM - _RECEIPT_BOTTOM_MM - self.receipt.height
            if self.receipt and shared
            else _OWN_PAGE_TOP_MM
        )
        self.shared = shared
        self._draw_constants()

    def _set(self, school: str) -> tuple[SetLetter, bool]:
        """Set the letter; say whether the receipt shares its sheet."""
        content, small = self.text.content(self.pen)._replace(school=school), self.text.small
        if self.receipt is None or self.text.layout == "apart":
            return set_on_pages(content, small=small), False
        room = self.receipt.height + _RECEIPT_BOTTOM_MM + 3
        if letter := set_on_one_page(content, room_below=room, small=small):
            return letter, True
        return set_on_pages(content, small=small), False

    def _draw_constants(self) -> None:
        for page in range(self.pages):
            with self.sheets.constant(f"page{page}"):
                for line in self.letter.pages[page] if page < len(self.letter.pages) else ():
                    line.draw(self.sheets)
                if self.receipt and page == self.receipt_page:
                    self.receipt.draw_constant(self.sheets, self.receipt_top, cut=self.shared)
                self._draw_foot(page + 1)

    def _draw_foot(self, page: int) -> None:
        y = HEIGHT_MM - FOOT_MM
        if self.text.batch:
            self.sheets.write(LEFT_MM, y, f"批次 {self.text.batch}　致家长", FOOT)
        middle = LEFT_MM + WIDTH_MM / 2
        self.sheets.write(middle, y, f"第{page}页　共{self.pages}页", FOOT, align="center")

    def draw(self, recipient: Recipient) -> None:
        """Draw all pages of one family's letter."""
        name = for_pen(recipient.name, self.pen)
        class_name = for_pen(recipient.class_name, self.pen)
        values = {"name": name or NAME_TO_WRITE, "class_name": class_name or NAME_TO_WRITE}
        greeting = fill(self.text.greeting, values)
        for page in range(self.pages):
            self.sheets.stamp(f"page{page}")
            if page == 0:
                top = self.letter.greeting
                greeting_line(greeting, self.letter.measure, top).draw(self.sheets)
            if self.receipt and page == self.receipt_page:
                self.receipt.draw_own(
                    self.sheets,
                    self.receipt_top,
                    name=name,
                    class_name=class_name,
                    code=recipient.code,
                    qr=recipient.qr,
                    due=recipient.due,
                    cut=self.shared,
                )
            if recipient.code:
                again = f"第{recipient.turn}次发　" if recipient.turn > 1 else ""
                self.sheets.write(
                    LEFT_MM + WIDTH_MM,
                    HEIGHT_MM - FOOT_MM,
                    f"{again}编号 {recipient.code}",
                    FOOT,
                    align="right",
                )
            self.sheets.end_page()


def print_letter_form(
    form: PaperForm,
    rows: Sequence[Mapping[str, Any]],
    context: Context,
    tick: Callable[[int, int], object],
) -> Printed:
    """Print a paper of the letter kind: one for each row, or one with open places."""
    sheets, pen = Sheets(form.title, binding=context.binding), list[str]()
    records = rows or [{}]
    letters = [_set_form(form, row, context, pen) for row in records]
    for number, ((letter, greeting), row) in enumerate(zip(letters, records, strict=True), start=1):
        for page, lines in enumerate(letter.pages, start=1):
            for line in lines:
                line.draw(sheets)
            if page == 1 and greeting:
                greeting_line(greeting, letter.measure, letter.greeting).draw(sheets)
            record = str(row.get(form.record) or "") if form.record else ""
            draw_foot(
                sheets,
                form,
                context,
                page=page,
                pages=len(letter.pages),
                left=LEFT_MM,
                width=WIDTH_MM,
                record=record,
                has_number=False,
            )
            draw_page_number(sheets, page, left=LEFT_MM, width=WIDTH_MM, bottom=BOTTOM_MM)
            sheets.end_page()
        tick(number, len(records))
    return sheets.finish(pen)


def _set_form(
    form: PaperForm, row: Mapping[str, Any], context: Context, pen: list[str]
) -> tuple[SetLetter, str]:
    values = {**facts_of(form, context), **row}

    def words(text: str) -> str:
        return for_pen(fill(text, values, blank=LINE_TO_WRITE_ON), pen)

    content = Content(
        words(form.title),
        [Block(words(block.text), block.kind) for block in form.blocks],
        words(form.sender),
        words(form.dated),
    )
    return set_by_standard(content), words(form.to)
