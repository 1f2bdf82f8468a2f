"""What is printed of incidents, put together from the register, the receipts and the papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from app.core.paper import Context, PaperForm, Printed, print_paper
from app.core.views import Filter, Row, keep
from app.incidents.printing import print_report
from app.incidents.receipts import ReceiptFinder
from app.incidents.records import IncidentReport
from app.incidents.register import IncidentRegister
from app.incidents.rules import Turn
from app.incidents.standing import Hour
from app.incidents.views import PHONE_PAPER, phone_rows, report_rows


class IncidentDesk:
    """Prints the phone sheet and the reports of incidents."""

    def __init__(
        self,
        register: IncidentRegister,
        receipts: ReceiptFinder,
        papers: Mapping[str, PaperForm],
        *,
        context: Callable[[PaperForm], Context],
        school: Callable[[], str],
    ) -> None:
        self.register, self.receipts, self.papers = register, receipts, papers
        self._context, self._school = context, school
        register.views |= {
            "phone": self._phones,
            "report": partial(self._reports, Turn.FIRST),
            "further": partial(self._reports, Turn.FURTHER),
        }

    def phone_sheet(self, uid: str) -> Printed:
        """Print the sheet one holds while telephoning."""
        form = self.papers[PHONE_PAPER]
        rows = phone_rows(self.register, self.register.hour(uid))
        return print_paper(form, rows, self._context(form))

    def report(self, uid: str, report: IncidentReport | None = None) -> Printed:
        """Print a report that went out or, without one, the first as it would go out now."""
        hour = self.register.hour(uid)
        receipts = self.receipts.of(hour.known)
        rows = self._row(hour, report)
        kind = Turn(report.kind) if report is not None else Turn.FIRST
        return print_report(self.papers, self._context, rows, receipts, kind=kind)

    def left(self, uid: str, how: str) -> None:
        """Have it written down that a paper of an incident left, and with it whose receipts."""
        hour = self.register.hour(uid)
        self.register.store.note(f"{how}：突发事件报告", about=uid)
        if self.receipts.of(hour.known).sheets:
            self.receipts.printed(hour.known, how)

    def _row(self, hour: Hour, report: IncidentReport | None) -> list[Row]:
        receipts = self.receipts.of(hour.known)
        return report_rows(self.register, hour, receipts, report, school=self._school())

    def _phones(self, where: Filter) -> list[Row]:
        hours = [self.register.hour(one.uid) for one in self.register.all()]
        rows = [row for hour in hours for row in phone_rows(self.register, hour)]
        return keep(rows, where, ("number",))

    def _reports(self, kind: Turn, where: Filter) -> list[Row]:
        rows: list[Row] = []
        for incident in self.register.all():
            hour = self.register.hour(incident.uid)
            out = [one for one in hour.reports if (one.turn == 1) is (kind is Turn.FIRST)]
            for report in out:
                rows += self._row(hour, report)
            if not hour.reports and kind is Turn.FIRST:
                rows += self._row(hour, None)
        return keep(rows, where, ("number",))
