"""Every turn of every pupil (学籍异动) as a list and a paper have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.calendar import term_of, year_name
from app.core.views import Row
from app.students.lines import Pupil
from app.students.records import StudentTurn

TURN_KEYS = (
    *("uid", "year", "on", "turn", "name", "sex", "born_on"),
    *("from_class", "to_class", "words", "status"),
)


class TurnEntry(NamedTuple):
    """One turn of one pupil without its words, which may name an illness.

    The classes stand by their names then.
    """

    uid: str
    on: date
    turn: str
    pupil: Pupil
    from_class: str
    to_class: str

    @property
    def year(self) -> str:
        """The school year it fell into: 2026—2027学年."""
        return year_name(term_of(self.on).year)


def entries(session: Session, pupils: Mapping[str, Pupil]) -> list[TurnEntry]:
    """Return the turns of these pupils, the latest first."""
    newest = (StudentTurn.turned_on.desc(), StudentTurn.id.desc())
    return [
        TurnEntry(
            turn.uid,
            turn.turned_on,
            turn.turn,
            pupils[turn.student_uid],
            turn.from_class or "",
            turn.to_class or "",
        )
        for turn in session.scalars(select(StudentTurn).order_by(*newest))
        if turn.student_uid in pupils
    ]


def words_of(session: Session) -> dict[str, str]:
    """Return what was said of the turns, by uid."""
    said = select(StudentTurn.uid, StudentTurn.words).where(StudentTurn.words.is_not(None))
    return {uid: words for uid, words in session.execute(said) if words}


def turn_row(entry: TurnEntry, words: str | None = None) -> Row:
    """Return one turn as a paper and a spreadsheet have it."""
    return {
        "uid": entry.uid,
        "year": entry.year,
        "on": entry.on,
        "turn": entry.turn,
        "name": entry.pupil.name,
        "sex": entry.pupil.sex,
        "born_on": entry.pupil.born_on,
        "from_class": entry.from_class,
        "to_class": entry.to_class,
        "words": words,
        "status": entry.pupil.status,
    }
