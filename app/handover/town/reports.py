"""The reports the schools sent, as their files tell it: weekly, self-check, disputes, yearly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.handover.town.records import TownRow, TownSchool
from app.handover.town.rules import as_moment, is_true

REPORTS = "reports"
MOST = 3000  # lines the list shows


@dataclass(frozen=True)
class TownReport:
    """One report of one school; ``key`` names it among all schools'."""

    key: str
    school_uid: str
    school: str
    kind: str
    period: str
    day: date | None
    sent_at: datetime | None
    due_at: datetime | None
    is_late: bool
    is_zero: bool

    @property
    def uid(self) -> str:
        """The school's own uid of the report."""
        return self.key.partition("/")[2]

    @property
    def title(self) -> str:
        """What it is called: its kind and its turn."""
        return f"{self.kind} {self.period}".strip()


def reports(session: Session, *, most: int = MOST) -> list[TownReport]:
    """Return the reports, the newest first, at most ``most``."""
    wanted = (
        select(TownSchool.uid, TownSchool.name, TownRow.uid, TownRow.body, TownRow.day)
        .join(TownSchool, TownSchool.id == TownRow.school_id)
        .where(TownRow.kind == REPORTS, TownRow.is_void.is_(False))
        .order_by(TownRow.day.desc(), TownRow.id.desc())
        .limit(most)
    )
    return [_report(*row) for row in session.execute(wanted)]


def _report(school_uid: str, school: str, uid: str, body: str, day: date | None) -> TownReport:
    said: dict[str, Any] = json.loads(body)
    return TownReport(
        f"{school_uid}/{uid}",
        school_uid,
        school,
        str(said.get("kind") or "报告"),
        str(said.get("period") or ""),
        day,
        as_moment(said.get("sent_at")),
        as_moment(said.get("due_at")),
        is_true(said.get("is_late")),
        is_true(said.get("is_zero")),
    )
