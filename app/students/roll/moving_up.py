"""Writing a promotion down, inside its change: rooms, pupils, turns, seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.students.intake import class_uids
from app.students.records import SchoolClass, Student
from app.students.roll.drafts import Choices, Draft
from app.students.roll.rules import Fate, Turn
from app.students.roll.seats import SeatOrder, seat_numbers
from app.students.roll.turns import write_turn
from app.students.rules import Status, class_name


def write_draft(session: Session, draft: Draft, choices: Choices) -> None:
    """Move rooms that keep their grades, open the new classes, move the pupils, give seats."""
    before = {room.uid: room for room in session.scalars(select(SchoolClass))}
    names = {uid: class_name(room.key, draft.year - 1) for uid, room in before.items()}
    for uid, key in draft.proposal.rooms_after.items():
        room = before[uid]
        if room.key != key:
            _let_rest(session, room)
            room.entry_year, room.other_years = key.entry_year, list(key.other_years) or None
    session.flush()
    uids = class_uids(session, draft.keys)
    moved = {uid for uid, (way, _) in draft.goes.items() if way.fate is not Fate.STAY}
    wanted = session.scalars(select(Student).where(Student.status == Status.HERE)).all()
    for student in wanted:
        if student.uid not in moved:
            continue
        way, turn = draft.goes[student.uid]
        old = names[student.class_uid]
        if way.fate is Fate.LEAVE:
            student.status = Status.MOVED if turn == Turn.MOVED_OUT else Status.DONE
        elif way.key is not None:
            if uids[way.key] != student.class_uid:
                student.class_uid, student.seat_no = uids[way.key], None
            student.entry_year = way.own_year
        if turn:
            special = choices.specials.get(student.uid)
            write_turn(
                session,
                student,
                Turn(turn),
                draft.on,
                from_class=old,
                to_class=class_name(way.key, draft.year) if way.key else None,
                words=special.words if special else None,
            )
    if choices.seats is not SeatOrder.KEEP:
        _give_seats(wanted, choices.seats)


def _let_rest(session: Session, room: SchoolClass) -> None:
    """Let who rests in a combined room that keeps its grades keep the grade as well."""
    resting = select(Student).where(
        Student.class_uid == room.uid,
        Student.status == Status.RESTING,
        Student.entry_year.is_not(None),
    )
    for student in session.scalars(resting).all():
        assert student.entry_year is not None
        student.entry_year += 1


def _give_seats(students: Sequence[Student], order: SeatOrder) -> None:
    rooms: dict[str, list[Student]] = defaultdict(list)
    for student in students:
        if student.status == Status.HERE:
            rooms[student.class_uid].append(student)
    for room in rooms.values():
        for student, seat in zip(room, seat_numbers(room, order), strict=True):
            if student.seat_no != seat:
                student.seat_no = seat


def check_sums(session: Session, draft: Draft) -> None:
    """Make sure that nobody was lost on the way; else the whole change is taken back."""
    here = session.scalar(
        select(func.count()).select_from(Student).where(Student.status == Status.HERE)
    )
    gone = draft.counts.get(Turn.GRADUATED, 0) + draft.counts.get(Turn.MOVED_OUT, 0)
    if here != draft.before - gone:
        raise RuntimeError(f"{draft.before} pupils before, {here} after and {gone} gone")
