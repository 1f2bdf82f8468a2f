"""欠账: what was not done, done late, or not asked for, turn by turn, as it is printed."""

from __future__ import annotations

from datetime import date, timedelta

from app.agenda.dues import Dues, Turn
from app.agenda.periods import month_end
from app.agenda.rules import Rhythm, State
from app.core.views import Filter, Row, keep

KEYS = ("month", "field", "state", "title")
# In this order they stand on the sheet; what was done in time or lies ahead is no arrear.
_ORDER = (State.OWED, State.DONE_LATE, State.WAIVED, State.EXCUSED)
_LONGEST_TURN = timedelta(days=366)


def arrears(dues: Dues, first: date, last: date) -> list[Row]:
    """Return the turns due between two days that were not simply done in time, owed ones first.

    Days and weeks without school are no news; a month that is excused is said.
    """
    found: list[tuple[int, date, Row]] = []
    for turns in dues.turns(first - _LONGEST_TURN, last).values():
        for turn in turns:
            standing = turn.standing
            is_short = standing.rule.rhythm in (Rhythm.DAY, Rhythm.WEEK)
            if standing.state is State.EXCUSED and is_short:
                continue
            if standing.state in _ORDER and first <= standing.period.due_on <= last:
                place = _ORDER.index(standing.state)
                found.append((place, standing.period.due_on, row_of(turn)))
    return [row for _, _, row in sorted(found, key=lambda one: (one[0], one[1], one[2]["title"]))]


def row_of(turn: Turn) -> Row:
    """Return one turn as the sheet has it."""
    standing, rule, period = turn.standing, turn.standing.rule, turn.standing.period
    words = [standing.late_by, standing.reason]
    words += [f"{one.on.month}月{one.on.day}日{one.what}" for one in turn.done]
    if standing.state is State.OWED and standing.times:
        words.insert(0, f"做了{standing.times}次，要{rule.times}次")
    return {
        "month": f"{period.due_on:%Y-%m}",
        "field": rule.field,
        "title": rule.title,
        "period": period.name,
        "due": period.due_text,
        "due_on": period.due_on,
        "state": str(standing.state),
        "words": "，".join(filter(None, words)),
        "basis": rule.basis,
        "rule": rule.id,
    }


def arrears_view(dues: Dues, where: Filter) -> list[Row]:
    """Return the arrears of this school year so far, or of the month ``where`` names."""
    today = dues.now().date()
    first, last = date(today.year - (today.month < 9), 9, 1), today
    try:
        first = date.fromisoformat(f"{where.get('month', '').strip()}-01")
    except ValueError:
        pass
    else:
        last = min(today, month_end(first))
    return keep(arrears(dues, first, last), where, KEYS)
