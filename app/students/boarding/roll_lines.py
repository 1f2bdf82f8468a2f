"""What a roll consists of: who is expected, who was not here, the lines of its sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from app.core.values import show
from app.core.views import Row
from app.students.boarding.beds import NOWHERE, Place
from app.students.boarding.boarders import Boarder
from app.students.boarding.records import Leave, RollCall, RollLine
from app.students.boarding.rules import (
    NO_SLIP,
    Absence,
    Counts,
    Mark,
    State,
    covers,
    difference,
    is_open,
    state_of,
)

NO_LONGER_KEPT = "去向已按年限清理"


class Sleeper(NamedTuple):
    """One who is expected; ``mark`` is what the leaves say already, ``note`` why."""

    pupil: Boarder
    place: Place
    mark: Mark | None = None
    note: str = ""


class Unit(NamedTuple):
    """What one sheet holds: a dormitory, or a class; ``class_uid`` is set for a class.

    ``elsewhere`` names the other rolls of the evening that have some of its boarders already, and
    who they are: a child is called once.
    """

    name: str
    class_uid: str | None
    sleepers: tuple[Sleeper, ...]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def said_elsewhere(self) -> str:
        """Say who is not on this sheet, and why."""
        parts = (f"“{unit}”的点名里已有{'、'.join(names)}" for unit, names in self.elsewhere)
        return "；".join(parts)


class CallLine(NamedTuple):
    """One roll as a list shows it; ``waiting`` is how many nobody has reached or told of yet.

    Of ``cleaned`` pupils nothing is kept any more; ``hidden`` ones are in no class one may see. It
    ``is_own`` to whom it is whole: a 班主任 has but a part of the roll of a dormitory.
    """

    uid: str
    evening: date
    unit: str
    counts: Counts
    called_by: str
    called_at: time
    leader: str
    handling: str
    waiting: int
    cleaned: int
    hidden: int
    is_own: bool = True

    def said(self) -> str:
        """Say the numbers, by how much they do not agree, and of how many no name is shown."""
        gap = difference(self.counts)
        parts = (
            f"对不上，差{gap}人" if gap else "",
            f"其中{self.cleaned}人的资料已作废或按年限清理" if self.cleaned else "",
            f"其中{self.hidden}人不在您的班里，不列出姓名" if self.hidden else "",
        )
        more = "；".join(filter(None, parts))
        return self.counts.said() + (f"（{more}）" if more else "")


class Missed(NamedTuple):
    """One who was not here, by the pupil's uid."""

    student_uid: str
    name: str
    class_name: str
    place: Place
    mark: str
    absence: Absence


def sleepers(
    pupils: Sequence[Boarder],
    beds: Mapping[str, Place],
    leaves: Mapping[str, Sequence[Leave]],
    at: datetime,
) -> Iterator[Sleeper]:
    """Yield who is expected at a moment, marked already where a leave says so."""
    for pupil in pupils:
        mark, note = None, ""
        for leave in leaves.get(pupil.uid, ()):
            if covers(leave.moments, at):
                mark, note = Mark.LEAVE, f"{leave.back_by:%m-%d %H:%M}返校，{leave.number}"
            elif state_of(leave.moments.as_of(at), at) is State.LATE:
                note = f"{leave.back_by:%m-%d %H:%M}应返校，还没有销假，{leave.number}"
        yield Sleeper(pupil, beds.get(pupil.uid, NOWHERE), mark, note)


def with_slips(
    found: Sequence[Sleeper], marks: Mapping[str, str], absences: Mapping[str, Absence]
) -> dict[str, Absence]:
    """Give each who is on leave the line of the slip, so that no absent child is without one."""
    said = dict(absences)
    for one in found:
        uid = one.pupil.uid
        if marks.get(uid) == Mark.LEAVE and not said.get(uid, Absence()).whereabouts.strip():
            said[uid] = Absence(one.note or NO_SLIP)
    return said


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


def counts_of(call: RollCall) -> Counts:
    """Return the numbers of a roll as they were when it was saved."""
    return Counts(len(call.pupils), call.here, call.on_leave, call.missing)


def call_line(
    call: RollCall,
    lines: Sequence[RollLine],
    known: Collection[str],
    kept: Collection[str],
    own: str | None,
) -> CallLine:
    """Return a roll as a list shows it.

    ``known`` are the pupils one may see, ``kept`` those of whom anything is kept at all, ``own`` is
    the one class somebody is kept to.
    """
    return CallLine(
        call.uid,
        call.evening,
        call.unit,
        counts_of(call),
        call.called_by,
        call.called_at,
        call.leader or "",
        call.handling or "",
        sum(line.student_uid in known and is_open(line.mark, absence_of(line)) for line in lines),
        sum(uid not in kept for uid in call.pupils),
        sum(uid in kept and uid not in known for uid in call.pupils),
        own in (None, call.class_uid),
    )


def missed_of(
    call: RollCall,
    lines: Mapping[str, RollLine],
    known: Mapping[str, Boarder],
    beds: Mapping[str, Place],
) -> list[Missed]:
    """Return who was not here, in the order of the sheet; the whereabouts may be cleaned up."""
    return [
        Missed(
            uid,
            known[uid].name,
            known[uid].class_name,
            beds.get(uid, NOWHERE),
            lines[uid].mark,
            _shown(lines[uid]),
        )
        for uid in call.pupils
        if uid in lines and uid in known
    ]


def _shown(line: RollLine) -> Absence:
    """Return what a line says; a missing child always had a whereabouts while it was kept."""
    said = absence_of(line)
    if line.mark == Mark.MISSING and not said.whereabouts:
        return said._replace(whereabouts=NO_LONGER_KEPT)
    return said


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
