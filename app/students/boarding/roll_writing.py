"""Writing a roll down: its head, and a line for each who was not here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.students.boarding.records import RollCall, RollLine
from app.students.boarding.roll_lines import NO_LONGER_KEPT, absence_of
from app.students.boarding.rules import Absence, Counts, Mark


def lines_in(session: Session, call: RollCall) -> dict[str, RollLine]:
    """Return the lines of a roll by the pupil's uid."""
    found = session.scalars(select(RollLine).where(RollLine.call_id == call.id))
    return {line.student_uid: line for line in found}


def write_head(
    call: RollCall,
    counts: Counts,
    *,
    called_by: str,
    called_at: time,
    leader: str | None,
    handling: str | None,
) -> None:
    """Write the numbers of a roll, who called it, when, and what was done about it."""
    call.here, call.on_leave, call.missing = counts.here, counts.leave, counts.missing
    call.called_by, call.called_at = called_by.strip(), called_at
    call.leader = (leader or "").strip() or None
    call.handling = (handling or "").strip() or None


def marks_of_gone(
    call: RollCall, lines: Mapping[str, RollLine], known: Collection[str]
) -> tuple[dict[str, str], dict[str, Absence]]:
    """Return what stays said of those who are no longer known, so that the numbers still agree.

    Where not even the line is left, the numbers of the roll say how many were on leave or missing.
    """
    said = [line.mark for line in lines.values()]
    left = {
        Mark.MISSING: call.missing - said.count(Mark.MISSING),
        Mark.LEAVE: call.on_leave - said.count(Mark.LEAVE),
    }
    marks: dict[str, str] = {}
    absences: dict[str, Absence] = {}
    for uid in call.pupils:
        if uid in known:
            continue
        if (line := lines.get(uid)) is not None:
            marks[uid], absences[uid] = line.mark, absence_of(line)
        else:
            mark = next((mark for mark, number in left.items() if number > 0), Mark.HERE)
            marks[uid] = str(mark)
            if mark in left:
                left[mark] -= 1
        if marks[uid] == Mark.MISSING and not absences.get(uid, Absence()).whereabouts:
            absences[uid] = Absence(NO_LONGER_KEPT, told=True)
    return marks, absences


def rewrite(
    session: Session, call: RollCall, lines: Mapping[str, RollLine], made: Iterable[RollLine]
) -> None:
    """Put these lines in the place of the old ones.

    The revision of the roll moves with any of them, so that a second window hears of it.
    """
    before = dict(lines)
    is_changed = False
    for new in made:
        old = before.pop(new.student_uid, None)
        if old is None:
            session.add(new)
        elif (old.mark, old.whereabouts, old.told) == (new.mark, new.whereabouts, new.told):
            continue
        else:
            old.mark, old.whereabouts, old.told = new.mark, new.whereabouts, new.told
        is_changed = True
    for line in before.values():
        line.void("改为到")
    if is_changed or before:
        flag_modified(call, "here")
