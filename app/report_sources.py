"""What reports ask of the rules: the turns of one of them, and what comes in the next days."""

from __future__ import annotations

from datetime import date

from app.agenda import SETTLED, Dues, Turn


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
