"""What reports ask of the rules: the turns of one of them, and what comes in the next days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.agenda import SETTLED, Dues, Item, Turn, When
from app.core.roles import Right
from app.handover import Period, ReportKind, ReportRegister
from app.handover import Span as FileSpan
from app.handover.reports.rules import week_of

if TYPE_CHECKING:
    from app.registers import Registers


def turns_of(dues: Dues, rule: str, first: date, last: date) -> tuple[bool, list[Turn]]:
    """Return whether a rule counts, and its turns between two days; none of an unknown one."""
    line = next((one for one in dues.book.lines() if one.rule.id == rule), None)
    if line is None:
        return False, []
    return line.counts, dues.turns(first, last, [line])[rule]


def ahead(dues: Dues, first: date, last: date) -> list[str]:
    """Name what the rules ask for on these days and is not done yet; daily things are not news."""
    found = (turn.standing for turns in dues.turns(first, last).values() for turn in turns)
    return [
        f"{at.rule.title}（{at.period.due_on.month}月{at.period.due_on.day}日前）"
        for at in sorted(found, key=lambda at: at.period.due_on)
        if first <= at.period.due_on <= last
        and at.rule.rhythm != "day"
        and at.state not in SETTLED
        and not at.period.excused
    ]


def of_reports(house: Registers) -> Iterator[Item]:
    """Yield the reports something was entered for after they went out; they are sent again."""
    if not house.store.sitter.may(Right.REPORTS):
        return
    for line in house.reports.to_amend():
        if line.amend is not None:
            why = f"{line.report.name} · {line.report.number} · 改好文字，再登记更正"
            what = f"{line.title}要更正：{line.amend.said}"
            uid = line.report.uid
            link = "去更正"
            today = house.today()
            yield Item(When.SOON, what, why, today, "reports", uid, link, is_for_town=True)


def file_due(reports: ReportRegister, span: FileSpan, period: Period) -> datetime | None:
    """Return by when a file of these days is asked for: one of a week as the weekly report."""
    if span is not FileSpan.WEEK:
        return None
    return reports.due_at(ReportKind.WEEKLY, week_of(period.first).key)
