"""The reports of a school as one reads them: lists, drafts, sendings, what the rules are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.store import Store
from app.core.views import View
from app.handover.reports import campaign, rules, views
from app.handover.reports.amends import Entered
from app.handover.reports.books import Asked, Books
from app.handover.reports.forms import ReportForm
from app.handover.reports.lines import Line, line_of
from app.handover.reports.once import once
from app.handover.reports.records import Report, ReportSending
from app.handover.reports.rules import Span
from app.handover.reports.sight import demand_sight
from app.handover.reports.words import NAMES, RULES, Kind
from app.handover.reports.writing import Changed, Draft, changes, draft, named_groups

LABELS = {
    "recipient": "报给", "reporter": "报告人", "signer": "审签人", "is_zero": "零报告",
    "zero_reason": "零报告的理由", "texts": "文字",
}  # fmt: skip
_NAMED_ALONE = (Kind.WEEKLY, Kind.DISPUTES)  # print no number but those their texts name
_YEAR = timedelta(days=366)
_UNCHANGED = "什么都没有改动。"


class ReportBook:
    """The reports of one school as one reads them."""

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
        entered = Entered(self.books, [one for one in reports if one.uid in sent])
        return [
            line_of(report, mine, entered.since(report, mine))
            for report in reports
            for mine in [sent.get(report.uid, [])]
        ]

    def to_amend(self) -> list[Line]:
        """Return the reports something was entered for after they had gone out, the newest first.

        Raises:
            UserError: the role may not see them.

        """
        return [line for line in self.lines() if line.amend is not None]

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

    def drafts(self, uids: Iterable[str]) -> Iterator[Draft]:
        """Yield many reports of a kind as ``draft`` does; what they share is counted once.

        Numbers that no text of theirs names may be missing.
        """
        books = once(self.books)
        groups: dict[str, str] = {}
        for uid in uids:
            report = self.get(uid)
            kind, form = Kind(report.kind), self.forms[Kind(report.kind)]
            titles = named_groups(form, report, groups) if groups and kind in _NAMED_ALONE else None
            made = draft(books, form, report, self.span(kind, report.period), titles=titles)
            groups = groups or {key: one.group for key, one in made.figures.items()}
            yield made

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


def open_period(book: ReportBook, kind: Kind, said: str) -> str:
    """Return the key of the turn somebody names, the present one where nobody does.

    A self-check is named by its campaign.

    Raises:
        UserError: there is no campaign, or none of that name.

    """
    today = book.now().date()
    if kind is Kind.SELFCHECK:
        campaigns = book.books.hazards.campaigns
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
