"""What lists, papers and commands are given of the gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.core.views import Filter, Row, View, keep
from app.duties.book.records import GateCheck
from app.duties.book.rules import Mark, rate, turnout, week_of, weekday_name
from app.duties.book.shifts import Shift

if TYPE_CHECKING:
    from app.duties.book.gates import GateRegister

_LIST = (
    "number", "on", "weekday", "post", "heads", "due", "there", "missing", "late", "left",
    "rate", "who", "handling", "checked_by", "year", "month",
)  # fmt: skip
_SHEET = ("heading", "name", "number", "on")


def views(register: GateRegister) -> dict[str, View]:
    """Return the rows of the gate by the name a paper calls them."""

    def listed(where: Filter) -> list[Row]:
        return keep([list_row(one) for one in register.all()], where, _LIST)

    def sheets(where: Filter) -> list[Row]:
        return keep([row for one in register.all() for row in sheet(one)], where, _SHEET)

    def week(where: Filter) -> list[Row]:
        first, last = week_of(register.today())
        rows = [row for one in register.shifts(first, last) for row in blank(one)]
        return keep(rows, where, _SHEET)

    return {"list": listed, "sheets": sheets, "week": week}


def list_row(one: GateCheck) -> Row:
    """Return one gate shift as a list prints it."""
    day, found = one.duty_on, turnout(one.lines)
    return {
        "number": one.number,
        "on": day,
        "weekday": weekday_name(day),
        "post": one.post,
        "heads": one.heads,
        "due": found.due,
        "there": found.there,
        "missing": found.missing,
        "late": found.late,
        "left": found.left,
        "rate": rate(found.there, found.due),
        "who": who_was_odd(one),
        "handling": one.handling,
        "checked_by": one.checked_by,
        "year": str(day.year),
        "month": f"{day.year}-{day.month:02}",
    }


def who_was_odd(one: GateCheck) -> str:
    """Name who was late, missing or gone too early."""
    odd = (line for line in one.lines if line["mark"] != Mark.HERE)
    return "、".join(f"{line['name']}（{line['mark']}）" for line in odd)


def sheet(one: GateCheck) -> list[Row]:
    """Return one gate shift as its paper shows it, a row a person."""
    day, said = one.duty_on, turnout(one.lines).said()
    heading = f"{day.month}月{day.day}日　{weekday_name(day)}　{one.post}　{said}"
    heading += f"　检查人：{one.checked_by}" if one.checked_by else ""
    return [
        {
            "heading": heading,
            "number": one.number,
            "on": one.duty_on,
            "name": line["name"],
            "kind": line.get("kind", ""),
            "mark": line["mark"],
            "came": line.get("came", ""),
            "left": line.get("left", ""),
            "sign": "",
            "words": "；".join(filter(None, (line.get("words"), _handled(one, line)))),
        }
        for line in one.lines
    ]


def _handled(one: GateCheck, line: Mapping[str, Any]) -> str:
    """Return what was done about somebody who was not there."""
    return one.handling or "" if line["mark"] in (Mark.MISSING, Mark.LEFT) else ""


def blank(shift: Shift) -> list[Row]:
    """Return the sheet of a gate shift to come: names stand there, the rest is for the pen."""
    day = shift.on
    heading = f"{day.month}月{day.day}日　{weekday_name(day)}　{shift.post}　{shift.hours}"
    kinds = [*shift.kinds, *[""] * len(shift.people)]
    return [
        {
            "heading": f"{heading}　至少{shift.heads}人　检查人________",
            "number": "",
            "on": shift.on,
            "name": name,
            "kind": kind,
            **dict.fromkeys(("came", "left", "mark", "sign", "words"), ""),
        }
        for name, kind in zip(shift.people, kinds, strict=False)
    ]
