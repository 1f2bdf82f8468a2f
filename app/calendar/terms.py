"""The days of the terms as the school entered them, for whoever needs no more than these."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendar.records import SchoolTerm
from app.calendar.rules import (
    TermDays,
    after,
    before,
    counted_to,
    read_term,
    term_faults,
    usual_days,
)
from app.core.calendar import Term
from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store


def entered_terms(session: Session) -> dict[Term, TermDays]:
    """Return the terms whose days the school has entered."""
    found = [_term_days(one) for one in session.scalars(select(SchoolTerm))]
    return {days.term: days for days in found}


def term_days(store: Store, term: Term) -> TermDays:
    """Return the days of a term, the usual ones if none were entered."""
    with store.read() as session:
        return entered_terms(session).get(term) or usual_days(term)


def term_counter(session: Session) -> Callable[[date], Term]:
    """Return what says to which term the school counts a day, vacations included."""
    return partial(counted_to, entered=entered_terms(session))


def set_term(
    store: Store, code: str, *, begins_on: date, ends_on: date, weeks_from: date | None = None
) -> TermDays:
    """Say when a term begins and ends, both days included.

    Raises:
        UserError: the role may not, or the days cannot be, such as overlapping terms.

    """
    store.sitter.demand(Right.CALENDAR)
    days = TermDays(term_of_code(code), begins_on, ends_on, False, weeks_from)
    with store.read() as session:
        known = entered_terms(session)
    near = (known.get(term) for term in (before(days.term), after(days.term)))
    if faults := term_faults(days, filter(None, near)):
        raise UserError(f"{'；'.join(faults)}。", safe="没有保存。", do="请核对日期再保存。")
    with store.change("设定学期") as session:
        one = session.scalars(select(SchoolTerm).where(SchoolTerm.code == code)).first()
        if one is None:
            one = SchoolTerm(code=code)
        one.begins_on, one.ends_on, one.weeks_from = begins_on, ends_on, weeks_from
        session.add(one)
    return days


def term_of_code(code: str) -> Term:
    """Return the term of a code such as 2026-2027-1.

    Raises:
        UserError: no term is called that.

    """
    term = read_term(code)
    if term is None:
        raise UserError(f"没有“{code}”这个学期。", do="学期这样写：2026-2027-1。")
    return term


def _term_days(one: SchoolTerm) -> TermDays:
    return TermDays(term_of_code(one.code), one.begins_on, one.ends_on, False, one.weeks_from)
