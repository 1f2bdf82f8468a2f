"""The hazards of all schools: narrowed by what a list is narrowed by, and found by free text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, false, func, select
from sqlalchemy.orm import Session

from app.core.views import Filter, Row
from app.handover.town.finding import found_ids
from app.handover.town.records import TownRow, TownSchool, TownTally
from app.handover.town.rules import HAZARDS, as_day

MOST = 5000  # lines a list shows; what is older is found by a filter or by free text
YES = "是"
_NONE = false()
_NOT_CLOSED = TownSchool.closed_on.is_(None)
_FEW = 3000
FILTERS = ("school", "year", "grade", "state", "category", "area", "words", "is_open", "late")


@dataclass(frozen=True)
class TownHazard:
    """One hazard of one school, as its file told it; ``key`` names it among all schools'."""

    key: str
    school_uid: str
    school: str
    said: Mapping[str, Any]
    day: date | None
    due_on: date | None
    grade: str
    state: str
    is_open: bool
    rev: int

    @property
    def uid(self) -> str:
        """The school's own uid of the hazard."""
        return self.key.partition("/")[2]

    @property
    def title(self) -> str:
        """What it is called: its number, place and what is wrong."""
        return f"{self.said.get('number', '')} {self.words}".strip()

    @property
    def limit_on(self) -> date | None:
        """The last day the school wrote, whether it is still waited for or not."""
        said = self.said.get("look_on") or self.said.get("due_on")
        return as_day(said) if said else None

    @property
    def words(self) -> str:
        """Its place and what is wrong."""
        parts = (self.said.get("place"), self.said.get("what"))
        return "：".join(str(part) for part in parts if part)

    def is_late(self, today: date) -> bool:
        """Say whether it stands open past its last day."""
        return self.is_open and self.due_on is not None and self.due_on < today


def hazards(session: Session, where: Filter, *, today: date, most: int = MOST) -> list[TownHazard]:
    """Return hazards, the newest first, at most ``most``."""
    wanted = _narrowed(session, where, today).order_by(TownRow.day.desc(), TownRow.id.desc())
    return [_hazard(*row) for row in session.execute(wanted.limit(most))]


def hazard(session: Session, key: str) -> TownHazard | None:
    """Return the hazard of this key."""
    school, _, uid = key.partition("/")
    wanted = _columns().where(TownSchool.uid == school, TownRow.kind == HAZARDS, TownRow.uid == uid)
    row = session.execute(wanted.where(TownRow.is_void.is_(False))).first()
    return _hazard(*row) if row else None


def counts(session: Session, sort: str, *, year: int | None = None) -> list[tuple[str, int, int]]:
    """Return (value, how many, how many still open) of one sort of all schools' hazards.

    ``sort`` is month, grade, state, category, area, or school; closed schools are left out.
    """
    value = TownSchool.name if sort == "school" else TownTally.value
    counted = (
        select(value, func.sum(TownTally.total), func.sum(TownTally.still_open))
        .join(TownSchool, TownSchool.id == TownTally.school_id)
        .where(TownTally.kind == HAZARDS, _NOT_CLOSED)
        .where(TownTally.sort == ("grade" if sort == "school" else sort))
        .group_by(value)
    )
    if year is not None:
        counted = counted.where(TownTally.year == year)
    return [(str(v), int(n), int(o)) for v, n, o in session.execute(counted)]


def years(session: Session) -> list[int]:
    """Return the years hazards were found in, the newest first."""
    found = select(TownTally.year).where(TownTally.kind == HAZARDS, TownTally.sort == "grade")
    return sorted(session.scalars(found.distinct()), reverse=True)


def _columns() -> Any:
    return select(
        TownSchool.uid, TownSchool.name, TownRow.uid, TownRow.body, TownRow.day, TownRow.due_on,
        TownRow.grade, TownRow.state, TownRow.is_open, TownRow.rev,
    ).join(TownSchool, TownSchool.id == TownRow.school_id)  # fmt: skip


def _hazard(*row: Any) -> TownHazard:
    school_uid, school, uid, body, day, due_on, grade, state, is_open, rev = row
    return TownHazard(
        f"{school_uid}/{uid}", school_uid, school, json.loads(body), day, due_on, grade or "",
        state or "", is_open, rev,
    )  # fmt: skip


def _narrowed(session: Session, where: Filter, today: date) -> Any:
    wanted = _columns().where(TownRow.kind == HAZARDS, TownRow.is_void.is_(False))
    plain: Mapping[str, Callable[[str], Any]] = {
        "school": lambda text: TownRow.school_id == _school_id(session, text),
        "grade": lambda text: TownRow.grade == text,
        "state": lambda text: TownRow.state == text,
        "category": lambda text: TownRow.category == text,
        "area": lambda text: TownRow.area == text,
        "year": _in_year,
        "is_open": lambda text: and_(TownRow.is_open, _NOT_CLOSED) if text == YES else _NONE,
        "late": lambda text: (
            and_(TownRow.is_open, TownRow.due_on < today, _NOT_CLOSED) if text == YES else _NONE
        ),
        "words": lambda text: TownRow.id.in_(_found(session, text)),
    }
    for key, text in where.items():
        if text:
            wanted = wanted.where(plain[key](text))
    return wanted


def _found(session: Session, words: str) -> Any:
    """Return the ids that hold these words: themselves if few, else what selects them.

    Few are looked up one by one; of many the list by day soon has its fill.
    """
    wanted = found_ids(session, words)
    ids = session.scalars(wanted.limit(_FEW + 1)).all()
    return ids if len(ids) <= _FEW else wanted


def _in_year(text: str) -> Any:
    if not (text.isascii() and text.isdecimal() and len(text) == len("2026")):
        return _NONE
    return TownRow.day.between(date(int(text) or 1, 1, 1), date(int(text) or 1, 12, 31))


def _school_id(session: Session, name: str) -> int:
    """Return the id of a school by its name or uid, -1 if there is none."""
    named = select(TownSchool.id).where((TownSchool.name == name) | (TownSchool.uid == name))
    return session.scalar(named) or -1


def row_of(one: TownHazard, today: date) -> Row:
    """Return what papers, spreadsheets and the command line say of it."""
    said = one.said
    return {
        "school": one.school,
        "number": said.get("number"),
        "found_on": one.day,
        "category": said.get("category"),
        "area": said.get("area"),
        "place": said.get("place"),
        "what": said.get("what"),
        "grade": one.grade,
        "status": one.state,
        "measures": said.get("measures"),
        "due_on": one.limit_on,
        "fixed_on": as_day(said.get("fixed_on")) if said.get("fixed_on") else None,
        "closed_on": as_day(said.get("closed_on")) if said.get("closed_on") else None,
        "late_days": (today - one.due_on).days if one.due_on and one.is_late(today) else None,
        "year": str(one.day.year) if one.day else "",
    }
