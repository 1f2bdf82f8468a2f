"""Where boarders sleep: dormitory, room and bed, a line a pupil."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.students.boarding.boarders import Boarder
from app.students.boarding.records import Bed
from app.students.boarding.rules import in_order
from app.students.lines import Pupil
from app.students.register import StudentRegister


class Place(NamedTuple):
    """Where one sleeps; blank where nobody has said."""

    dorm: str = ""
    room: str = ""
    bed: str = ""

    def said(self) -> str:
        """Say it as the door does: 女生宿舍 203室 4床."""
        room = f"{self.room}室" if self.room.isdecimal() else self.room
        bed = f"{self.bed}床" if self.bed.isdecimal() else self.bed
        return " ".join(filter(None, (self.dorm, room, bed)))


NOWHERE = Place()


def places(session: Session) -> dict[str, Place]:
    """Return where everybody sleeps, by the pupil's uid."""
    found = session.execute(select(Bed.student_uid, Bed.dorm, Bed.room, Bed.bed))
    return {row[0]: Place(*(part or "" for part in row[1:])) for row in found}


def boarders(students: StudentRegister) -> list[Pupil]:
    """Return the boarders one may see, by class and seat.

    Raises:
        UserError: the role may not see pupils.

    """
    return [pupil for pupil in students.pupils() if pupil.boarder]


def by_door(pupils: list[Boarder], beds: Mapping[str, Place]) -> list[Boarder]:
    """Put boarders in the order one walks past them: room, bed, then as they came."""

    def at(pupil: Boarder) -> object:
        place = beds.get(pupil.uid, NOWHERE)
        return in_order(place.room, place.bed)

    return sorted(pupils, key=at)  # type: ignore[arg-type]


def put_beds(
    students: StudentRegister,
    said: Mapping[str, Place],
    *,
    seen: Mapping[str, Place] | None = None,
) -> int:
    """Write down where these pupils sleep, as one change; return how many sleep elsewhere now.

    ``seen`` are the places as they stood when the list was opened.

    Raises:
        UserError: the role may not, or not see one of the pupils, or one was given another bed
            meanwhile.

    """
    students.store.sitter.demand(Right.BOARDING)
    changed = 0
    with students.store.change("登记宿舍和床位") as session:
        known = {bed.student_uid: bed for bed in session.scalars(select(Bed))}
        for uid, place in said.items():
            student = students.get(uid)
            bed = known.get(uid)
            was = Place(bed.dorm or "", bed.room or "", bed.bed or "") if bed else NOWHERE
            if was == place:
                continue
            if seen is not None and was != seen.get(uid, NOWHERE):
                raise UserError(
                    f"您填写的时候，{student.name}的床位在别处改过了：{was.said() or '空着'}。",
                    safe="您填的没有存上，别人改的都在。",
                    do="请关上这个窗口，看过新的床位再填。",
                )
            changed += 1
            if bed is None:
                bed = Bed(student_uid=uid)
                session.add(bed)
            bed.dorm, bed.room, bed.bed = (part.strip() or None for part in place)
    return changed
