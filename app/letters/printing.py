"""A batch as paper: one letter with its receipt for each pupil."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.core.errors import UserError
from app.core.paper import (
    Block,
    Context,
    Covers,
    Fit,
    Layout,
    LetterText,
    PaperForm,
    Printed,
    Recipient,
    fit_of,
    print_letters,
    slip_of,
)
from app.core.slips import Slips
from app.core.values import show
from app.letters.codes import Code, qr_text
from app.letters.letterforms import LetterForm
from app.letters.lines import ReceiptLine
from app.letters.records import LetterBatch

COVER = "letter_cover"
# A receipt nobody here has printed: with two lines to confirm, as most have.
_ANY = LetterText("", "", (), school="", date="", confirm="　" * 50)


class Cover(NamedTuple):
    """The paper that lies on the stack of a class, and what every sheet of it says."""

    form: PaperForm
    context: Context


class Sample(NamedTuple):
    """A letter to be looked at, and how it goes on paper."""

    printed: Printed
    fit: Fit


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
    families: Mapping[str, Sequence[ReceiptLine]],
    covers: Covers | None,
    tick: Callable[[int, int], object],
) -> Printed:
    """Print the letter as it was worded when it was sent, for each of these receipts, by class.

    ``families`` are the younger children by the receipt of the eldest, on whose paper they stand.

    Raises:
        UserError: there is none.

    """
    if not receipts:
        raise UserError("没有可以打印的信。", do="请换一个班，或换一批信。")
    place = {uid: n for n, uid in enumerate(dict.fromkeys(line.class_uid for line in receipts))}
    recipients = [
        _recipient(batch, line, families.get(line.uid, ()), facts)
        for line in sorted(receipts, key=lambda line: place[line.class_uid])
    ]
    return print_letters(_text(batch, facts), recipients, _context(facts), covers=covers, tick=tick)


def _recipient(
    batch: LetterBatch, line: ReceiptLine, younger: Sequence[ReceiptLine], facts: Facts
) -> Recipient:
    children = (line, *younger)
    return Recipient(
        "、".join(child.name for child in children),
        "、".join(dict.fromkeys(child.class_name for child in children)),
        line.code,
        qr_text(_mark(batch, facts), line.code),
        len(line.again) + 1,
        line.class_uid,
        _by(line.due_on or batch.due_on),
    )


def _mark(batch: LetterBatch, facts: Facts) -> str:
    """Return the school's code as it was when the batch was sent."""
    return batch.text.get("mark") or facts.school_code


def _by(due_on: date | None) -> str:
    return f"{due_on.month}月{due_on.day}日" if due_on else ""


def slips_of(batches: Sequence[LetterBatch], facts: Facts) -> Slips:
    """Return the receipts of these batches as they were printed, by how their codes begin."""
    by_start = []
    for batch in batches:
        slip = slip_of(_text(batch, facts), str(Code(batch.code, 1)))
        named = qr_text(_mark(batch, facts), f"{batch.code}-")
        by_start += [(f"{batch.code}-", slip), (named, slip)]
    return Slips(slip_of(_ANY, str(Code("HZ26A", 1))), tuple(by_start))


def print_sample(
    form: LetterForm,
    parts: Sequence[Sequence[str]],
    facts: Facts,
    *,
    layout: Layout | None,
    today: date,
    due_on: date | None,
) -> Sample:
    """Print one letter without a name and without a code, to be looked at, and say how it fits."""
    text = LetterText(
        title=form.heading,
        greeting=form.greeting,
        blocks=_blocks(parts),
        school=facts.school,
        date=show(today),
        receipt=form.receipt,
        confirm=form.confirm,
        layout=layout or form.layout,
        small=form.small,
    )
    return Sample(
        print_letters(text, [Recipient("", due=_by(due_on))], _context(facts)), fit_of(text)
    )


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
        layout=batch.text.get("layout", "sheet"),
        small=batch.text.get("small", False),
    )


def _blocks(parts: Any) -> tuple[Block, ...]:
    return tuple(Block(text, kind) for kind, text in parts)


def _context(facts: Facts) -> Context:
    return Context(school=facts.school, printed_by=facts.printed_by)
