"""The rolls as papers, spreadsheets and commands ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.students.boarding.roll_lines import CallLine, sheet_row
from app.students.boarding.rules import Absence

if TYPE_CHECKING:
    from app.students.boarding.roll_book import RollBook

_CALL_KEYS = ("unit", "on", "name", "class_name", "mark")
_BLANK_KEYS = ("unit", "name", "class_name")
_LIST_KEYS = ("uid", "on", "unit", "called_by", "leader")


def of(register: RollBook) -> dict[str, View]:
    """Return the views by name."""

    def listed(where: Filter) -> list[Row]:
        return keep(map(list_row, register.calls()), where, _LIST_KEYS)

    def blanks(where: Filter) -> list[Row]:
        rows = (
            sheet_row(unit.name, register.today(), one, str(one.mark or ""), Absence(one.note))
            for unit in register.units()
            for one in unit.sleepers
        )
        return keep(rows, where, _BLANK_KEYS)

    def called(where: Filter) -> list[Row]:
        rows = (row for line in register.calls() for row in sheet(register, line.uid))
        return keep(rows, where, _CALL_KEYS)

    def absent(where: Filter) -> list[Row]:
        lines = register.calls()
        rows = (row for line in lines for row in absent_rows(register, line))
        return keep(rows, where, _CALL_KEYS)

    return {"list": listed, "blank": blanks, "calls": called, "absent": absent}


def list_row(line: CallLine) -> Row:
    """Return one roll in numbers, without a pupil's name."""
    counts = line.counts
    return {
        "uid": line.uid,
        "on": line.evening,
        "unit": line.unit,
        "expected": counts.expected,
        "here": counts.here,
        "on_leave": counts.leave,
        "missing": counts.missing,
        "waiting": line.waiting,
        "called_by": line.called_by,
        "called_at": line.called_at,
        "leader": line.leader,
    }


def absent_rows(register: RollBook, line: CallLine) -> list[Row]:
    """Return who was not here that evening: on leave or missing, and where."""
    return [
        {
            "on": line.evening,
            "unit": line.unit,
            "class_name": one.class_name,
            "name": one.name,
            "mark": one.mark,
            "whereabouts": one.absence.whereabouts,
            "told": show(one.absence.told),
        }
        for one in register.missed(line.uid)
    ]


def sheet(register: RollBook, uid: str) -> list[Row]:
    """Return one roll as its paper shows it, a row for each who was expected and is still known."""
    call, unit, marks, absences = register.again(uid)
    line = register.line(uid)
    said = (
        f"{unit.name}　{show(call.evening)} {show(call.called_at)}",
        line.said(),
        f"点名人：{call.called_by}",
        f"值班领导：{call.leader}" if call.leader else "",
    )
    handling = f"异常处理：{call.handling}" if call.handling else ""
    head = {"heading": "\n".join(filter(None, ("　　".join(filter(None, said)), handling)))}
    return [
        sheet_row(unit.name, call.evening, one, str(mark), absences.get(one.pupil.uid)) | head
        for one in unit.sleepers
        for mark in [marks[one.pupil.uid]]
    ]
