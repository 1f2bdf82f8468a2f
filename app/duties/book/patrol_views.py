"""What lists, papers and commands are given of the rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.duties.book.records import DutyPatrol
from app.duties.book.rules import FAULT, weekday_name

if TYPE_CHECKING:
    from app.duties.book.patrols import PatrolRegister

COLUMNS = 6  # rounds side by side on one sheet
_LIST = (
    "number", "on", "weekday", "began_at", "ended_at", "people", "points", "faults", "what",
    "handling", "year", "month",
)  # fmt: skip
_EMPTY: Row = dict.fromkeys(
    ("on", "month", "found", *(f"r{number}" for number in range(1, COLUMNS + 1))), ""
)
_PEN = "日期：________年____月____日　星期____"


def views(register: PatrolRegister) -> dict[str, View]:
    """Return the rows of the rounds by the name a paper calls them."""

    def listed(where: Filter) -> list[Row]:
        return keep([list_row(one) for one in register.all()], where, _LIST)

    def sheets(where: Filter) -> list[Row]:
        days = sorted({one.walked_on for one in register.all()}, reverse=True)
        rows = [row for day in days for row in sheet(register, day)]
        return keep(rows, where, ("on", "month", "point"))

    def blank(where: Filter) -> list[Row]:
        points = ["开始时间", "巡逻人", *register.points()]
        rows = [_EMPTY | {"heading": _PEN, "point": point} for point in points]
        return keep(rows, where, ("point",))

    return {"list": listed, "sheets": sheets, "blank": blank}


def list_row(one: DutyPatrol) -> Row:
    """Return one round as a list prints it."""
    day = one.walked_on
    return {
        "number": one.number,
        "on": day,
        "weekday": weekday_name(day),
        "began_at": one.began_at,
        "ended_at": one.ended_at,
        "people": "、".join(one.people),
        "points": len(one.results),
        "faults": sum(mark == FAULT for mark in one.results.values()),
        "what": what_of(one),
        "handling": one.handling,
        "year": str(day.year),
        "month": f"{day.year}-{day.month:02}",
    }


def what_of(one: DutyPatrol) -> str:
    """Say what was found on a round, point by point."""
    return "；".join(f"{point}：{fault['what']}" for point, fault in (one.faults or {}).items())


def sheet(register: PatrolRegister, day: date) -> list[Row]:
    """Return the sheet of a day: points down, rounds across, a further sheet after six rounds."""
    rounds = list(register.between(day, day))
    rows: list[Row] = []
    for begin in range(0, len(rounds), COLUMNS):
        rows += _part(register, day, rounds[begin : begin + COLUMNS], begin)
    return rows


def _part(
    register: PatrolRegister, day: date, rounds: Sequence[DutyPatrol], begin: int
) -> list[Row]:
    points = list(dict.fromkeys(point for one in rounds for point in one.results))
    last = begin + len(rounds)
    words = f"第{begin + 1}—{last}次" if len(rounds) > 1 else f"第{last}次"
    heading = f"{show(day)}　{weekday_name(day)}　{words}"
    head = _EMPTY | {"heading": heading, "on": day, "month": f"{day.year}-{day.month:02}"}
    rows = [
        {**head, "point": "开始时间", **_across([show(one.began_at) for one in rounds])},
        {**head, "point": "巡逻人", **_across(["、".join(one.people) for one in rounds])},
    ]
    for point in points:
        marks = [str(one.results.get(point, "")) for one in rounds]
        faults = [one.faults or {} for one in rounds]
        found = [one[point]["what"] for one in faults if point in one]
        rows.append({**head, "point": point, **_across(marks), "found": "；".join(found)})
    handled = "；".join(filter(None, (one.handling for one in rounds)))
    if handled:
        rows.append({**head, "point": "处置情况", "found": handled})
    return rows


def _across(words: Sequence[str]) -> Row:
    return {f"r{number}": word for number, word in enumerate(words, start=1)}
