"""Who is expected in the evening: the boarders by name and class, and not a word more."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from app.core.roles import Right
from app.core.store import Store, in_lots
from app.students.records import Student
from app.students.register import StudentRegister
from app.students.rules import Status


class Boarder(NamedTuple):
    """What a roll says of a pupil: a 值班员 at the door of the dormitory needs no more."""

    uid: str
    name: str
    class_uid: str
    class_name: str


def demand_sight(store: Store) -> None:
    """Go on only for who may see pupils, or calls the rolls.

    Raises:
        UserError: the role includes neither.

    """
    if not store.sitter.may(Right.SEE_STUDENTS):
        store.sitter.demand(Right.ROLLS)


def expected(students: StudentRegister) -> list[Boarder]:
    """Return the boarders who are here and whom one may see, by class and seat.

    Raises:
        UserError: the role may neither see pupils nor call the rolls.

    """
    demand_sight(students.store)
    if students.store.sitter.may(Right.SEE_STUDENTS):
        return [
            Boarder(one.uid, one.name, one.class_uid, one.class_name)
            for one in students.pupils()
            if one.boarder
        ]
    return _only_names(students)


def named(students: StudentRegister, uids: Collection[str]) -> dict[str, Boarder]:
    """Return those of these pupils who are known here, also who has left the school, by uid.

    Raises:
        UserError: the role may neither see pupils nor call the rolls.

    """
    demand_sight(students.store)
    if students.store.sitter.may(Right.SEE_STUDENTS):
        return {
            one.uid: Boarder(one.uid, one.name, one.class_uid, one.class_name)
            for one in students.pupils(everybody=True)
            if one.uid in uids
        }
    found: dict[str, Boarder] = {}
    for lot in in_lots(list(uids)):
        found |= {one.uid: one for one in _only_names(students, lot)}
    return found


def _only_names(students: StudentRegister, uids: Collection[str] | None = None) -> list[Boarder]:
    """Read names and classes alone: of all boarders who are here, or of ``uids``."""
    rooms = {line.uid: (place, line.name) for place, line in enumerate(students.class_counts())}
    wanted = select(Student.uid, Student.name, Student.class_uid, Student.seat_no)
    if uids is None:
        wanted = wanted.where(Student.status == Status.HERE, Student.boarder.is_(True))
    else:
        wanted = wanted.where(Student.uid.in_(uids))
    with students.store.read() as session:
        rows = session.execute(wanted.order_by(Student.seat_no, Student.id)).all()
    last = (len(rooms), "")
    return [
        Boarder(row.uid, row.name, row.class_uid, rooms.get(row.class_uid, last)[1])
        for row in sorted(rows, key=lambda row: rooms.get(row.class_uid, last)[0])
    ]
