"""Lines about persons: one for each of the staff at once, and ended when somebody leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.forms import Form
from app.core.roles import Right
from app.ledgers import filling
from app.ledgers.records import LedgerLine
from app.ledgers.register import LedgerRegister, write_down
from app.ledgers.relations import day_of


def enter_each(
    register: LedgerRegister, id: str, said: Mapping[str, Any], whom: Iterable[str]
) -> list[str]:
    """Enter one line for each of these persons, with their posts, as one change.

    Who has a line of the same day already is left out, so that nothing is entered twice. Returns
    the uids of the new lines.

    Raises:
        UserError: the role may not, nobody is left, or something is missing or cannot be.

    """
    register.store.sitter.demand(Right.LEDGERS)
    form, posts = register.form(id), register.posts()
    day = said.get(form.day)
    known = {
        line[form.person]
        for line in register.lines(id, opened=True)
        if day is not None and line.on == day_of(day)
    }
    names = [name for name in dict.fromkeys(whom) if name not in known]
    if not names:
        raise UserError("选的人这一天都有一条了。", safe="没有登记新的。", do="请换一天或者换人。")
    lines = []
    with register.store.change(f"按名单登记{form.title}") as session:
        for name in names:
            own: dict[str, str | None] = {form.person: name}
            if form.post:
                own[form.post] = posts.get(name) or None
            line = register.made(form, register.checked(form, dict(said) | own))
            session.add(line)
            lines.append(line)
    return [line.uid for line in lines]


def end_of(register: LedgerRegister, name: str, reason: str) -> int:
    """End the open lines about somebody who left the school; return how many there were.

    The lines stay, with the day and the reason. What else is wrong with an old line does not
    hinder it.
    """
    forms = {form.id: form for form in register.all() if form.person and _reason(form)}
    wanted = select(LedgerLine).where(
        LedgerLine.ledger.in_(forms),
        LedgerLine.closed_on.is_(None),
        LedgerLine.void_reason.is_(None),
    )
    count = 0
    with register.store.change("办结离校人员的台账") as session:
        for line in session.scalars(wanted).all():
            form = forms[line.ledger]
            if str(line.said.get(form.person, "")).strip() == name:
                said = filling.unpack(form, line.said) | _ending(form, register, reason)
                write_down(line, form, said, kept=line.said)
                count += 1
    return count


def _ending(form: Form, register: LedgerRegister, reason: str) -> dict[str, Any]:
    """Return what ends a line: today, and why."""
    first = form.closing[0]
    day = register.now() if form.field(first).kind == "moment" else register.today()
    return {first: day, _reason(form): f"离校：{reason}"}


def _reason(form: Form) -> str:
    """Return the blank that says why a line ended, "" where none does, as of what is signed."""
    return next((k for k in form.closing[1:] if form.field(k).kind in ("text", "long")), "")
