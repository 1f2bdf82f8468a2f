"""Hazards as lists show them: plain tuples in one SELECT, for the screen, papers and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.hazards.records import Hazard
from app.hazards.rules import Plan, Status, Step, progress, status

LIST = (
    "number", "found_on", "category", "place", "what", "grade", "owner", "due_on", "status",
    "fixed_on",
)  # fmt: skip
LEDGER = (
    "uid", "number", "found_on", "place", "what", "grade", "measures", "owner", "due_on",
    "result", "accepted_by", "closed_on", "remark",
)  # fmt: skip
# What may leave the school: neither who found it, nor who is to put it right, nor a picture.
HANDOVER = (
    "number", "found_on", "category", "area", "place", "what", "grade", "status", "due_on",
    "fixed_on", "closed_on", "round", "is_old",
)  # fmt: skip
FILTERS = ("status", "grade", "category", "area", "owner", "year", "number", "is_old")
_FIRST = {Status.LATE: 0, Status.SOON: 1, Status.TO_ACCEPT: 2, Status.TO_CLOSE: 2}
_LAST = 9
_NEVER = date.max


class HazardLine(NamedTuple):
    """One hazard as a list shows it; ``status`` is how it stands on the day it was asked for."""

    uid: str
    number: str
    found_on: date
    category: str
    area: str | None
    place: str
    what: str
    grade: str
    owner: str | None
    due_on: date | None
    fixed_on: date | None
    closed_on: date | None
    step: Step | None
    is_old: bool
    status: Status

    @property
    def is_open(self) -> bool:
        """Say whether it is not closed yet."""
        return self.step is not None

    @property
    def is_unfixed(self) -> bool:
        """Say whether the work itself is still to be done."""
        return self.step not in (None, Step.ACCEPT, Step.CLOSE)


_SHOWN = (
    Hazard.uid,
    Hazard.number,
    Hazard.found_on,
    Hazard.category,
    Hazard.area,
    Hazard.place,
    Hazard.what,
    Hazard.grade,
    Hazard.owner,
    Hazard.due_on,
    Hazard.fixed_on,
    Hazard.closed_on,
    Hazard.step,
    Hazard.old_key.is_not(None),
    Hazard.measures,
)
_PAPER = (Hazard.result, Hazard.accepted_by, Hazard.remark, Hazard.round)


def lines(store: Store, today: date, *, is_open: bool = False) -> list[HazardLine]:
    """Return the hazards in reading order: late ones first, each group as it falls due.

    With ``is_open`` the closed ones are not even read.
    """
    wanted = select(*_SHOWN)
    if is_open:
        wanted = wanted.where(Hazard.step.is_not(None))
    with store.read() as session:
        found = [_line(row, today) for row in session.execute(wanted)]
    found.sort(key=_reading_order)
    return found


def views(store: Store, today: Callable[[], date]) -> dict[str, View]:
    """Return the rows that papers, spreadsheets, the data file and the command line may ask for."""

    def show(keys: Sequence[str]) -> View:
        return lambda where: _rows(store, today(), where, keys)

    return {"list": show(LIST), "ledger": show(LEDGER), "handover": show(HANDOVER)}


def _rows(store: Store, today: date, where: Filter, keys: Sequence[str]) -> list[Row]:
    """Return the rows by day; 逾期 and 将到期 may be asked for, but a row says how far it has come.

    Lateness changes overnight and follows from the due day, which stands beside it.
    """
    with store.read() as session:
        found = session.execute(select(*_SHOWN, *_PAPER)).all()
    rows = [_row(row, today) for row in found]
    rows.sort(key=lambda row: (row["found_on"], row["number"]))
    if where.get("status", "").strip() in (Status.LATE, Status.SOON):
        urgent = where["status"].strip()
        where = {key: text for key, text in where.items() if key != "status"}
        rows = [row for row in rows if row["today"] == urgent]
    kept = keep(rows, where, (*keys, *(key for key in FILTERS if key not in keys)))
    return [{key: row[key] for key in keys} for row in kept]


def _row(row: Sequence[Any], today: date) -> Row:
    line = _line(row, today)
    measures, result, accepted_by, remark, round_ = row[14:19]
    if line.fixed_on and not line.is_old:  # the words of an old ledger tell the day themselves
        result = f"{line.fixed_on.isoformat()}完成。{result or ''}"
    notes = [remark, "旧账" if line.is_old else "", f"第{round_}轮" if round_ > 1 else ""]
    return line._asdict() | {
        "status": str(
            progress(line.step, Plan(measures, line.owner, line.due_on), is_old=line.is_old)
        ),
        "today": line.status,
        "year": str(line.found_on.year),
        "measures": measures,
        "result": result,
        "accepted_by": accepted_by,
        "remark": "；".join(note for note in notes if note),
        "round": round_,
    }


def _line(row: Sequence[Any], today: date) -> HazardLine:
    *shown, step_word, is_old, measures = row[:15]
    step = Step(step_word) if step_word else None
    plan = Plan(measures, row[8], row[9])
    return HazardLine._make((*shown, step, is_old, status(step, plan, today, is_old=is_old)))


def _reading_order(line: HazardLine) -> tuple[int, date, str]:
    if line.step is None:
        return _LAST, _NEVER - (line.found_on - date.min), line.number
    return _FIRST.get(line.status, 3), line.due_on or _NEVER, line.number
