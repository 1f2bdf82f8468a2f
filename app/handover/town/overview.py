"""Every school on one line, counted from what its files told; quick also for a county."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from app.core.calendar import term_of
from app.core.store import in_lots
from app.handover.reports.rules import week_of
from app.handover.reports.words import NAMES, Kind
from app.handover.town.records import TownFile, TownRow, TownSchool
from app.handover.town.rules import HAZARDS, as_day, as_moment, is_true
from app.handover.town.standing import Deadline, Sent, Standing, monday_of, of_missing
from app.hazards import is_major


def standings(
    session: Session, now: datetime, mondays: Sequence[date], due: Deadline
) -> list[Standing]:
    """Return every school, who needs a call first; ``mondays`` begin the weeks last due."""
    today = now.date()
    schools = session.scalars(select(TownSchool)).all()
    files, hazards = _files(session), _hazards(session, today)
    drills, duty = _drills(session, today), _duty(session)
    letters = _letters(session, date(term_of(today).year, 9, 1))
    monday = mondays[-1]
    weeks = sent_weeks(session, schools, mondays, due, of=[monday])
    made = []
    for one in schools:
        newest, count = files.get(one.id, (None, 0))
        open_, overdue, major = hazards.get(one.id, (0, 0, 0))
        issued, returned = letters.get(one.id, (0, 0))
        made.append(
            Standing(
                uid=one.uid,
                code=one.code,
                name=one.name,
                area=one.area or "",
                phone=one.phone or "",
                is_trusted=one.trusted_on is not None,
                taken_at=newest.taken_at if newest else None,
                made_on=as_day(newest.made_at) if newest else None,
                first_on=newest.first_on if newest else None,
                last_on=newest.last_on if newest else None,
                seq=newest.seq if newest else 0,
                files=count,
                weekly=weeks[one.id, monday],
                open=open_,
                overdue=overdue,
                major=major,
                drills=drills.get(one.id, 0),
                issued=issued,
                returned=returned,
                duty_until=duty.get(one.id),
                today=today,
                expected_from=one.expected_from,
                closed_on=one.closed_on,
                closed_why=one.closed_why or "",
                is_mismatched=one.mismatched_on is not None,
            )
        )
    return sorted(made, key=Standing.weight)


def sent_weeks(
    session: Session,
    schools: Sequence[TownSchool],
    mondays: Sequence[date],
    due: Deadline,
    *,
    of: Sequence[date],
) -> dict[tuple[int, date], Sent]:
    """Return how each school's report of the weeks ``of`` stands, by school and Monday.

    A school owes from the week it is expected from; where the town has set none, from the
    first of ``mondays`` it reported, or from the week of its first file.
    """
    found = _weekly(session, of, due)
    first = _first_weeks(session)
    unclear = [
        one.id
        for one in schools
        if one.expected_from is None
        and first.get(one.id, date.max) > of[0]
        and any((one.id, monday) not in found for monday in of)
    ]
    for school, monday in _weekly(session, mondays, due, unclear) if unclear else ():
        first[school] = min(first.get(school, monday), monday)
    begun = {
        one.id: monday_of(one.expected_from) if one.expected_from else first.get(one.id)
        for one in schools
    }
    return {
        (one.id, monday): found.get((one.id, monday))
        or of_missing(monday, begun[one.id], one.closed_on, due)
        for one in schools
        for monday in of
    }


def _weekly(
    session: Session, mondays: Sequence[date], due: Deadline, schools: Sequence[int] | None = None
) -> dict[tuple[int, date], Sent]:
    """Return how the reports that came stand, as the files tell it."""
    weeks = {week_of(monday).name: monday for monday in mondays}
    first, last = min(mondays), max(mondays) + timedelta(days=60)  # sent weeks late, still sent
    rows = select(TownRow.school_id, TownRow.body).where(
        TownRow.kind == "reports", TownRow.day.between(first, last), TownRow.is_void.is_(False)
    )
    lots = [rows]
    if schools is not None:
        lots = [rows.where(TownRow.school_id.in_(lot)) for lot in in_lots(list(schools))]
    found: dict[tuple[int, date], Sent] = {}
    for school_id, body in (row for lot in lots for row in session.execute(lot)):
        said = json.loads(body)
        monday = weeks.get(str(said.get("period")))
        if monday is not None and said.get("kind") == NAMES[Kind.WEEKLY] and said.get("sent_at"):
            found[school_id, monday] = _sent(said, monday, due)
    return found


def _sent(said: Mapping[str, Any], monday: date, due: Deadline) -> Sent:
    sent_at = as_moment(said["sent_at"])
    if monday >= due.since and sent_at is not None:
        is_late = sent_at > due.of(monday)
    else:
        is_late = is_true(said.get("is_late"))
    if is_late:
        return Sent.LATE
    return Sent.ZERO if is_true(said.get("is_zero")) else Sent.IN_TIME


def _first_weeks(session: Session) -> dict[int, date]:
    """Return the Monday of the week each school's first file was made in."""
    first = select(TownFile.school_id, func.min(TownFile.made_at)).group_by(TownFile.school_id)
    days = {school: as_day(made_at) for school, made_at in session.execute(first)}
    return {school: monday_of(day) for school, day in days.items() if day}


