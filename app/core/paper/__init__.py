"""Paper: every printed page is made here, once, as PDF in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.core.paper.card import print_card
from app.core.paper.chart import Bar, Chart, Part, Series
from app.core.paper.covers import Covers
from app.core.paper.document import write_document
from app.core.paper.fonts import unprintable
from app.core.paper.grid import print_grid
from app.core.paper.letter import fit_of, print_letter_form, print_letters, slip_of
from app.core.paper.letter_text import Fit, Layout, LetterText, Recipient
from app.core.paper.papers import load_paper, load_papers
from app.core.paper.shapes import Block, Cell, Column, PaperForm, Row, Tear
from app.core.paper.sheets import Context, Printed
from app.core.paper.table import print_table
from app.core.paper.wording import demand_keys, facts_of

__all__ = [
    "Bar",
    "Block",
    "Cell",
    "Chart",
    "Column",
    "Context",
    "Covers",
    "Fit",
    "Layout",
    "LetterText",
    "PaperForm",
    "Part",
    "Printed",
    "Recipient",
    "Row",
    "Series",
    "Tear",
    "fit_of",
    "load_paper",
    "load_papers",
    "print_letters",
    "print_paper",
    "slip_of",
    "unprintable",
    "write_document",
]

_PRINTERS = {
    "table": print_table,
    "card": print_card,
    "letter": print_letter_form,
    "grid": print_grid,
}


def print_paper(
    form: PaperForm,
    rows: Sequence[Mapping[str, Any]],
    context: Context,
    *,
    tick: Callable[[int, int], object] = lambda done, total: None,
) -> Printed:
    """Print these rows as the form says; without rows a blank form to fill in by hand.

    ``tick`` hears of every finished page or record (a job's ``step`` fits) and may raise to stop.

    Raises:
        UserError: the form asks for keys that the rows do not have.

    """
    if context.cover is not None:
        rows = context.cover(rows)
    demand_keys(form, rows, facts_of(form, context))
    return _PRINTERS[form.archetype](form, rows, context, tick)
