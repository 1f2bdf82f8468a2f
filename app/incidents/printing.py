"""The report as it goes out: its own pages, and behind them the receipts of the child."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from app.core.paper import Context, PaperForm, Printed, print_paper
from app.core.views import Row
from app.incidents.receipts import Receipts
from app.incidents.rules import Turn
from app.incidents.views import FURTHER_PAPER, REPORT_PAPER

PROOF_PAPER = "letter_proof"


def print_report(
    papers: Mapping[str, PaperForm],
    context: Callable[[PaperForm], Context],
    rows: Sequence[Row],
    receipts: Receipts,
    *,
    kind: Turn = Turn.FIRST,
) -> Printed:
    """Print a written report with the receipts behind it, as one paper."""
    form = papers[REPORT_PAPER if kind is Turn.FIRST else FURTHER_PAPER]
    parts = [print_paper(form, rows, context(form))]
    if receipts.sheets:
        proof = papers[PROOF_PAPER]
        parts.append(print_paper(proof, receipts.sheets, context(proof)))
    return joined(parts)


def joined(parts: Sequence[Printed]) -> Printed:
    """Return several papers as one, in their order."""
    if len(parts) == 1:
        return parts[0]
    from pypdfium2 import PdfDocument

    whole = PdfDocument.new()
    for part in parts:
        source = PdfDocument(part.data)
        whole.import_pages(source)
        source.close()
    held = BytesIO()
    whole.save(held)
    whole.close()
    pen = dict.fromkeys(name for part in parts for name in part.pen)
    return Printed(held.getvalue(), sum(part.pages for part in parts), tuple(pen))
