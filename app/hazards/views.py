"""Hazards as papers, spreadsheets, the data file and the command line ask for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core.store import Store, in_lots
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.hazards.campaigns.records import Campaign
from app.hazards.grades import on_paper
from app.hazards.lines import (
    OF_CAMPAIGN,
    SHOWN,
    SHOWN_COLUMNS,
    HazardLine,
    aside_of,
    copied_word,
    line_of,
    times_of,
)
from app.hazards.papers import paper_views
from app.hazards.records import Hazard, HazardStep
from app.hazards.standing import SOON_DAYS, Plan, progress
from app.hazards.words import Status

LIST = (
    "number", "found_on", "category", "place", "what", "grade", "owner", "due_on", "status",
    "fixed_on", "steps", "overdue", "campaign", "clause", "copied_on", "platform",
    "platform_number",
)  # fmt: skip
LEDGER = (
    "uid", "number", "found_on", "place", "what", "grade", "measures", "owner", "due_on",
    "result", "accepted_by", "closed_on", "remark",
    "grade_mark", "ended_on",
)  # fmt: skip
# For above: what was found, what is done about it and how far that is; nobody who told of it.
SELF_CHECK = (
    "uid", "number", "place", "what", "category", "grade", "measures", "owner", "due_on", "outcome",
    "grade_mark",
)  # fmt: skip
PLATFORM = (
    "uid", "number", "found_on", "source", "found_by", "category", "area", "place", "what", "grade",
    "way", "measures", "owner", "due_on", "is_done", "fixed_on", "result", "accepted_by",
    "closed_on", "is_copied", "platform", "platform_number", "copied_on",
)  # fmt: skip
# What may leave the school: neither who found it, nor who is to put it right, nor a picture.
HANDOVER = (
    "number", "found_on", "category", "area", "place", "what", "grade", "status", "due_on",
    "fixed_on", "closed_on", "round", "is_old",
)  # fmt: skip
FILTERS = (
    "status", "grade", "category", "area", "owner", "year", "number", "is_old", "campaign",
    "copied", "time",
)  # fmt: skip
_PAPER = (
    Hazard.result,
    Hazard.accepted_by,
    Hazard.remark,
    Hazard.round,
    Hazard.source,
    Hazard.found_by,
    Hazard.way,
    Hazard.platform,
    Hazard.platform_number,
    Hazard.clause,
)


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
    wanted = select(*SHOWN, *_PAPER).select_from(Hazard).outerjoin(Campaign, OF_CAMPAIGN)
    with store.read() as session:
        found = session.execute(wanted).all()
    asked = where.get("year", "").strip()
    year = int(asked) if asked.isdecimal() else today.year
    rows = [_row(row, today, year) for row in found]
    if asked:  # the ledger of that year, with what was carried over into it
        where = {key: text for key, text in where.items() if key != "year"}
        rows = [row for row in rows if asked in row["ledgers"]]
    if time := where.get("time", "").strip():  # a season or an hour, of which there may be several
        where = {key: text for key, text in where.items() if key != "time"}
        rows = [row for row in rows if time in row["time"]]
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
    signed = signed.order_by(HazardStep.id)
    with store.read() as session:
        for lot in in_lots(list(found)):
            for number, step, by, on, words, verdict, is_skipped in session.execute(
                signed.where(Hazard.number.in_(lot))
            ):
                said = ("无需" if is_skipped else verdict, words)
                note = "，".join(part for part in said if part)
                found[number].append({"step": step, "by": by, "on": on, "note": note})
    return [row | {"steps": found[row["number"]]} for row in rows]


def _row(row: Sequence[Any], today: date, year: int) -> Row:
    line = line_of(row, today)
    measures, returned = row[16:18]
    said, accepted_by, remark, round_, source, found_by, way, *copied = row[SHOWN_COLUMNS:]
    platform, platform_number, clause = copied
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
                aside=aside_of(line.look_on, returned),
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
        "is_copied": "√" if line.copied_on else "□",
        "copied": copied_word(line),
        "time": times_of(line),
        "platform": platform,
        "platform_number": platform_number,
        "clause": clause,
        "grade_mark": on_paper(line.grade),
        # An old ledger's line was never closed here: it ended when it was put right.
        "ended_on": line.closed_on or (line.fixed_on if line.is_old else None),
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


def _urgent(line: HazardLine, today: date) -> Status | None:
    """Return 逾期 or 将到期, also for what is 挂账 and to be looked at."""
    if line.is_late(today):
        return Status.LATE
    return Status.SOON if line.is_soon(today, SOON_DAYS) else None
