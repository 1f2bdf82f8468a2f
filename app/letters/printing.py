"""A batch as paper: one letter with its receipt for each pupil."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import UserError
from app.core.paper import (
    Block,
    Context,
    LetterText,
    Printed,
    Recipient,
    print_letters,
    slip_of,
)
from app.core.slips import Slips
from app.core.values import show
from app.letters.codes import Code, qr_text
from app.letters.letterforms import LetterForm
from app.letters.lines import ReceiptLine
from app.letters.records import LetterBatch

# A receipt nobody here has printed: with two lines to confirm, as most have.
_ANY = LetterText("", "", (), school="", date="", confirm="　" * 50)


@dataclass(frozen=True)
class Facts:
    """Who sends the letter and who prints it."""

    school: str
    school_code: str
    printed_by: str


def print_batch(
    batch: LetterBatch,
    receipts: Sequence[ReceiptLine],
    facts: Facts,
    *,
    tick: Callable[[int, int], object],
) -> Printed:
    """Print the letter as it was worded when it was sent, for each of these receipts.

    Raises:
        UserError: there is none.

    """
    if not receipts:
        raise UserError("没有可以打印的信。", do="请换一个班，或换一批信。")
    recipients = [
        Recipient(line.name, line.class_name, line.code, qr_text(facts.school_code, line.code))
        for line in receipts
    ]
    return print_letters(_text(batch, facts), recipients, _context(facts), tick=tick)


def slips_of(batches: Sequence[LetterBatch], facts: Facts) -> Slips:
    """Return the receipts of these batches as they were printed, by how their codes begin."""
    by_start = []
    for batch in batches:
        slip = slip_of(_text(batch, facts), str(Code(batch.code, 1)))
        by_start += [(f"{batch.code}-", slip), (qr_text(facts.school_code, f"{batch.code}-"), slip)]
    return Slips(slip_of(_ANY, str(Code("HZ26A", 1))), tuple(by_start))


def print_sample(
    form: LetterForm, parts: Sequence[Sequence[str]], facts: Facts, *, today: date
) -> Printed:
    """Print one letter without a name and without a code, to be looked at."""
    text = LetterText(
        title=form.heading,
        greeting=form.greeting,
        blocks=_blocks(parts),
        school=facts.school,
        date=show(today),
        receipt=form.receipt,
        confirm=form.confirm,
    )
    return print_letters(text, [], _context(facts))


def _text(batch: LetterBatch, facts: Facts) -> LetterText:
    return LetterText(
        title=batch.text["heading"],
        greeting=batch.text["greeting"],
        blocks=_blocks(batch.text["parts"]),
        school=facts.school,
        date=show(batch.issued_on),
        receipt=batch.has_receipt,
        confirm=batch.text["confirm"],
        batch=batch.code,
    )


def _blocks(parts: Any) -> tuple[Block, ...]:
    return tuple(Block(text, kind) for kind, text in parts)


def _context(facts: Facts) -> Context:
    return Context(school=facts.school, printed_by=facts.printed_by)
