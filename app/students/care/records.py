"""What is kept of a pupil who is cared for: one line a pupil, and what was done for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record
from app.core.values import show
from app.students.care.rules import Part

# What is in sight without the eye: who looks after a pupil, how closely, when next.
OPEN = (
    *("student_uid", "level", "state", "opened_on", "reviewed_on", "found_by", "found_on"),
    *("told", "told_on", "told_how", "caretaker", "next_on", "every", "ended_on", "ended_by"),
)


class HealthPart:
    """What is kept of a weak constitution or a chronic illness (特异体质、基础疾病)."""

    illnesses: Mapped[list[Any] | None]
    diagnosis: Mapped[str | None]
    triggers: Mapped[str | None]
    medicine: Mapped[str | None]
    first_aid: Mapped[str | None]
    sport: Mapped[str | None]
    food: Mapped[str | None]
    notice_on: Mapped[date | None]
    urgent_phone: Mapped[str | None]
    informed: Mapped[list[Any] | None]
    recheck_on: Mapped[date | None]


class MindPart:
    """What is kept of a troubled mind (心理); scores of a test have no place here."""

    source: Mapped[str | None]
    mind_signs: Mapped[str | None]
    doctor: Mapped[str | None]
    attitude: Mapped[str | None]
    watch: Mapped[str | None]
    back: Mapped[str | None]


class HomePart:
    """What is kept of a family (家庭情况); ``keeper`` is who in truth looks after the child."""

    home: Mapped[list[Any] | None]
    keeper: Mapped[str | None]
    keeper_relation: Mapped[str | None]
    keeper_phone: Mapped[str | None]
    father_place: Mapped[str | None]
    father_phone: Mapped[str | None]
    mother_place: Mapped[str | None]
    mother_phone: Mapped[str | None]
    trustee: Mapped[str | None]
    trustee_relation: Mapped[str | None]
    trustee_phone: Mapped[str | None]
    ability: Mapped[str | None]
    aid: Mapped[list[Any] | None]


class StudyPart:
    """What is kept of a pupil who finds learning hard (学困); no marks, no rank."""

    subjects: Mapped[str | None]
    study_signs: Mapped[str | None]
    causes: Mapped[list[Any] | None]
    goal: Mapped[str | None]
    helper: Mapped[str | None]
    study_measures: Mapped[str | None]
    study_from: Mapped[date | None]
    study_to: Mapped[date | None]
    parent_words: Mapped[str | None]
    study_result: Mapped[str | None]


class Care(HealthPart, MindPart, HomePart, StudyPart, Record):
    """Why and how one pupil is cared for (关注); a pupil has one line, reopened if need be.

    ``level_said`` is the sentence the facts proposed when the level was last settled, and
    ``level_reason`` why a person settled on another one. A part is filled in as far as the
    categories ask for it.
    """

    __tablename__ = "care"

    student_uid: Mapped[str] = mapped_column(ForeignKey("student.uid"))
    categories: Mapped[list[Any]]
    level: Mapped[str]
    level_said: Mapped[str]
    level_reason: Mapped[str | None]
    state: Mapped[str]
    opened_on: Mapped[date]
    reviewed_on: Mapped[date | None]
    found_by: Mapped[str | None]
    found_on: Mapped[date | None]
    grounds: Mapped[str | None]
    signs: Mapped[str | None]
    taken: Mapped[str | None]
    plan: Mapped[str | None]
    caretaker: Mapped[str | None]
    told: Mapped[bool | None]
    told_on: Mapped[date | None]
    told_how: Mapped[str | None]
    next_on: Mapped[date | None]
    every: Mapped[str | None]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str | None]
    ended_by: Mapped[str | None]


class CareAct(Record):
    """One thing done for a pupil (帮扶记录、家访记录), or a turn the care itself took.

    From ``began_at`` to ``signed`` the blanks are those of a visit. ``next_on`` is the next date
    it set, ``photos`` are hashes: a signed sheet, what was brought.
    """

    __tablename__ = "care_act"

    care_id: Mapped[int] = mapped_column(ForeignKey("care.id"))
    student_uid: Mapped[str]
    done_on: Mapped[date]
    way: Mapped[str]
    by: Mapped[str]
    words: Mapped[str | None]
    condition: Mapped[str | None]
    next_step: Mapped[str | None]
    next_on: Mapped[date | None]
    began_at: Mapped[time | None]
    ended_at: Mapped[time | None]
    visit: Mapped[str | None]
    met: Mapped[str | None]
    purpose: Mapped[str | None]
    household: Mapped[str | None]
    advice: Mapped[str | None]
    signed: Mapped[bool | None]
    photos: Mapped[list[Any] | None]


SEALED = tuple(
    key
    for key in Care.__table__.columns.keys()  # noqa: SIM118 - columns are no mapping
    if key not in {*OPEN, *Record.__annotations__}
)
PART_KEYS: Mapping[Part, tuple[str, ...]] = {
    Part.HEALTH: tuple(HealthPart.__annotations__),
    Part.MIND: tuple(MindPart.__annotations__),
    Part.HOME: tuple(HomePart.__annotations__),
    Part.STUDY: tuple(StudyPart.__annotations__),
}


def facts_of(care: Care) -> dict[str, Any]:
    """Return what is sealed of a line, by key."""
    return {key: getattr(care, key) for key in SEALED}


def told_of_care(care: Care) -> str:
    """Say which line it is without naming the pupil, as the recycle view lists it."""
    return f"{show(care.opened_on)}建档，{care.level}，包保人{care.caretaker or '没有定'}"


def told_of_act(act: CareAct) -> str:
    """Say which record it is without its words, as the recycle view lists it."""
    return f"{show(act.done_on)} {act.way}，{act.by}"
