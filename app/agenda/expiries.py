"""What the plain ledgers remind of: days that come or have passed, months still to be reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from app.agenda.items import Item, When, when_of
from app.core.roles import Right, Sitter
from app.core.values import show
from app.ledgers import Due, LedgerRegister, State

_MOST_NAMED = 3  # lines of one ledger named one by one; more are told of in one line


def of_ledgers(ledgers: LedgerRegister, sitter: Sitter, today: date) -> Iterator[Item]:
    """Yield the days of lines as their forms ask, and the months owed of ledgers in use."""
    link = _link(sitter, "去办理")
    found = sorted(ledgers.due(), key=lambda due: (due.form.id, due.label, _when(due, today)))
    for _, some in groupby(found, key=lambda due: (due.form.id, due.label, _when(due, today))):
        dues = sorted(some, key=lambda due: due.on)
        if len(dues) > _MOST_NAMED:
            yield _together(dues, today, link)
        else:
            yield from (_item(due, today, link) for due in dues)
    yield from _months(ledgers, sitter, today)


def _when(due: Due, today: date) -> When:
    if due.on < today:
        return When.LATE
    return When.SOON if due.is_near else When.LATER


def _item(due: Due, today: date, link: str) -> Item:
    past = "已过期" if due.on < today else "快到期"
    return Item(
        _when(due, today),
        f"{due.name}：{due.label}{past}",
        f"{show(due.on)} · {due.form.title} {due.number}",
        due.on,
        "ledgers",
        due.uid,
        link,
    )


def _together(dues: list[Due], today: date, link: str) -> Item:
    first = dues[0]
    past = "已过期" if first.on < today else "快到期"
    return Item(
        _when(first, today),
        f"{first.form.title}：{len(dues)}{first.form.unit}的{first.label}{past}",
        f"最早{show(first.on)} · {first.name} {first.number}",
        first.on,
        "ledgers",
        first.form.id,
        link,
    )


def _months(ledgers: LedgerRegister, sitter: Sitter, today: date) -> Iterator[Item]:
    """Yield the months of ledgers in use that are owed, or due within a week."""
    link = _link(sitter, "去上报")
    for form in ledgers.all():
        if not form.month_by or not ledgers.is_used(form.id):
            continue
        why = f"每月{form.month_by}日前，没有也要零报告 · {form.title}"
        months = ledgers.months.owed(form.id)
        owed = [month for month in months if month.state is State.OWED]
        if owed:
            names = "、".join(month.name for month in owed[-_MOST_NAMED:])
            rest = f"等{len(owed)}个月" if len(owed) > _MOST_NAMED else ""
            what = f"{names}{rest}的{form.title}还没有报"
            yield Item(When.LATE, what, why, owed[0].due_on, "ledgers", form.id, link)
        for month in months:
            when = when_of(month.due_on, today)
            if month.state is not State.OWED and when is not When.LATER:
                what = f"{month.name}的{form.title}还没有报"
                yield Item(when, what, why, month.due_on, "ledgers", form.id, link)


def _link(sitter: Sitter, word: str) -> str:
    """Return the word that leads to the ledgers; whoever has no tab for them is led nowhere."""
    if not sitter.may(Right.SEE_STUDENTS):
        return ""
    return word if sitter.may(Right.LEDGERS) else "去看"
