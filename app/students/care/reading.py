"""Care as lists and the screen show it: plain lines, nothing sealed, and what an eye opens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendar import term_counter
from app.core.store import in_lots
from app.students.care.records import Care, CareAct, facts_of
from app.students.care.rules import OPEN, Way, is_late
from app.students.lines import Pupil
from app.students.records import Student
from app.students.rules import Status

_HERE = (Status.HERE, Status.RESTING)


class CareLine(NamedTuple):
    """One pupil cared for, as a list shows it: nothing sealed.

    ``acts`` counts what was done this term, ``last_on`` is the day of the newest.
    """

    uid: str
    pupil: Pupil
    level: str
    state: str
    caretaker: str
    next_on: date | None
    opened_on: date
    acts: int
    last_on: date | None
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether the pupil is looked after now: neither released nor gone."""
        return self.state in OPEN and self.pupil.status in _HERE


class ActLine(NamedTuple):
    """One thing that was done, without its words."""

    uid: str
    done_on: date
    way: str
    by: str
    next_on: date | None


@dataclass(frozen=True)
class Opened:
    """What an eye opens of one line: the sealed facts and the records with their words."""

    facts: Mapping[str, Any]
    acts: Sequence[CareAct]


class Waiting(NamedTuple):
    """A date that comes or has passed; which line it is of only for those who may know."""

    next_on: date
    uid: str


_LIST = (
    *(Care.id, Care.uid, Care.student_uid, Care.level, Care.state),
    *(Care.caretaker, Care.next_on, Care.opened_on),
)
_WAYS = tuple(Way)


def care_lines(session: Session, pupils: Mapping[str, Pupil], today: date) -> list[CareLine]:
    """Return the lines of these pupils: open ones first, of those the late and the next."""
    done = select(CareAct.care_id, CareAct.done_on).where(CareAct.way.in_(_WAYS))
    days: dict[int, list[date]] = {}
    for care_id, day in session.execute(done):
        days.setdefault(care_id, []).append(day)
    lines = []
    term_of = term_counter(session)
    this = term_of(today)
    places = {uid: place for place, uid in enumerate(pupils)}  # by class and seat
    found = session.execute(select(*_LIST).order_by(Care.id)).all()
    for row in sorted(found, key=lambda row: places.get(row.student_uid, -1)):
        if (pupil := pupils.get(row.student_uid)) is None:
            continue
        mine = days.get(row.id, [])
        lines.append(
            CareLine(
                uid=row.uid,
                pupil=pupil,
                level=row.level,
                state=row.state,
                caretaker=row.caretaker or "",
                next_on=row.next_on,
                opened_on=row.opened_on,
                acts=sum(term_of(day) == this for day in mine),
                last_on=max(mine, default=None),
                is_late=is_late(row.state, row.next_on, today),
            )
        )
    return sorted(lines, key=_order)


def act_lines(session: Session, care_id: int) -> list[ActLine]:
    """Return what was done for one pupil, the newest first."""
    wanted = (
        select(CareAct.uid, CareAct.done_on, CareAct.way, CareAct.by, CareAct.next_on)
        .where(CareAct.care_id == care_id)
        .order_by(CareAct.done_on.desc(), CareAct.id.desc())
    )
    return [ActLine(*row) for row in session.execute(wanted)]


def opened(session: Session, uids: Collection[str]) -> dict[str, Opened]:
    """Return what is sealed of these lines."""
    some = list(uids)
    found = [
        care
        for lot in in_lots(some)
        for care in session.scalars(select(Care).where(Care.uid.in_(lot)))
    ]
    acts: dict[int, list[CareAct]] = {}
    for lot in in_lots([care.id for care in found]):
        mine = select(CareAct).where(CareAct.care_id.in_(lot))
        for act in session.scalars(mine.order_by(CareAct.done_on, CareAct.id)):
            acts.setdefault(act.care_id, []).append(act)
    return {care.uid: Opened(facts_of(care), acts.get(care.id, ())) for care in found}


def talks_this_term(session: Session, care_id: int, today: date) -> int:
    """Return how often somebody talked with the pupil this term."""
    talks = select(CareAct.done_on).where(CareAct.care_id == care_id, CareAct.way == Way.TALK)
    term_of = term_counter(session)
    return sum(term_of(day) == term_of(today) for day in session.scalars(talks))


def next_dates(session: Session, only_class: str | None) -> list[Waiting]:
    """Return the next date of every open line, of one class alone where that is all."""
    wanted = (
        select(Care.next_on, Care.uid)
        .join(Student, Student.uid == Care.student_uid)
        .where(Care.state.in_(tuple(OPEN)), Student.status.in_(_HERE))
    )
    if only_class is not None:
        wanted = wanted.where(Student.class_uid == only_class)
    return [Waiting(day, uid) for day, uid in session.execute(wanted) if day]


def recheck_dates(session: Session, only_class: str | None) -> list[Waiting]:
    """Return when the health of every pupil in care is to be looked at again, where that is set."""
    wanted = (
        select(Care.recheck_on, Care.uid)
        .join(Student, Student.uid == Care.student_uid)
        .where(Care.state.in_(tuple(OPEN)), Student.status.in_(_HERE))
    )
    if only_class is not None:
        wanted = wanted.where(Student.class_uid == only_class)
    return [Waiting(day, uid) for day, uid in session.execute(wanted) if day]


def category_lists(session: Session) -> list[list[str]]:
    """Return the categories of every open line, and nobody's name."""
    wanted = (
        select(Care.categories)
        .join(Student, Student.uid == Care.student_uid)
        .where(Care.state.in_(tuple(OPEN)), Student.status.in_(_HERE))
    )
    return list(session.scalars(wanted))


def _order(line: CareLine) -> tuple[bool, bool, date, str]:
    return not line.is_open, not line.is_late, line.next_on or date.max, line.level
