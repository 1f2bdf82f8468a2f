"""Notices as papers and lists ask for them: plain rows, narrowed as somebody wants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.store import Blobs, Store, in_lots
from app.core.views import Filter, Row, keep
from app.hazards.grades import GRAVEST
from app.hazards.records import Hazard, HazardNotice, HazardNoticeLine

_KEYS = (
    "uid", "number", "code", "department", "person", "addressee", "checked_on", "checked_by",
    "problems", "answers", "count", "requirement", "due_on", "signer", "issued_on", "status",
    "received_by", "received_on", "reply", "named", "year", "finished_on", "replied_on",
)  # fmt: skip
_FILTERS = ("owner", "grade", "category", "year")
_OF_HAZARDS = "YH-"
MOST_PHOTOS = 4  # more of them in one row show nothing any more
# What a slip says of one hazard; one from before each had its own answer says one for them all.
REPLY = func.coalesce(HazardNoticeLine.reply, HazardNotice.reply)
FINISHED_ON = func.coalesce(HazardNoticeLine.finished_on, HazardNotice.finished_on)


def hazards_by_notice(session: Session) -> dict[int, list[Any]]:
    """Return what each notice, by its id, says of the hazards it names."""
    named = (
        select(
            HazardNoticeLine.notice_id,
            Hazard.number,
            Hazard.place,
            Hazard.what,
            Hazard.grade,
            Hazard.category,
            REPLY.label("reply"),
            FINISHED_ON.label("finished_on"),
        )
        .join(Hazard, Hazard.id == HazardNoticeLine.hazard_id)
        .join(HazardNotice, HazardNotice.id == HazardNoticeLine.notice_id)
    )
    found: dict[int, list[Any]] = {}
    for row in session.execute(named.order_by(HazardNoticeLine.id)):
        found.setdefault(row.notice_id, []).append(row)
    return found


def kept(rows: Sequence[Row], where: Filter) -> list[Row]:
    """Return the rows that fit; ``number`` may be that of a hazard a notice names."""
    number = where.get("number", "").strip().upper()
    if number.startswith(_OF_HAZARDS):
        where = {key: text for key, text in where.items() if key != "number"}
        rows = [row for row in rows if number in (part["number"] for part in row["problems"])]
    return [{key: row.get(key) for key in _KEYS} for row in keep(rows, where, (*_KEYS, *_FILTERS))]


def draft(hazard: Hazard) -> Row:
    """Return what a hazard has to say on a notice that nobody has issued yet."""
    problem = {"number": hazard.number, "place": hazard.place, "what": hazard.what}
    return dict.fromkeys(_KEYS) | {
        "person": hazard.owner,
        "addressee": hazard.owner,
        "checked_on": hazard.found_on,
        "checked_by": hazard.found_by,
        "problems": [problem],
        "answers": [{"number": hazard.number}],
        "count": 1,
        "requirement": hazard.measures,
        "due_on": hazard.due_on,
        "status": "未开",
        "owner": hazard.owner,
        "grade": hazard.grade,
        "category": hazard.category,
        "year": str(hazard.found_on.year),
    }


def row_of(notice: HazardNotice, hazards: Sequence[Any]) -> Row:
    """Return a notice with the hazards it names; how it stands is added by who knows today."""
    grades = {hazard.grade for hazard in hazards}
    return {key: getattr(notice, key, None) for key in _KEYS} | {
        "addressee": f"{notice.department or ''}{notice.person}",
        "problems": [
            {"number": hazard.number, "place": hazard.place, "what": hazard.what}
            for hazard in hazards
        ],
        "answers": [
            {"number": one.number, "reply": one.reply, "finished_on": one.finished_on}
            for one in hazards
        ],
        "count": len(hazards),
        "named": "\n".join(f"{one.number} {one.place}：{one.what}" for one in hazards),
        "owner": notice.person,
        "grade": next((grade for grade in GRAVEST if grade in grades), ""),
        "category": "、".join(dict.fromkeys(hazard.category for hazard in hazards)),
        "year": str(notice.issued_on.year),
    }


def with_photos(store: Store, rows: Sequence[Row]) -> list[Row]:
    """Add the first photo of each hazard a notice names; with the number it has there."""
    first: dict[str, str] = {}
    numbers = {problem["number"] for row in rows for problem in row["problems"] or ()}
    with store.read() as session:
        for lot in in_lots(sorted(numbers)):
            taken = select(Hazard.number, Hazard.photos).where(Hazard.number.in_(lot))
            first |= {number: photos[0] for number, photos in session.execute(taken) if photos}
    blobs = Blobs(store)
    return [
        row
        | {
            "photos": [
                (f"（{place}）{problem['number']}", partial(blobs.get, first[problem["number"]]))
                for place, problem in enumerate(row["problems"] or (), start=1)
                if problem["number"] in first
            ][:MOST_PHOTOS]
        }
        for row in rows
    ]
