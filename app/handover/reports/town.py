"""The reports in the data file: which went out when, and the numbers of these days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.core.store import WITH_VOID
from app.core.town import days_of, told
from app.core.views import Filter, Row
from app.handover.reports.counting import count
from app.handover.reports.records import Report, ReportSending
from app.handover.reports.rules import Span, late_words
from app.handover.reports.words import NAMES, Kind

if TYPE_CHECKING:
    from app.handover.reports.book import ReportBook

_OF_PUPILS = "学生"  # told in a table of their own, no cell of which is less than three


def sent_rows(register: ReportBook, where: Filter) -> list[Row]:
    """Return the reports of these days that went out; the first time says whether it was late."""
    first, last = days_of(where)
    wanted = select(Report).where(Report.first_on <= last, Report.last_on >= first)
    wanted = wanted.order_by(Report.first_on, Report.id).execution_options(**WITH_VOID)
    every = select(ReportSending).order_by(ReportSending.turn).execution_options(**WITH_VOID)
    with register.store.read() as session:
        sendings: dict[str, list[ReportSending]] = {}
        for sending in session.scalars(every):
            sendings.setdefault(sending.report_uid, []).append(sending)
        found = [(report, sendings.get(report.uid, [])) for report in session.scalars(wanted)]
    return [_row(report, sent) for report, sent in found if sent]


def _row(report: Report, sent: list[ReportSending]) -> Row:
    standing = [one for one in sent if one.void_reason is None]

    def facts(report: Report) -> Row:
        first = standing[0] if standing else None
        late = bool(first and late_words(first.sent_at, first.due_at))
        return {
            "kind": NAMES[Kind(report.kind)],
            "period": report.name,
            "due_at": first.due_at if first else None,
            "sent_at": first.sent_at if first else None,
            "is_late": late if first and first.due_at else None,
            "is_zero": standing[-1].is_zero if standing else None,
        }

    return told(report, facts, more=sum(one.rev for one in sent))


def figure_rows(register: ReportBook, where: Filter) -> list[Row]:
    """Return the numbers reports are made of; one whose ledger is not kept has no value.

    Those of single groups of pupils are left out; without days there is nothing to count.
    """
    if not (where.get("first") and where.get("last")):
        return []
    first, last = days_of(where)
    figures = count(register.books, Span("", "", first, last))
    return [
        {
            "figure": key,
            "title": f"{figure.group}：{figure.label}",
            "value": figure.value if isinstance(figure.value, int) else None,
            "said": figure.said,
        }
        for key, figure in figures.items()
        if figure.group != _OF_PUPILS
    ]
