"""An import's two ends: what it is compared with, and how its plan is written."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.calendar import Stage
from app.core.errors import UserError
from app.core.imports import Fate, Plan, PlannedLine, Tick, counted
from app.core.settings import KEEP_IDS, Settings
from app.core.store import Store, in_lots
from app.students.records import SchoolClass, Student
from app.students.rules import ClassKey, Status

YEAR = "school.year"
MATCH_KEY = "students.match_key"


@dataclass(frozen=True)
class Ground:
    """What an import builds on: the pupils there are, and the secret their hashes are made with.

    ``school_year`` is None until somebody has said which it is; ``stage`` is what a class named by
    its entry year alone belongs to.
    """

    pupils: Sequence[Student]
    classes: Mapping[str, ClassKey]
    match_key: bytes = field(repr=False)
    keeps_ids: bool
    school_year: int | None
    stage: Stage


@dataclass
class StudentPlan(Plan):
    """A plan for pupils, with the secret its hashes were made with.

    ``school_year`` is the one the list is of, where the school takes it over from the list.
    ``ahead`` says in a sentence that the list is of the year after the school's, "" if it is not.
    """

    match_key: bytes = field(default=b"", repr=False)
    school_year: int | None = None
    ahead: str = ""


def read_ground(store: Store, settings: Settings) -> Ground:
    """Return the pupils and classes there are, and the school's choices."""
    secret = settings.get(MATCH_KEY)
    with store.read() as session:
        pupils = session.scalars(select(Student)).all()
        classes = {c.uid: c.key for c in session.scalars(select(SchoolClass))}
    return Ground(
        pupils,
        classes,
        bytes.fromhex(secret) if secret else secrets.token_bytes(32),
        bool(settings.get(KEEP_IDS)),
        settings.get(YEAR),
        stage_of(settings),
    )


def stage_of(settings: Settings) -> Stage:
    """Return what a class named by its entry year alone belongs to at this school."""
    return Stage.JUNIOR if settings.get("school.kind") == "初中" else Stage.PRIMARY


def write_plan(
    store: Store, settings: Settings, plan: StudentPlan, tick: Tick = lambda *_: None
) -> None:
    """Write what a preview said, as one change.

    Raises:
        UserError: another list was imported since the preview.

    """
    _keep_ground(settings, plan)
    lines = [line for line in plan.lines if line.fate in (Fate.ADDED, Fate.UPDATED)]
    with store.change("导入学生名册") as session:
        keys = [line.values["class"] for line in lines if "class" in line.values]
        uids = class_uids(session, keys)
        for line in counted(lines, tick):
            if line.fate is Fate.ADDED:
                session.add(Student(**{"status": str(Status.HERE)} | _columns(line, uids)))
        changes = {line.uid: _columns(line, uids) for line in lines if line.uid}
        for student in _students(session, list(changes)):
            for key, value in changes[student.uid].items():
                setattr(student, key, value)


def _keep_ground(settings: Settings, plan: StudentPlan) -> None:
    """Keep the secret and the year of a first import; an undo of the import leaves them."""
    secret = settings.get(MATCH_KEY)
    if secret is None:
        settings.put({MATCH_KEY: plan.match_key.hex()}, label="准备学生查重")
    elif bytes.fromhex(secret) != plan.match_key:
        raise UserError(
            "预览之后又导入过别的名册。", safe="这一份还没有导入。", do="请重新选择文件再导入。"
        )
    if plan.school_year is not None:
        settings.put({YEAR: plan.school_year}, label="确定学年")


def class_uids(session: Session, keys: Sequence[ClassKey]) -> dict[ClassKey, str]:
    """Return the uids of these classes inside a change, opening those there are not yet."""
    known = {c.key: c.uid for c in session.scalars(select(SchoolClass))}
    fresh = {
        key: SchoolClass(
            stage=key.stage,
            entry_year=key.entry_year,
            number=key.number,
            other_years=list(key.other_years) or None,
        )
        for key in dict.fromkeys(keys)
        if key not in known
    }
    session.add_all(fresh.values())
    for again in session.scalars(select(SchoolClass).where(SchoolClass.closed_on.is_not(None))):
        if again.key in keys:
            again.closed_on = None
    session.flush()
    return known | {key: made.uid for key, made in fresh.items()}


def _columns(line: PlannedLine, uids: Mapping[ClassKey, str]) -> dict[str, Any]:
    values = dict(line.values)
    if "class" in values:
        values["class_uid"] = uids[values.pop("class")]
    return values


def _students(session: Session, uids: Sequence[str]) -> Iterator[Student]:
    for lot in in_lots(uids):
        yield from session.scalars(select(Student).where(Student.uid.in_(lot)))
