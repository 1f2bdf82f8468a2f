"""What somebody who is away now, or has left, was put to on a roster that hangs out already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.duties.planning import Cell, Rule
from app.duties.register import DutyRegister

_DAY = timedelta(days=1)
_ABSENT = (Rule.AWAY, Rule.UNKNOWN)


def clashes(duties: DutyRegister, people: Sequence[str], first: date, last: date) -> list[str]:
    """Say which announced turns these people, by uid, cannot come to: away, or off the list.

    A night that begins on the day before counts too; days that are over do not.
    """
    begin = max(first - _DAY, duties.today())
    announced = duties.announcing.days(begin, last) if begin <= last else frozenset()
    if not announced:
        return []
    near = duties.near((Cell(min(announced), ""), Cell(max(announced), "")))
    return [
        one.why
        for one in duties.breaks(near)
        if one.rule in _ABSENT and one.person_uid in people and one.cell.on in announced
    ]
