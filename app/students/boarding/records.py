"""What is kept of boarders: beds, leaves, the roll of an evening, who stays over the holidays."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record
from app.core.values import show
from app.students.boarding.rules import Moments

SEALED = ("reason", "fetched_by", "relation", "phone")  # of a leave: covered until somebody asks


class Bed(Record):
    """Where one boarder sleeps: dormitory, room, bed."""

    __tablename__ = "bed"

    student_uid: Mapped[str] = mapped_column(ForeignKey("student.uid"))
    dorm: Mapped[str | None]
    room: Mapped[str | None]
    bed: Mapped[str | None]


class Leave(Record):
    """One leave (请假): asked for, granted, begun, ended. Its state is worked out, never stored."""

    __tablename__ = "pupil_leave"

    number: Mapped[str] = mapped_column(unique=True)
    student_uid: Mapped[str] = mapped_column(ForeignKey("student.uid"))
    kind: Mapped[str]
    from_at: Mapped[datetime]
    back_by: Mapped[datetime]
    reason: Mapped[str]
    place: Mapped[str | None]
    fetched_by: Mapped[str | None]
    relation: Mapped[str | None]
    phone: Mapped[str | None]
    id_checked: Mapped[bool | None]
    called_at: Mapped[datetime | None]
    teacher: Mapped[str]
    leader: Mapped[str | None]
    granted_by: Mapped[str | None]
    left_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    @property
    def moments(self) -> Moments:
        """What its state follows from."""
        return Moments(
            bool(self.granted_by), self.from_at, self.back_by, self.left_at, self.returned_at
        )


class RollCall(Record):
    """The roll of one dormitory, or one class, on one evening.

    ``pupils`` are the uids of all who were expected, in the order of the sheet. Who was not here
    has a ``RollLine``; ``class_uid`` is set where the roll is that of a class. The numbers stand
    here, so that they still agree once the lines of those who left the school are cleaned up.
    """

    __tablename__ = "roll_call"
    mentions = "pupils"
    stays = frozenset(
        {
            *("evening", "unit", "class_uid", "pupils", "here", "on_leave", "missing"),
            *("called_by", "leader", "called_at"),
        }
    )  # all but what somebody wrote, who may have named a pupil

    evening: Mapped[date]
    unit: Mapped[str]
    class_uid: Mapped[str | None]
    pupils: Mapped[list[Any]]
    here: Mapped[int]
    on_leave: Mapped[int]
    missing: Mapped[int]
    called_by: Mapped[str]
    leader: Mapped[str | None]
    called_at: Mapped[time]
    handling: Mapped[str | None]


class RollLine(Record):
    """One pupil who was not here: on leave, or missing, and then where and whether it is known."""

    __tablename__ = "roll_line"
    stays = frozenset({"student_uid", "mark", "told"})  # so that an old roll can still be read

    call_id: Mapped[int] = mapped_column(ForeignKey("roll_call.id"))
    student_uid: Mapped[str]
    mark: Mapped[str]
    whereabouts: Mapped[str | None]
    told: Mapped[bool | None]


class Stay(Record):
    """Who stays at the school over the holidays (假期留校), a pupil or one of the staff."""

    __tablename__ = "stay"

    kind: Mapped[str]
    name: Mapped[str]
    student_uid: Mapped[str | None] = mapped_column(ForeignKey("student.uid"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    place: Mapped[str]
    keeper: Mapped[str]
    phone: Mapped[str | None]
    remark: Mapped[str | None]


def told_of_leave(leave: Leave) -> str:
    """Say which leave it is without naming the pupil, as the recycle view lists it."""
    return f"{leave.number}，{show(leave.from_at)}离校，班主任{leave.teacher}"


def told_of_call(call: RollCall) -> str:
    """Say which evening it was, as the recycle view lists it."""
    return f"{show(call.evening)} {call.unit}，应到{len(call.pupils)}，实到{call.here}"


def told_of_stay(stay: Stay) -> str:
    """Say which stay it is without a pupil's name, as the recycle view lists it."""
    return f"{stay.kind}，{show(stay.starts_on)}到{show(stay.ends_on)}，{stay.place}"
