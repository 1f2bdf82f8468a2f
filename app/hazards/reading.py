"""Hazards as lists show them: plain tuples in one SELECT, for the screen, papers and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.store import Store
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.hazards.campaigns.records import Campaign
from app.hazards.papers import paper_views
from app.hazards.records import Hazard, HazardStep
from app.hazards.rules import (
    SOON_DAYS,
    Plan,
    Status,
    Step,
    is_overdue,
    is_soon,
    progress,
    status,
    years,
)

LIST = (
    "number", "found_on", "category", "place", "what", "grade", "owner", "due_on", "status",
    "fixed_on", "steps", "overdue", "campaign",
)  # fmt: skip
LEDGER = (
    "uid", "number", "found_on", "place", "what", "grade", "measures", "owner", "due_on",
    "result", "accepted_by", "closed_on", "remark",
)  # fmt: skip
# For above: what was found, what is done about it and how far that is; nobody who told of it.
SELF_CHECK = (
    "uid", "number", "place", "what", "category", "grade", "measures", "owner", "due_on", "outcome",
)  # fmt: skip
PLATFORM = (
    "uid", "number", "found_on", "source", "found_by", "category", "area", "place", "what", "grade",
    "way", "measures", "owner", "due_on", "is_done", "fixed_on", "result", "accepted_by",
    "closed_on", "is_copied", "platform_number",
)  # fmt: skip
# What may leave the school: neither who found it, nor who is to put it right, nor a picture.
HANDOVER = (
    "number", "found_on", "category", "area", "place", "what", "grade", "status", "due_on",
    "fixed_on", "closed_on", "round", "is_old",
)  # fmt: skip
FILTERS = (
    "status", "grade", "category", "area", "owner", "year", "number", "is_old", "campaign",
)  # fmt: skip
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
    look_on: date | None
    keeper: str | None
    step: Step | None
    is_old: bool
    status: Status
    years: range
    campaign_uid: str | None = None
    campaign: str | None = None

    @property
    def is_open(self) -> bool:
        """Say whether it is not closed yet."""
        return self.step is not None

    @property
    def is_unfixed(self) -> bool:
        """Say whether the work itself is still to be done."""
        return self.step not in (None, Step.ACCEPT, Step.CLOSE)

    @property
    def next_on(self) -> date | None:
        """The day it is waited for: when it is looked at again (挂账), else when it is due."""
        return self.look_on or self.due_on

    @property
    def is_carried(self) -> bool:
        """Say whether it stands in the ledger of a later year than it was found in (结转)."""
        return len(self.years) > 1

    def is_late(self, today: date) -> bool:
        """Say whether the day it is waited for is past and the work still to be done."""
        return self.is_unfixed and is_overdue(self.next_on, today)

    def is_soon(self, today: date, days: int) -> bool:
        """Say whether that day is today or in the next ``days``."""
        return self.is_unfixed and is_soon(self.next_on, today, days)


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
    Hazard.look_on,
    Hazard.keeper,
    Hazard.step,
    Hazard.old_key.is_not(None),
    Hazard.measures,
    Hazard.returned,
    Hazard.campaign_uid,
    Campaign.name,
)
_OF_CAMPAIGN = Campaign.uid == Hazard.campaign_uid
_PAPER = (
    Hazard.result,
    Hazard.accepted_by,
    Hazard.remark,
    Hazard.round,
    Hazard.source,
    Hazard.found_by,
    Hazard.way,
)


def lines(
    store: Store, today: date, *, is_open: bool = False, in_campaigns: bool = False
) -> list[HazardLine]:
    """Return the hazards in reading order: late ones first, each group as it falls due.

    With ``is_open`` the closed ones are not even read, with ``in_campaigns`` only what was found
    in one.
    """
    wanted = select(*_SHOWN).select_from(Hazard).outerjoin(Campaign, _OF_CAMPAIGN)
    if is_open:
        wanted = wanted.where(Hazard.step.is_not(None))
    if in_campaigns:
        wanted = wanted.where(Hazard.campaign_uid.is_not(None))
    with store.read() as session:
        found = [_line(row, today) for row in session.execute(wanted)]
    found.sort(key=lambda line: _reading_order(line, today))
    return found


def views(store: Store, today: Callable[[], date]) -> dict[str, View]:
    """Return the rows that papers, spreadsheets, the data file and the command line may ask for."""

    def of(keys: Sequence[str]) -> View:
        return lambda where: _with_steps(store, _rows(store, today(), where, keys))

    shown = {
        "list": LIST,
        "ledger": LEDGER,
        "handover": HANDOVER,
        "self_check": SELF_CHECK,
        "platform": PLATFORM,
    }
    found = {name: of(keys) for name, keys in shown.items()}
    return found | paper_views(store, today, found["self_check"])


def _rows(store: Store, today: date, where: Filter, keys: Sequence[str]) -> list[Row]:
    """Return the rows by day; 逾期 and 将到期 may be asked for, but a row says how far it has come.

    Lateness changes overnight and follows from the due day, which stands beside it.
    """
    wanted = select(*_SHOWN, *_PAPER).select_from(Hazard).outerjoin(Campaign, _OF_CAMPAIGN)
    with store.read() as session:
        found = session.execute(wanted).all()
    asked = where.get("year", "").strip()
    year = int(asked) if asked.isdecimal() else today.year
    rows = [_row(row, today, year) for row in found]
    if asked:  # the ledger of that year, with what was carried over into it
        where = {key: text for key, text in where.items() if key != "year"}
        rows = [row for row in rows if asked in row["ledgers"]]
    rows.sort(key=lambda row: (row["found_on"], row["number"]))
    if where.get("status", "").strip() in (Status.LATE, Status.SOON):
        urgent = where["status"].strip()
        where = {key: text for key, text in where.items() if key != "status"}
        rows = [row for row in rows if row["today"] == urgent]
    kept = keep(rows, where, (*keys, *(key for key in FILTERS if key not in keys)))
    return [{key: row[key] for key in keys} for row in kept]


def _with_steps(store: Store, rows: list[Row]) -> list[Row]:
    """Put the signatures into rows that ask for them, the first one first."""
    if not rows or "steps" not in rows[0]:
        return rows
    signed = select(
        Hazard.number, HazardStep.step, HazardStep.signed_by, HazardStep.signed_on,
        HazardStep.words, HazardStep.verdict, HazardStep.is_skipped,
    ).join(Hazard, Hazard.id == HazardStep.hazard_id)  # fmt: skip
    found: dict[str, list[Row]] = {row["number"]: [] for row in rows}
    with store.read() as session:
        for number, step, by, on, words, verdict, is_skipped in session.execute(
            signed.order_by(HazardStep.id)
        ):
            if number in found:
                said = ("无需" if is_skipped else verdict, words)
                note = "，".join(part for part in said if part)
                found[number].append({"step": step, "by": by, "on": on, "note": note})
    return [row | {"steps": found[row["number"]]} for row in rows]


def _row(row: Sequence[Any], today: date, year: int) -> Row:
    line = _line(row, today)
    measures, returned, said, accepted_by, remark, round_, source, found_by, way = (
        *row[16:18],
        *row[20:],
    )
    result = said
    if line.fixed_on and not line.is_old:  # the words of an old ledger tell the day themselves
        result = f"{line.fixed_on.isoformat()}完成。{result or ''}"
    notes = [
        remark,
        "旧账" if line.is_old else "",
        f"{line.found_on.year}年结转" if line.found_on.year < year and year in line.years else "",
        f"挂账，{show(line.look_on)}复看" if line.look_on else "",
        f"第{round_}轮" if round_ > 1 else "",
    ]
    return line._asdict() | {
        "status": str(
            progress(
                line.step,
                Plan(measures, line.owner, line.due_on),
                is_old=line.is_old,
                aside=_aside(line.look_on, returned),
            )
        ),
        "overdue": line.is_late(today),
        "steps": [],
        "ledgers": [str(year) for year in line.years],
        "today": _urgent(line, today),
        "year": str(line.found_on.year),
        "measures": measures,
        "result": result,
        "accepted_by": accepted_by,
        "remark": "；".join(note for note in notes if note),
        "round": round_,
        "source": source,
        "found_by": found_by,
        "way": way,
        "outcome": _outcome(line, said),
        "is_done": "整改中" if line.is_unfixed else "已整改",
        "is_copied": "□",
        "platform_number": "",
    }


def _outcome(line: HazardLine, said: str | None) -> str:
    """Return how far the work is, as somebody outside the school wants to read it."""
    if line.is_old and said:  # the words of an old ledger tell it themselves
        return said
    if line.is_unfixed:
        return f"挂账，{show(line.look_on)}复看" if line.look_on else "正在整改"
    fixed = f"{line.fixed_on.isoformat()}完成整改" if line.fixed_on else "已完成整改"
    closed = f"{line.closed_on.isoformat()}销账" if line.closed_on else "已销账"
    return f"{fixed}，{'等待验收销账' if line.is_open else closed}。{said or ''}"


def _line(row: Sequence[Any], today: date) -> HazardLine:
    *shown, step_word, is_old, measures, returned, campaign_uid, campaign = row[:20]
    step = Step(step_word) if step_word else None
    plan = Plan(measures, row[8], row[9])
    aside = _aside(row[12], returned)
    word = status(step, plan, today, is_old=is_old, aside=aside)
    ended_on = (row[11] or row[10] or row[2]) if step is None else None
    spanned = years(row[2], ended_on, today.year)
    return HazardLine._make((*shown, step, is_old, word, spanned, campaign_uid, campaign))


def _urgent(line: HazardLine, today: date) -> Status | None:
    """Return 逾期 or 将到期, also for what is 挂账 and to be looked at."""
    if line.is_late(today):
        return Status.LATE
    return Status.SOON if line.is_soon(today, SOON_DAYS) else None


def _aside(look_on: date | None, returned: str | None) -> Status | None:
    if look_on:
        return Status.SHELVED
    return Status.RETURNED if returned else None


def _reading_order(line: HazardLine, today: date) -> tuple[int, date, str]:
    if line.step is None:
        return _LAST, _NEVER - (line.found_on - date.min), line.number
    place = _FIRST.get(line.status, 3)
    if line.look_on:
        place = 0 if line.is_late(today) else 1 if line.is_soon(today, SOON_DAYS) else 3
    return place, line.next_on or _NEVER, line.number