def _files(session: Session) -> dict[int, tuple[Any, int]]:
    """Return the newest file of each school, and how many there are."""
    counts = select(TownFile.school_id, func.max(TownFile.seq), func.count()).group_by(
        TownFile.school_id
    )
    top = {school: (seq, count) for school, seq, count in session.execute(counts)}
    columns = (
        TownFile.school_id, TownFile.seq, TownFile.taken_at, TownFile.made_at, TownFile.first_on,
        TownFile.last_on,
    )  # fmt: skip
    newest: dict[int, Any] = {}
    for lot in in_lots(list(top)):
        highest = (
            select(TownFile.school_id, func.max(TownFile.seq).label("seq"))
            .where(TownFile.school_id.in_(lot))
            .group_by(TownFile.school_id)
            .subquery()
        )
        joined = select(*columns).join(
            highest,
            and_(TownFile.school_id == highest.c.school_id, TownFile.seq == highest.c.seq),
        )
        newest |= {row.school_id: row for row in session.execute(joined)}
    return {school: (newest[school], count) for school, (_, count) in top.items()}


def _hazards(session: Session, today: date) -> dict[int, tuple[int, int, int]]:
    late = func.sum(case((TownRow.due_on < today, 1), else_=0))
    grades = select(TownRow.school_id, TownRow.grade, func.count(), late).where(
        TownRow.is_open, TownRow.kind == HAZARDS
    )
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for school, grade, count, overdue in session.execute(
        grades.group_by(TownRow.school_id, TownRow.grade)
    ):
        line = found[school]
        line[0] += count
        line[1] += overdue or 0
        line[2] += count if is_major(grade or "") else 0
    return {school: (a, b, c) for school, (a, b, c) in found.items()}


def _drills(session: Session, today: date) -> dict[int, int]:
    """Return how many drills were held this month."""
    rows = select(TownRow.school_id, TownRow.body).where(
        TownRow.kind == "drills",
        TownRow.day.between(today.replace(day=1), today),
        TownRow.is_void.is_(False),
    )
    found: dict[int, int] = defaultdict(int)
    for school, body in session.execute(rows):
        found[school] += bool(json.loads(body).get("held_on"))
    return found


def _duty(session: Session) -> dict[int, date]:
    """Return the last day each school has somebody on duty for."""
    last = select(TownRow.school_id, func.max(TownRow.day)).where(
        TownRow.kind == "duty", TownRow.is_void.is_(False)
    )
    return dict(_pairs(session.execute(last.group_by(TownRow.school_id))))


def _letters(session: Session, since: date) -> dict[int, tuple[int, int]]:
    rows = select(TownRow.school_id, TownRow.body).where(
        TownRow.kind == "letters", TownRow.day >= since, TownRow.is_void.is_(False)
    )
    found: dict[int, tuple[int, int]] = {}
    for school, body in session.execute(rows):
        said = json.loads(body)
        issued, returned = found.get(school, (0, 0))
        found[school] = (
            issued + int(said.get("issued") or 0),
            returned + int(said.get("returned") or 0),
        )
    return found


def _pairs(rows: Iterable[Any]) -> list[tuple[int, date]]:
    return [(school, day) for school, day in rows if day is not None]
