"""The door to reports: begun, written, sent, and shown to the rules that ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.handover.reports import campaign, rules, views
from app.handover.reports.books import Asked, Books
from app.handover.reports.forms import ReportForm
from app.handover.reports.lines import Line, line_of
from app.handover.reports.records import Report, ReportSending
from app.handover.reports.rules import Span
from app.handover.reports.sight import demand_sight
from app.handover.reports.words import FROM_LEDGER, NAMES, RULES, Kind
from app.handover.reports.writing import Changed, Draft, basis_of, changes, draft

LABELS = {
    "recipient": "报给", "reporter": "报告人", "signer": "审签人", "is_zero": "零报告",
    "zero_reason": "零报告的理由", "texts": "文字",
}  # fmt: skip
_YEAR = timedelta(days=366)
_UNCHANGED = "什么都没有改动。"


class ReportRegister:
    """The reports of one school; their numbers run BS-2026-0001."""

    def __init__(
        self,
        store: Store,
        books: Books,
        forms: Mapping[str, ReportForm],
        *,
        now: Callable[[], datetime],
    ) -> None:
        self.store, self.books, self.forms = store, books, forms
        self._now = now
        self.views: dict[str, View] = views.of(self)

    def now(self) -> datetime:
        """Return the moment all of it counts from."""
        return self._now()

    # Writing

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
            UserError: the role may not, something is missing, or the time cannot be.

        """
        self.store.sitter.demand(Right.REPORTS)
        made, now = self.draft(uid), self._now()
        said = {"sent_at": sent_at, "way": way, "recipient": recipient, "by": by, "reason": reason}
        rules.check_sending(said, first_on=made.report.first_on, now=now)
        kind = Kind(made.report.kind)
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
                figures=made.numbers(),
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

    # Reading

    def get(self, uid: str) -> Report:
        """Return one report.

        Raises:
            UserError: the role may not see it.

        """
        demand_sight(self.store.sitter)
        return self.store.get(Report, uid)

    def of(self, kind: Kind, period: str) -> Report | None:
        """Return the report of a turn, None where none was begun."""
        wanted = select(Report).where(Report.kind == str(kind), Report.period == period)
        with self.store.read() as session:
            return session.scalar(wanted)

    def lines(self) -> list[Line]:
        """Return every report as the list shows it, the newest first.

        Raises:
            UserError: the role may not see them.

        """
        demand_sight(self.store.sitter)
        with self.store.read() as session:
            newest = select(Report).order_by(Report.last_on.desc(), Report.id.desc())
            reports = session.scalars(newest).all()
            sent = _by_report(session)
        return [line_of(report, sent.get(report.uid, ())) for report in reports]

    def sendings(self, uid: str) -> list[ReportSending]:
        """Return the times a report went out, the first one first."""
        wanted = select(ReportSending).where(ReportSending.report_uid == uid)
        with self.store.read() as session:
            return list(session.scalars(wanted.order_by(ReportSending.turn)))

    def draft(self, uid: str) -> Draft:
        """Return a report as it reads now."""
        report = self.get(uid)
        kind = Kind(report.kind)
        span = self.span(kind, report.period)
        return draft(self.books, self.forms[kind], report, span)

    def since_sent(self, made: Draft) -> list[Changed]:
        """Return which numbers are no longer what they were when a report last went out."""
        sent = self.sendings(made.report.uid)
        return changes(sent[-1].figures, made.shown) if sent else []

    def span(self, kind: Kind, period: str) -> Span:
        """Return the days a turn of a report tells of."""
        if kind is not Kind.SELFCHECK:
            return rules.span_of(kind, period)
        found = self.books.hazards.campaigns.get(period)
        first, last = found.starts_on, found.ends_on
        return Span(
            period,
            f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日",
            first,
            last,
        )

    def due_at(self, kind: Kind, period: str) -> datetime | None:
        """Return the last moment in time of a turn, as the rules have it now."""
        if kind is Kind.SELFCHECK:
            day = campaign.due_on(self.books, period)
            return (
                datetime.combine(day, datetime.max.time()).replace(second=0, microsecond=0)
                if day
                else None
            )
        turn = self.asked(kind, period)
        return turn.due_at if turn and turn.counts else None

    def asked(self, kind: Kind, period: str) -> Asked | None:
        """Return how a turn of a report stands by its rule, None where there is no such turn."""
        span = self.span(kind, period)
        turns = self.books.asked(RULES[kind], span.first, span.last)
        return next((turn for turn in turns if turn.key == period), None)

    def done(self, kind: Kind, first: date, last: date) -> list[Done]:
        """Return the reports of a kind that went out, for the rules; each counts for its own turn.

        A report counts within the days it tells of, however late it went; ``at`` says when it did.
        """
        wanted = (
            select(Report, ReportSending)
            .join(ReportSending, ReportSending.report_uid == Report.uid)
            .where(Report.kind == str(kind), ReportSending.turn == 1)
            .where(Report.first_on <= last + _YEAR, Report.last_on >= first - _YEAR)
        )
        with self.store.read() as session:
            rows = session.execute(wanted).all()
        found = [_done(report, sending) for report, sending in rows]
        return [one for one in found if first <= one.on <= last]

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


def open_period(register: ReportRegister, kind: Kind, said: str) -> str:
    """Return the key of the turn somebody names, the present one where nobody does.

    A self-check is named by its campaign.

    Raises:
        UserError: there is no campaign, or none of that name.

    """
    today = register.now().date()
    if kind is Kind.SELFCHECK:
        campaigns = register.books.hazards.campaigns
        if said:
            return campaigns.named(said).uid
        if not (lines := campaigns.lines()):
            raise UserError("还没有登记专项行动。", safe=_UNCHANGED, do="请先登记专项行动。")
        return lines[0].campaign.uid
    now = {
        Kind.WEEKLY: rules.week_of(today),
        Kind.DISPUTES: rules.month_of(today),
        Kind.YEARLY: rules.year_of(today),
    }
    return said or now[kind].key


def _done(report: Report, sending: ReportSending) -> Done:
    at = sending.sent_at
    on = at.date()
    if Kind(report.kind) is not Kind.SELFCHECK:
        on = min(max(on, report.first_on), report.last_on)
    kind = "零报告" if sending.is_zero else NAMES[Kind(report.kind)]
    return Done(on, kind, report.uid, f"{kind} {report.number}", at)


def _by_report(session: Session) -> dict[str, list[ReportSending]]:
    found: dict[str, list[ReportSending]] = {}
    for sending in session.scalars(select(ReportSending).order_by(ReportSending.turn)):
        found.setdefault(sending.report_uid, []).append(sending)
    return found


def _said(text: Any) -> str | None:
    return (text or "").strip() or None
