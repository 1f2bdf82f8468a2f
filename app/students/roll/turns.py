"""Writing down a turn in a pupil's way through school, inside a change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.students.records import SchoolClass, Student, StudentTurn
from app.students.roll.rules import Turn
from app.students.rules import Status, class_name

TURN_OF = {Status.MOVED: Turn.MOVED_OUT, Status.DONE: Turn.GRADUATED, Status.RESTING: Turn.RESTS}


def class_names(session: Session, school_year: int) -> dict[str, str]:
    """Return the names of all classes in a school year, by uid."""
    found = session.scalars(select(SchoolClass))
    return {each.uid: class_name(each.key, school_year) for each in found}


def turn_between(before: str, now: str) -> Turn:
    """Name what has happened to a pupil whose status changed."""
    if now == Status.HERE:
        return Turn.BACK if before == Status.RESTING else Turn.CAME
    return TURN_OF[Status(now)]


def write_turn(
    session: Session,
    student: Student,
    turn: Turn,
    on: date,
    *,
    from_class: str | None,
    to_class: str | None = None,
    words: str | None = None,
) -> None:
    """Add the turn; the pupil's own columns are the caller's."""
    session.add(
        StudentTurn(
            student_uid=student.uid,
            turn=turn,
            turned_on=on,
            from_class=from_class,
            to_class=to_class,
            words=(words or "").strip() or None,
        )
    )


def note_status(
    session: Session,
    student: Student,
    before: str,
    on: date,
    names: Mapping[str, str],
    words: str | None = None,
) -> None:
    """Write the turn that a changed status is, if it has changed."""
    if student.status == before:
        return
    turn = turn_between(before, student.status)
    name = names[student.class_uid]
    is_in = student.status == Status.HERE
    write_turn(
        session,
        student,
        turn,
        on,
        from_class=None if is_in else name,
        to_class=name if is_in else None,
        words=words,
    )
