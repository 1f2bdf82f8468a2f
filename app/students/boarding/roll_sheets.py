"""Reading the rolls: the sheets of an evening that is to come, and the rolls that were called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.students.boarding.beds import NOWHERE, by_door, places
from app.students.boarding.boarders import Boarder
from app.students.boarding.leave_ends import leaves_at
from app.students.boarding.records import RollCall, RollLine
from app.students.boarding.roll_doubles import called, leave_out
from app.students.boarding.roll_lines import CallLine, Unit, call_line, sleepers
from app.students.records import Student

USUAL = time(21, 30)  # a default: half an hour before the lights go out at ten


def sheets(
    session: Session, pupils: Sequence[Boarder], evening: date, *, by_class: bool
) -> list[Unit]:
    """Return the sheets of an evening: dormitories, and the classes of who has none.

    ``by_class`` makes one sheet a class of all, as a 班主任 calls them.
    """
    at = datetime.combine(evening, USUAL)
    beds, leaves, elsewhere = places(session), leaves_at(session, at), called(session, evening)
    groups: dict[tuple[str, str | None], list[Boarder]] = {}
    for pupil in pupils:
        dorm = beds.get(pupil.uid, NOWHERE).dorm
        key = (pupil.class_name, pupil.class_uid) if by_class or not dorm else (dorm, None)
        groups.setdefault(key, []).append(pupil)
    found = (
        Unit(name, class_uid, tuple(sleepers(by_door(group, beds), beds, leaves, at)))
        for (name, class_uid), group in sorted(groups.items(), key=lambda one: one[0][1] or "")
    )
    return [leave_out(sheet, elsewhere) for sheet in found]


def call_lines(
    session: Session, calls: Sequence[RollCall], known: Collection[str], own: str | None
) -> list[CallLine]:
    """Return these rolls as a list shows them.

    ``known`` are the pupils one may see, ``own`` is the one class somebody is kept to.
    """
    wanted = select(RollLine)
    if len(calls) == 1:
        wanted = wanted.where(RollLine.call_id == calls[0].id)
    lines: dict[int, list[RollLine]] = {}
    for line in session.scalars(wanted):
        lines.setdefault(line.call_id, []).append(line)
    kept = set(session.scalars(select(Student.uid)))
    return [call_line(call, lines.get(call.id, []), known, kept, own) for call in calls]
