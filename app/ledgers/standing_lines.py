"""How the ledgers stand, and which days of their lines come: what 今日 and the overview ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, select

from app.core.forms import Form
from app.core.store import Store
from app.ledgers.lines import covered, line_of
from app.ledgers.records import LedgerLine

_LONGEST = 400  # days: no form reminds of anything earlier


class Standing(NamedTuple):
    """How one ledger stands: its lines, those not ended, the next day to be reminded of.

    ``last_on`` is the day of its newest line.
    """

    form: Form
    lines: int = 0
    open: int = 0
    next_on: date | None = None
    last_on: date | None = None


class Due(NamedTuple):
    """One day of one line that is due or past; ``label`` says what day it is."""

    form: Form
    uid: str
    number: str
    name: str
    label: str
    on: date
    is_near: bool


def standings(store: Store, forms: Sequence[Form]) -> list[Standing]:
    """Return how each of these ledgers stands, in their order."""
    counted = (
        select(
            LedgerLine.ledger,
            func.count(),
            func.sum(case((LedgerLine.closed_on.is_(None), 1), else_=0)),
            func.min(LedgerLine.next_on),
            func.max(LedgerLine.line_on),
        )
        .where(LedgerLine.void_reason.is_(None))
        .group_by(LedgerLine.ledger)
    )
    with store.read() as session:
        found = {row[0]: row[1:] for row in session.execute(counted)}
    return [Standing(form, *found.get(form.id, ())) for form in forms]


def due_lines(store: Store, forms: Mapping[str, Form], today: date) -> list[Due]:
    """Return what is to be reminded of today, the nearest first; closed lines are silent."""
    ahead = max(
        (max(f.expires_days) for form in forms.values() for f in form.fields if f.expires_days),
        default=0,
    )
    wanted = select(LedgerLine).where(
        LedgerLine.next_on.is_not(None),
        LedgerLine.next_on <= today + timedelta(days=min(ahead, _LONGEST)),
    )
    with store.read() as session:
        lines = session.scalars(wanted).all()
    found: list[Due] = []
    for line in lines:
        if (form := forms.get(line.ledger)) is not None:
            found += _due_of(store, form, line, today)
    return sorted(found, key=lambda due: (due.on, due.number))


def _due_of(store: Store, form: Form, line: LedgerLine, today: date) -> list[Due]:
    hidden = covered(form, store.sitter, opened=False)
    known = line_of(form, line, hidden)
    open_days = line_of(form, line, {}).expiries()
    return [
        Due(
            form,
            line.uid,
            line.number,
            known.name,
            one.field.label,
            one.on,
            (one.on - today).days <= min(one.field.expires_days),
        )
        for one in open_days
        if (one.on - today).days <= max(one.field.expires_days)
    ]
