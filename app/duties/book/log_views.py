"""What lists, papers and commands are given of the duty log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.duties.book.matters import MatterLine
from app.duties.book.records import DutyRecord
from app.duties.book.rules import week_of, weekday_name
from app.duties.book.shifts import Shift

if TYPE_CHECKING:
    from app.duties.book.log import DutyLogRegister

_LIST = (
    "number", "on", "weekday", "post", "leader", "people", "came_at", "left_at", "doors",
    "pupils", "visitors", "incidents", "handling", "calls", "matters", "open", "given_by",
    "taken_by", "handed_at", "year", "month",
)  # fmt: skip

_SHEET = ("when", "handing", "patrol_lines", "call_lines", "carried", "handed")


def views(register: DutyLogRegister) -> dict[str, View]:
    """Return the rows of the duty log by the name a paper calls them."""

    def rows() -> list[tuple[DutyRecord, Row]]:
        by_record: dict[str, list[MatterLine]] = {}
        for line in register.matters():
            by_record.setdefault(line.record_uid, []).append(line)
        return [(one, list_row(one, by_record.get(one.uid, ()))) for one in register.all()]

    def listed(where: Filter) -> list[Row]:
        return keep([row for _, row in rows()], where, _LIST)

    def full(where: Filter) -> list[Row]:
        numbers = {row["number"] for row in listed(where)}
        lines = register.matters()
        return [
            paper_row(one, [line for line in lines if line.record_uid == one.uid])
            for one, row in rows()
            if row["number"] in numbers
        ]

    def week(where: Filter) -> list[Row]:
        first, last = week_of(register.today())
        found = [blank_row(one, register) for one in register.shifts(first, last)]
        return keep(found, where, ("post", "when"))

    return {"list": listed, "records": full, "week": week}


def list_row(record: DutyRecord, matters: Sequence[MatterLine]) -> Row:
    """Return one record as a list prints it."""
    day = record.duty_on
    return {
        "number": record.number,
        "on": day,
        "weekday": weekday_name(day),
        "post": record.post,
        "leader": record.leader,
        "people": "、".join(record.people),
        "came_at": record.came_at,
        "left_at": record.left_at,
        "doors": record.doors,
        "pupils": record.pupils,
        "visitors": record.visitors,
        "incidents": record.incidents,
        "handling": record.handling,
        "calls": "；".join(said_of_call(one) for one in record.calls or ()),
        "matters": "；".join(line.what for line in matters),
        "open": sum(line.ended_on is None for line in matters),
        "given_by": record.given_by,
        "taken_by": record.taken_by,
        "handed_at": record.handed_at,
        "year": str(day.year),
        "month": f"{day.year}-{day.month:02}",
    }


def paper_row(record: DutyRecord, matters: Sequence[MatterLine]) -> Row:
    """Return all the sheet of a shift says."""
    return list_row(record, matters) | {
        "when": f"{show(record.duty_on)}　{weekday_name(record.duty_on)}",
        "patrol_lines": list(record.patrols or ()),
        "call_lines": list(record.calls or ()),
        "carried": list(record.carried or ()),
        "handing": handing_of(record),
        "handed": [{"what": line.what, "state": state_of(line)} for line in matters],
    }


def blank_row(shift: Shift, register: DutyLogRegister) -> Row:
    """Return the sheet of a shift to come: day, post and people stand there, the rest is empty."""
    return dict.fromkeys((*_LIST, *_SHEET)) | {
        "when": f"{show(shift.on)}　{weekday_name(shift.on)}",
        "post": f"{shift.post}　{shift.hours}",
        "leader": register.leader_on(shift.on),
        "people": "、".join(shift.people),
    }


def handing_of(record: DutyRecord) -> str:
    """Say who handed a shift over to whom and when; nothing until both have signed."""
    if not record.taken_by:
        return ""
    return f"{record.given_by}交，{record.taken_by}接，{show(record.handed_at)}"


def state_of(line: MatterLine) -> str:
    """Say how a matter stands: 11月6日办结, or 没有办结."""
    if line.ended_on is None:
        return "没有办结"
    done = _short(line.ended_on)
    return f"{done}办结：{line.words}" if line.words else f"{done}办结"


def said_of_call(one: Mapping[str, Any]) -> str:
    """Say one call or letter in a line."""
    head = " ".join(filter(None, (one.get("at"), one.get("unit"))))
    said = f"{head}：{one.get('content')}" if head else str(one.get("content"))
    return f"{said}（{one['handled']}）" if one.get("handled") else said


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
