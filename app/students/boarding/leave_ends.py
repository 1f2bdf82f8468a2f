"""The leaves somebody is on, and which of them ended because the pupil left the school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.students.boarding.records import Leave
from app.students.boarding.rules import Moments, ends_by_leaving
from app.students.records import Student, StudentTurn
from app.students.roll.rules import Turn
from app.students.rules import Status

_AWAY_BY = (str(Turn.GRADUATED), str(Turn.MOVED_OUT), str(Turn.RESTS))


class LeftSchool:
    """Who left the school and on which days; read once, asked of every leave."""

    def __init__(self, session: Session) -> None:
        self._gone = set(session.scalars(select(Student.uid).where(Student.status != Status.HERE)))
        self._days: dict[str, list[date]] = {}
        turns = select(StudentTurn.student_uid, StudentTurn.turned_on)
        for uid, day in session.execute(turns.where(StudentTurn.turn.in_(_AWAY_BY))):
            self._days.setdefault(uid, []).append(day)

    def moments(self, leave: Leave) -> Moments:
        """Return what the state of a leave follows from, this included."""
        uid = leave.student_uid
        is_over = ends_by_leaving(
            leave.from_at, self._days.get(uid, ()), is_here=uid not in self._gone
        )
        return leave.moments._replace(is_over=is_over)


def leaves_at(session: Session, at: datetime) -> Mapping[str, Sequence[Leave]]:
    """Return the leaves that were not ended at a moment, by pupil; also not by leaving school."""
    left = LeftSchool(session)
    found: dict[str, list[Leave]] = {}
    open_then = or_(Leave.returned_at.is_(None), Leave.returned_at > at)
    for leave in session.scalars(select(Leave).where(open_then)):
        if not left.moments(leave).is_over:
            found.setdefault(leave.student_uid, []).append(leave)
    return found
