"""The door to reports: begun, written, sent, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.handover.reports import rules
from app.handover.reports.amends import kept_of
from app.handover.reports.book import LABELS, ReportBook
from app.handover.reports.figures import kept
from app.handover.reports.records import Report, ReportSending
from app.handover.reports.words import FROM_LEDGER, NAMES, Kind
from app.handover.reports.writing import Draft, basis_of

_UNCHANGED = "什么都没有改动。"


class ReportRegister(ReportBook):
    """The reports of one school; their numbers run BS-2026-0001."""

    def begin(self, kind: Kind, period: str) -> Report:
        """Begin the report of a turn, or return the one begun before.

        ``period`` is a key as 2026-W42, 2026-10 or 2026; of a self-check its campaign's uid.

        Raises:
            UserError: the role may not, there is no such turn, or it has not begun yet.

        """
        self.store.sitter.demand(Right.REPORTS)
        if (found := self.of(kind, period)) is not None:
            return found
        span, name = self.span(kind, period), ""
        if span.first > self._now().date():
            raise UserError(
                f"{span.name}还没有到，写不了{NAMES[kind]}。", safe=_UNCHANGED, do="请到时候再写。"
            )
        if kind is Kind.SELFCHECK:
            name = self.books.hazards.campaigns.get(period).name
        with self.store.change(f"写{NAMES[kind]}") as session:
            report = Report(
                number=self.store.number("BS", span.first.year),
                kind=str(kind),
                period=period,
                name=name or span.name,
                first_on=span.first,
                last_on=span.last,
                is_zero=False,
                texts={},
                begun_at=self._now(),
            )
            session.add(report)
        return report

    def write(
        self,
        uid: str,
        *,
        texts: Mapping[str, str],
        reporter: str | None = None,
        signer: str | None = None,
        recipient: str | None = None,
        seen: int | None = None,
    ) -> None:
        """Keep what was changed of a report; a text as it would be anyway follows its numbers.

        Raises:
            UserError: the role may not, a text is too long, or somebody changed it meanwhile.

        """
        self.store.sitter.demand(Right.REPORTS)
        made = self.draft(uid)
        form = self.forms[made.report.kind]
        usual = {text.key: text for text in made.texts}
        own = dict(made.report.texts)
        for key, words in texts.items():
            said, text = words.strip(), usual[key]
            if len(said) > rules.LONGEST:
                raise UserError(
                    f"“{text.label}”最多{rules.LONGEST}个字。", safe=rules.UNSAVED, do="请写短些。"
                )
            if said in ("", text.usual):
                own.pop(key, None)
            elif said != text.words:
                own[key] = {"text": said, "from": basis_of(form, made, key)}
        with self.store.change(f"改{NAMES[Kind(made.report.kind)]}"):
            report = self.store.get(Report, uid)
            check_unchanged(self.store, report, seen, name=report.number, labels=LABELS)
            report.texts = own
            report.reporter, report.signer = _said(reporter), _said(signer)
            report.recipient = _said(recipient)

    def accept(self, uid: str, key: str) -> None:
        """Say that a text written by hand still holds although its numbers changed."""
        self.store.sitter.demand(Right.REPORTS)
        made = self.draft(uid)
        own = made.report.texts.get(key)
        if own is None:
            raise UserError("这一段没有改过。", safe=_UNCHANGED)
        basis = basis_of(self.forms[made.report.kind], made, key)
        with self.store.change("核对报告的文字"):
            report = self.store.get(Report, uid)
            report.texts = {**report.texts, key: {**own, "from": basis}}

    def back_to_usual(self, uid: str, key: str) -> None:
        """Let a paragraph be worked out from its numbers again."""
        self.store.sitter.demand(Right.REPORTS)
        with self.store.change("恢复报告的原文"):
            report = self.store.get(Report, uid)
            report.texts = {one: said for one, said in report.texts.items() if one != key}

    def zero(self, kind: Kind, period: str, *, reason: str = "") -> Report:
        """Say in one press that there is nothing to report (零报告).

        Raises:
            UserError: the role may not, or something was entered in these days and no ``reason``
                says why it is a report of nothing all the same.

        """
        self.store.sitter.demand(Right.REPORTS)
        if (said := self.speaks_against(kind, period)) and not reason.strip():
            raise UserError(
                said, safe=_UNCHANGED, do="请写周报说明情况；确实要按零报告报的，请写明理由。"
            )
        with self.store.change("零报告"):
            report = self.store.get(Report, self.begin(kind, period).uid)
            report.is_zero, report.zero_reason = True, _said(reason)
        return report

    def not_zero(self, uid: str) -> None:
        """Take back that there is nothing to report."""
        self.store.sitter.demand(Right.REPORTS)
        with self.store.change("取消零报告"):
            report = self.store.get(Report, uid)
            report.is_zero, report.zero_reason = False, None

    def speaks_against(self, kind: Kind, period: str) -> str:
        """Say why a turn cannot simply be reported as one of nothing, '' if it can.

        Raises:
            UserError: a report of this kind always tells something.

        """
        if kind not in FROM_LEDGER:
            raise UserError(f"{NAMES[kind]}没有零报告。", safe=_UNCHANGED, do="请写报告。")
        ledger, name, unit = FROM_LEDGER[kind]
        span = self.span(kind, period)
        if not self.books.ledgers.is_used(ledger):
            return ""
        found = len(self.books.ledgers.lines(ledger, span.first, span.last))
        return rules.zero_question(name, found, unit) if found else ""

    def send(
        self,
        uid: str,
        *,
        sent_at: datetime,
        way: str,
        recipient: str,
        by: str,
        reason: str | None = None,
    ) -> ReportSending:
        """Write down that a report went out, when, how and to whom, with its words and numbers.

        Raises:
            UserError: the role may not, something is missing, the time cannot be, or a report of
                nothing has had something entered since.

        """
        self.store.sitter.demand(Right.REPORTS)
        made, now = self.draft(uid), self._now()
        said = {"sent_at": sent_at, "way": way, "recipient": recipient, "by": by, "reason": reason}
        rules.check_sending(said, first_on=made.report.first_on, now=now)
        kind = Kind(made.report.kind)
        self._ask_again(made.report)
        with self.store.change("登记报送") as session:
            sending = ReportSending(
                report_uid=uid,
                turn=len(self.sendings(uid)) + 1,
                sent_at=sent_at,
                due_at=self.due_at(kind, made.report.period),
                entered_at=now,
                way=way,
                recipient=recipient.strip(),
                by=by.strip(),
                reason=_said(reason),
                is_zero=made.report.is_zero,
                figures=made.numbers() | kept_of(kind, kept(made.figures)),
                texts=made.words(),
            )
            session.add(sending)
            if kind is Kind.SELFCHECK:
                self._hand_in(made.report.period, sent_at.date())
            if kind is Kind.DISPUTES:
                self._report_month(made, by)
        return sending

    def void(self, uid: str, reason: str) -> None:
        """Mark a report 作废, with every time it is said to have gone out."""
        self.store.sitter.demand(Right.REPORTS)
        with self.store.change("作废报告"):
            for sending in self.sendings(uid):
                self.store.void(sending.uid, reason, "作废报送")
            self.store.void(uid, reason, "作废报告")

    def void_sending(self, uid: str, reason: str) -> None:
        """Take back that a report went out; only the last time can be taken back.

        Raises:
            UserError: the role may not, it is not the last, or no reason is given.

        """
        self.store.sitter.demand(Right.REPORTS)
        sending = self.store.get(ReportSending, uid)
        if self.sendings(sending.report_uid)[-1].uid != uid:
            raise UserError("只能作废最后一次报送。", safe=_UNCHANGED, do="请从最后一次作废起。")
        self.store.void(uid, reason, "作废报送")

    def _ask_again(self, report: Report) -> None:
        """Refuse to send as one of nothing what has had something since, and no word of why."""
        if not report.is_zero or report.zero_reason:
            return
        if said := self.speaks_against(Kind(report.kind), report.period):
            raise UserError(
                said,
                safe=rules.UNSAVED,
                do="请先按“不按零报告”，写明情况；还要按零报告报的，再按“按零报告报”，写明理由。",
            )

    def _report_month(self, made: Draft, by: str) -> None:
        """Tell the ledger of disputes that its month was reported, unless it knows."""
        ledgers, span = self.books.ledgers, made.span
        months = ledgers.months.of("dispute", span.first.year)
        if any(one.key == made.report.period and one.reported is not None for one in months):
            return
        has_none = not ledgers.count("dispute", span.first, span.last)
        ledgers.months.report("dispute", made.report.period, is_zero=has_none, by=by)

    def _hand_in(self, uid: str, on: date) -> None:
        """Tell the campaign's phases that what they ask for was handed in."""
        campaigns = self.books.hazards.campaigns
        for phase in campaigns.line(uid).phases:
            if phase.report_on and not phase.reported_on:
                campaigns.correct_phase(phase.uid, reported_on=on)


def _said(text: Any) -> str | None:
    return (text or "").strip() or None
