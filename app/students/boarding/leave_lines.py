"""A leave as a list shows it, and what its blanks are called."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from app.core.views import Row
from app.students.boarding.beds import Place
from app.students.boarding.rules import State
from app.students.lines import Pupil
from app.students.rules import Status

LABELS = {
    "kind": "请假类别", "from_at": "离校时间", "back_by": "预计返校", "reason": "事由",
    "place": "去向", "fetched_by": "接走人", "relation": "与学生关系", "phone": "接走人电话",
    "id_checked": "核对过证件", "called_at": "家长电话确认时间", "teacher": "班主任",
    "leader": "带班领导", "granted_by": "批准人", "left_at": "实际离校",
    "returned_at": "返校时间", "ended_by": "销假人",
}  # fmt: skip


class LeaveLine(NamedTuple):
    """One leave as a list shows it: nothing sealed."""

    uid: str
    number: str
    pupil: Pupil
    place: Place
    kind: str
    from_at: datetime
    back_by: datetime
    returned_at: datetime | None
    teacher: str
    state: State
    late: str

    @property
    def left(self) -> str:
        """How the pupil left the school during the leave; one may have come back since."""
        here = self.pupil.status == Status.HERE
        return "请假期间离开过学校" if here else f"已经{self.pupil.status}"


def listed(line: LeaveLine) -> Row:
    """Return a leave as lists and papers show it: no reason, no telephone."""
    pupil = line.pupil
    return {
        "uid": line.uid,
        "number": line.number,
        "name": pupil.name,
        "class_name": pupil.class_name,
        "grade": pupil.grade,
        "bed": line.place.said(),
        "kind": line.kind,
        "state": str(line.state),
        "from_at": line.from_at,
        "back_by": line.back_by,
        "returned_at": line.returned_at,
        "late": line.late,
        "teacher": line.teacher,
    }
