"""What was entered after its report had gone out, so that the town is told again (更正)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.handover.reports.books import Books
from app.handover.reports.records import Report, ReportSending
from app.handover.reports.words import FROM_LEDGER, Kind

_FIGURES = {Kind.WEEKLY: "incidents", Kind.DISPUTES: "disputes"}
_LEADING = re.compile(r"\d+", re.ASCII)


class Amend(NamedTuple):
    """How many records a report does not tell of, because they came after it went out."""

    more: int
    name: str
    unit: str
    was_zero: bool

    @property
    def said(self) -> str:
        """What happened, in a sentence without its end."""
        before = "按零报告报了以后" if self.was_zero else "报出去以后"
        return f"{before}，又登记了{self.more}{self.unit}{self.name}"


class Entered:
    """The days of the records that reports of nothing are held against."""

    def __init__(self, books: Books, reports: Iterable[Report]) -> None:
        """Read the ledgers once for all these reports."""
        self._days = {
            kind: _days(books, FROM_LEDGER[kind][0], mine)
            for kind in _FIGURES
            if (mine := [one for one in reports if one.kind == kind])
        }

    def since(self, report: Report, sent: Sequence[ReportSending]) -> Amend | None:
        """Return what a report that went out does not tell of, None if it tells all.

        A week is told again whatever its report said; a month of disputes, which is reported
        before it is over, only where it was told to have had none.
        """
        kind = Kind(report.kind)
        if not sent or kind not in self._days:
            return None
        last = sent[-1]
        told = _told(last, kind)
        if told is None or not (last.is_zero or kind is Kind.WEEKLY):
            return None
        more = sum(report.first_on <= day <= report.last_on for day in self._days[kind]) - told
        _, name, unit = FROM_LEDGER[kind]
        return Amend(more, name, unit, last.is_zero) if more > 0 else None


def kept_of(kind: Kind, figures: Mapping[str, object]) -> dict[str, object]:
    """Return the number a sending keeps of these records, also where its text names none."""
    key = _FIGURES.get(kind)
    return {} if key is None or key not in figures else {key: figures[key]}


def _told(sending: ReportSending, kind: Kind) -> int | None:
    """Return of how many records a sending told, None where that is not known."""
    said = sending.figures.get(_FIGURES[kind])
    if said is None:
        return 0 if sending.is_zero else None
    found = _LEADING.match(str(said))
    return int(found[0]) if found else 0


def _days(books: Books, ledger: str, reports: Sequence[Report]) -> list[date]:
    if not books.ledgers.is_used(ledger):
        return []
    first, last = min(one.first_on for one in reports), max(one.last_on for one in reports)
    return [line.on for line in books.ledgers.lines(ledger, first, last)]
