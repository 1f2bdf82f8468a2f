"""The sheet for the school safe: the paper recovery code, printed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.paper import Context, PaperForm, Printed, print_paper
from app.core.store.recovery import groups

FORM = "recovery"


@dataclass(frozen=True)
class RecoverySheet:
    """What the sheet says."""

    school: str
    code: str
    made_on: date

    def record(self) -> dict[str, Any]:
        """Return it as the paper form names it: the groups are ``g1`` to ``g8``."""
        numbered = {f"g{n}": group for n, group in enumerate(groups(self.code), start=1)}
        return {"made_on": self.made_on, "qr": self.code, **numbered}


def print_sheet(form: PaperForm, sheet: RecoverySheet) -> Printed:
    """Print the sheet; the QR says the code as it is typed, so that a scanner can type it."""
    return print_paper(form, [sheet.record()], Context(sheet.school))
