"""Who has left the school, when and how; kept apart and never counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.students.lines import Pupil
from app.students.records import StudentTurn
from app.students.roll.rules import Turn
from app.students.rules import Status

GONE = (Status.MOVED, Status.DONE)


class TurnLine(NamedTuple):
    """One turn of a pupil, as it is told."""

    turn: str
    on: date
    from_class: str
    to_class: str
    words: str

    def __str__(self) -> str:
        return "　".join(filter(None, (self.bare, self.words)))

    @property
    def bare(self) -> str:
        """The turn without what was said of it, which may name an illness."""
        return "　".join(filter(None, (self.turn, " → ".join(filter(None, self[2:4])))))


class Leaver(NamedTuple):
    """A pupil who has left; ``left_on`` is None where nobody has said when."""

    uid: str
    name: str
    status: str
    class_name: str
    left_on: date | None
    words: str
    pupil: Pupil


def turns_of(session: Session, uid: str) -> list[TurnLine]:
    """Return the turns of a pupil, the oldest first; why one rested is not told, see 异动."""
    wanted = select(StudentTurn).where(StudentTurn.student_uid == uid)
    found = session.scalars(wanted.order_by(StudentTurn.turned_on, StudentTurn.id))
    return [
        TurnLine(t.turn, t.turned_on, t.from_class or "", t.to_class or "", _told(t)) for t in found
    ]


def _told(turn: StudentTurn) -> str:
    return "" if turn.turn == Turn.RESTS else turn.words or ""


def leavers(session: Session, pupils: Mapping[str, Pupil]) -> list[Leaver]:
    """Return those of these pupils who have left, the latest first."""
    gone = {uid: pupil for uid, pupil in pupils.items() if pupil.status in GONE}
    wanted = select(StudentTurn).where(
        StudentTurn.turn.in_([str(Turn.GRADUATED), str(Turn.MOVED_OUT)])
    )
    last: dict[str, StudentTurn] = {
        turn.student_uid: turn
        for turn in session.scalars(wanted.order_by(StudentTurn.turned_on, StudentTurn.id))
    }
    lines = [_line(pupil, last.get(uid)) for uid, pupil in gone.items()]
    return sorted(lines, key=lambda line: line.left_on or date.min, reverse=True)


def _line(pupil: Pupil, turn: StudentTurn | None) -> Leaver:
    return Leaver(
        pupil.uid,
        pupil.name,
        pupil.status,
        (turn.from_class if turn else None) or pupil.class_name,
        turn.turned_on if turn else None,
        (turn.words if turn else None) or "",
        pupil,
    )
