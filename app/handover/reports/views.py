"""Reports as papers, the data file and the command line ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.paper import PaperForm
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.handover.reports.campaign import hazards_of
from app.handover.reports.lines import Line
from app.handover.reports.town import figure_rows, sent_rows
from app.handover.reports.words import Kind
from app.handover.reports.writing import Draft, compared
from app.handover.shield import shield

if TYPE_CHECKING:
    from app.handover.reports.book import ReportBook

KEYS = ("number", "kind", "period", "standing", "year")
_PARTY = "当事人"
_ROLES = (
    "家长", "学生", "同学", "教师", "老师", "校长", "职工", "保安", "村民", "居民", "邻居", "邻里",
    "双方", "校方", "学校", "父亲", "母亲", "家属", "一方", "等人",
)  # fmt: skip
_LINES = (
    "no", "found_on", "kind", "parties", "people", "what", "risk", "measures", "owner", "due_on",
    "outcome",
)  # fmt: skip


def of(register: ReportBook) -> dict[str, View]:
    """Return the views by name."""

    def listed(where: Filter) -> list[Row]:
        return keep([row_of(line) for line in register.lines()], where, KEYS)

    def letters(kind: Kind, keys: Sequence[str]) -> View:
        def rows(where: Filter) -> list[Row]:
            drafts = register.drafts(line.report.uid for line in _some(register, kind, where))
            return keep([letter_of(register, one) for one in drafts], where, keys)

        return rows

    def year_table(where: Filter) -> list[Row]:
        found = []
        for line in _some(register, Kind.YEARLY, where):
            found += table_of(register.draft(line.report.uid))
        return keep(found, where, ("period",))

    def disputes(where: Filter) -> list[Row]:
        found = []
        for made in register.drafts(
            one.report.uid for one in _some(register, Kind.DISPUTES, where)
        ):
            found += disputes_of(register, made)
        return keep(found, where, ("period",))

    return {
        "list": listed,
        "weekly": letters(Kind.WEEKLY, ("period", "number")),
        "selfcheck": letters(Kind.SELFCHECK, ("name", "number")),
        "yearly": letters(Kind.YEARLY, ("period", "number")),
        "year_table": year_table,
        "disputes": disputes,
        "town": partial(sent_rows, register),
        "town_figures": partial(figure_rows, register),
    }


def row_of(line: Line) -> Row:
    """Return one report as lists show it; who wrote it stays in the school."""
    report, first = line.report, line.first
    return {
        "uid": report.uid,
        "rev": report.rev,
        "number": report.number,
        "kind": line.title,
        "period": report.period if line.kind is not Kind.SELFCHECK else "",
        "name": report.name,
        "first_on": report.first_on,
        "last_on": report.last_on,
        "standing": str(line.standing),
        "is_zero": report.is_zero,
        "due_at": first.due_at if first else None,
        "sent_at": line.sent_at,
        "way": first.way if first else None,
        "late": line.late,
        "turns": line.turns,
        "year": str(report.last_on.year),
    }


def letter_of(register: ReportBook, made: Draft) -> Row:
    """Return one report as its letter prints it."""
    report, sent = made.report, register.sendings(made.report.uid)
    return {
        "uid": report.uid,
        "number": report.number,
        "period": report.period,
        "name": report.name,
        "span": made.span.name,
        "recipient": recipient_of(register, made),
        "dated": sent[-1].sent_at.date() if sent else register.now().date(),
        "reporter": report.reporter,
        "signer": report.signer,
        "sent_said": _sent_said(sent),
        **made.words(),
    }


def recipient_of(register: ReportBook, made: Draft) -> str:
    """Return for whom a report is: as written on it, else as its form says."""
    return made.report.recipient or register.forms[made.report.kind].to


def rows_of(
    register: ReportBook, papers: Mapping[str, PaperForm], made: Draft
) -> tuple[PaperForm, list[Row]]:
    """Return the paper of a report, and what stands on it."""
    kind = Kind(made.report.kind)
    form = papers[f"report_{kind}"]
    if kind is Kind.DISPUTES:
        return form, disputes_of(register, made)
    return form, [letter_of(register, made)]


def table_of(made: Draft) -> list[Row]:
    """Return the numbers of a year beside those of the year before."""
    common = {"period": made.report.period, "span": made.span.name}
    return [common | line for line in compared(made.figures)]


def disputes_of(register: ReportBook, made: Draft) -> list[Row]:
    """Return the disputes of a month, one line saying so where there are none.

    The parties are called 当事人A and so on: their names stay in the ledger.
    """
    report = made.report
    turn = register.asked(Kind.DISPUTES, report.period)
    common: Row = {
        "period": report.period,
        "span": made.span.name,
        "due_said": show(turn.due_at.date()) if turn else "未规定",
        "words": made.words()["words"],
    }
    ledgers, span = register.books.ledgers, made.span
    lines: Sequence[Any] = ()
    named: dict[str, list[str]] = {}  # read to be masked, shown to nobody
    if ledgers.is_used("dispute"):
        lines = ledgers.lines("dispute", span.first, span.last)[::-1]
        opened = ledgers.lines("dispute", span.first, span.last, opened=True)
        named = {line.uid: _parties(line.values) for line in opened}
    rows = [common | _dispute(n, line, named[line.uid]) for n, line in enumerate(lines, start=1)]
    nothing = "没有发现矛盾纠纷（零报告）" if report.is_zero else "本月没有登记矛盾纠纷"
    return rows or [common | dict.fromkeys(_LINES, "") | {"what": nothing}]


def _dispute(number: int, line: Any, named: Sequence[str]) -> Row:
    values: Mapping[str, Any] = line.values
    (said,) = shield([{key: values.get(key) for key in ("what", "measures")}], named)
    return {
        "no": number,
        "found_on": line.on,
        "kind": values.get("kind"),
        "parties": _PARTY + chr(ord("A") + (number - 1) % 26),
        "people": values.get("heads"),
        "what": said["what"],
        "risk": values.get("grade"),
        "measures": said["measures"],
        "owner": values.get("owner"),
        "due_on": values.get("due_on"),
        "outcome": "已化解" if line.is_closed else "化解中",
    }


def _parties(values: Mapping[str, Any]) -> list[str]:
    """Return who is named as a party; what they are (家长、邻居…) names nobody."""
    words = re.split(r"[^\u3400-\u9fff·\U00020000-\U0003ffff]+|[和与]", values.get("parties") or "")
    return [word for word in words if len(word) > 1 and not word.endswith(_ROLES)]


def checklist_of(register: ReportBook, uid: str) -> list[Row]:
    """Return the hazards of a campaign as the list for above prints them (自查隐患清单)."""
    mine = {one.uid for one in hazards_of(register.books, uid)}
    rows = register.books.hazards.views["self_check"]({})
    return [row for row in rows if row["uid"] in mine]


def _some(register: ReportBook, kind: Kind, where: Filter) -> Iterable[Line]:
    """Return the reports of a kind a filter may mean, so that no other is worked out."""
    wanted = {where[key].strip() for key in ("period", "number", "name") if key in where}
    for line in register.lines():
        report = line.report
        known = {report.period, report.number, report.name}
        if line.kind is kind and wanted <= known:
            yield line


def _sent_said(sent: Sequence[Any]) -> str:
    if not sent:
        return ""
    first, last = sent[0], sent[-1]
    said = f"{_at(first.sent_at)}，{first.way}"
    return said if first is last else f"{said}；{_at(last.sent_at)}更正，{last.way}"


def _at(moment: datetime) -> str:
    return f"{show(moment.date())}{moment:%H:%M}"
