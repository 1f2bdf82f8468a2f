"""What a roll consists of: who is expected, who was not here, the lines of its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.values import show
from app.core.views import Row
from app.students.boarding.beds import NOWHERE, Place
from app.students.boarding.records import Leave, RollCall, RollLine
from app.students.boarding.rules import Absence, Counts, Mark, State, covers, is_open, state_of
from app.students.lines import Pupil


class Sleeper(NamedTuple):
    """One who is expected; ``mark`` is what the leaves say already, ``note`` why."""

    pupil: Pupil
    place: Place
    mark: Mark | None = None
    note: str = ""


class Unit(NamedTuple):
    """What one sheet holds: a dormitory, or a class; ``class_uid`` is set for a class."""

    name: str
    class_uid: str | None
    sleepers: tuple[Sleeper, ...]


class CallLine(NamedTuple):
    """One roll as a list shows it; ``waiting`` is how many nobody has reached or told of yet."""

    uid: str
    evening: date
    unit: str
    counts: Counts
    called_by: str
    called_at: time
    leader: str
    handling: str
    waiting: int


class Missed(NamedTuple):
    """One who was not here, by the pupil's uid."""

    student_uid: str
    name: str
    class_name: str
    place: Place
    mark: str
    absence: Absence


def open_leaves(session: Session) -> Mapping[str, Sequence[Leave]]:
    """Return the leaves nobody has ended, by pupil."""
    found: dict[str, list[Leave]] = {}
    for leave in session.scalars(select(Leave).where(Leave.returned_at.is_(None))):
        found.setdefault(leave.student_uid, []).append(leave)
    return found


def sleepers(
    pupils: Sequence[Pupil],
    beds: Mapping[str, Place],
    leaves: Mapping[str, Sequence[Leave]],
    at: datetime,
) -> Iterator[Sleeper]:
    """Yield who is expected at a moment, marked already where a leave says so."""
    for pupil in pupils:
        mark, note = None, ""
        for leave in leaves.get(pupil.uid, ()):
            if covers(leave.moments, at):
                mark, note = Mark.LEAVE, f"{leave.number}，{leave.back_by:%m-%d %H:%M}返校"
            elif state_of(leave.moments, at) is State.LATE:
                note = f"{leave.number}，{leave.back_by:%m-%d %H:%M}应返校，还没有销假"
        yield Sleeper(pupil, beds.get(pupil.uid, NOWHERE), mark, note)


def lines_of(
    call: RollCall, marks: Mapping[str, str], absences: Mapping[str, Absence]
) -> Iterator[RollLine]:
    """Yield a line for each who was not here."""
    for uid in call.pupils:
        if marks[uid] != Mark.HERE:
            said = absences.get(uid, Absence())
            yield RollLine(
                call_id=call.id,
                student_uid=uid,
                mark=str(marks[uid]),
                whereabouts=said.whereabouts.strip() or None,
                told=said.told if marks[uid] == Mark.MISSING else None,
            )


def absence_of(line: RollLine) -> Absence:
    """Return what a line says of one who was missing."""
    return Absence(line.whereabouts or "", line.told)


def call_line(call: RollCall, lines: Sequence[RollLine]) -> CallLine:
    """Return a roll as a list shows it."""
    marks = [line.mark for line in lines]
    return CallLine(
        call.uid,
        call.evening,
        call.unit,
        Counts(len(call.pupils), call.here, marks.count(Mark.LEAVE), marks.count(Mark.MISSING)),
        call.called_by,
        call.called_at,
        call.leader or "",
        call.handling or "",
        sum(is_open(line.mark, absence_of(line)) for line in lines),
    )


def sheet_row(unit: str, evening: date, one: Sleeper, mark: str, absence: Absence | None) -> Row:
    """Return one line of a sheet."""
    said = absence or Absence()
    return {
        "unit": unit,
        "on": evening,
        "room": one.place.room,
        "bed": one.place.bed,
        "class_name": one.pupil.class_name,
        "name": one.pupil.name,
        "mark": mark,
        "whereabouts": said.whereabouts,
        "told": show(said.told),
    }
