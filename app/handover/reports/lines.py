"""Reports as the list shows them: how each stands, when it went out, whether too late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.handover.reports.amends import Amend
from app.handover.reports.records import Report, ReportSending
from app.handover.reports.rules import late_words
from app.handover.reports.words import NAMES, Kind, Standing


class Line(NamedTuple):
    """One report: ``first`` is the time it went out that counts, ``turns`` how often it did.

    ``is_zero`` says that it told of nothing the last time; ``amend`` is what came after that,
    so that it is owed again.
    """

    report: Report
    first: ReportSending | None
    turns: int
    is_zero: bool = False
    amend: Amend | None = None

    @property
    def kind(self) -> Kind:
        """What kind of report it is."""
        return Kind(self.report.kind)

    @property
    def title(self) -> str:
        """What it is called: 周报, 矛盾纠纷排查表."""
        return NAMES[self.kind]

    @property
    def late(self) -> str:
        """By how much it came too late, '' if it was in time or has not gone out."""
        return late_words(self.first.sent_at, self.first.due_at) if self.first else ""

    @property
    def standing(self) -> Standing:
        """How it stands, in one word."""
        if self.first is None:
            return Standing.DRAFT
        if self.amend is not None:
            return Standing.AMEND
        if self.late:
            return Standing.LATE
        return Standing.ZERO if self.is_zero else Standing.SENT

    @property
    def sent_at(self) -> datetime | None:
        """When it went out first."""
        return self.first.sent_at if self.first else None


def line_of(report: Report, sendings: Sequence[ReportSending], amend: Amend | None = None) -> Line:
    """Return a report with the times it went out."""
    first = sendings[0] if sendings else None
    return Line(report, first, len(sendings), bool(sendings) and sendings[-1].is_zero, amend)
