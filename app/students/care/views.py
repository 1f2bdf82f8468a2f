"""The rows of care for papers, the command line and the letters: each look is written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.students.care.reading import CareLine
from app.students.care.rules import ASKED, Part, Way, told_counts

if TYPE_CHECKING:
    from app.students.care.records import CareAct
    from app.students.care.register import CareRegister
    from app.students.lines import Pupil

LIST_KEYS = (
    *("uid", "grade", "class_no", "class_name", "seat_no", "name", "level", "state"),
    *("caretaker", "next_on", "overdue", "opened_on", "acts", "last_on"),
)
SHEET_KEYS = ("grade", "class_no", "class_name")
FILE_KEYS = ("student_uid", "grade", "class_no", "class_name", "name", "level", "caretaker")
COUNT_KEYS = ("category",)
VISIT_KEYS = ("name", "class_name", "year")
_HEALTH = ASKED[Part.HEALTH]
_SEALED = ("level_said", "level_reason", "grounds", "signs", "taken", "plan", "first_aid")

_VISIT = (
    *("done_on", "visit", "by", "met", "purpose", "household"),
    *("condition", "words", "advice", "next_step"),
)


def of(register: CareRegister) -> dict[str, View]:
    """Return the views by name; ``counts`` alone may leave the school."""

    def listed(where: Filter) -> list[Row]:
        return [_plain(row) for row in _lines(register, where)]

    def listed_sealed(where: Filter) -> list[Row]:
        return [
            _plain(row) | {key: row["opened"].facts[key] for key in _SEALED}
            for row in _lines(register, where)
        ]

    def first_aid(where: Filter) -> list[Row]:
        return keep(_class_sheets(register), where, SHEET_KEYS)

    def notice(where: Filter) -> list[Row]:
        told = map(_notice, _of_health(register))
        return keep(told, where, (*SHEET_KEYS, "name", "student_uid"))

    def counts(where: Filter) -> list[Row]:
        told, total = told_counts(*register.counts())
        rows = [{"category": name, "number": number} for name, number in told]
        rows.append({"category": "合计（一名学生可以属于几类）", "number": total})
        return keep(rows, where, COUNT_KEYS)

    def files(where: Filter) -> list[Row]:
        rows = keep(map(named, register.lines()), where, FILE_KEYS)
        return [register.file(row["student_uid"]) for row in rows]

    def visits(where: Filter) -> list[Row]:
        rows = (
            visit_of(row["line"].pupil, act)
            for row in _lines(register, {})
            for act in reversed(row["opened"].acts)
            if act.way == Way.VISIT
        )
        return keep(rows, where, VISIT_KEYS)

    return {
        "list": listed,
        "list_sealed": listed_sealed,
        "first_aid": first_aid,
        "notice": notice,
        "counts": counts,
        "file": files,
        "visits": visits,
    }


def _lines(register: CareRegister, where: Filter) -> list[Row]:
    """Return the lines with what is sealed of them; ``category`` asks for one of several."""
    opened = register.sealed()
    rows = [named(line) | {"line": line, "opened": opened[line.uid]} for line in register.lines()]
    wanted = dict(where)
    if (category := wanted.pop("category", "").strip()) or "category" in where:
        rows = [row for row in rows if category in row["opened"].facts["categories"]]
    return keep(rows, wanted, LIST_KEYS)


def _of_health(register: CareRegister) -> list[Row]:
    """Return the open lines of pupils whose health asks for care."""
    rows = (row for row in _lines(register, {}) if row["line"].is_open)
    return [row for row in rows if _HEALTH & set(row["opened"].facts["categories"])]


def _class_sheets(register: CareRegister) -> Iterator[Row]:
    """Yield what each class hangs out of its pupils in need, classes without any left out."""
    pupils = sorted(map(_first_aid, _of_health(register)), key=lambda row: row["seat_no"] or 0)
    for line in register.students.classes(also_over=True):
        if mine := [row for row in pupils if row["class_name"] == line.name]:
            yield {
                "class_name": line.name,
                "grade": line.grade,
                "class_no": line.key.number,
                "pupils": mine,
            }


def named(line: CareLine) -> Row:
    """Return a line as lists have it: nothing sealed."""
    pupil = line.pupil
    return {
        "uid": line.uid,
        "student_uid": pupil.uid,
        "grade": pupil.grade,
        "class_no": pupil.class_no,
        "class_name": pupil.class_name,
        "seat_no": pupil.seat_no,
        "name": pupil.name,
        "level": line.level,
        "state": line.state,
        "caretaker": line.caretaker,
        "next_on": line.next_on,
        "overdue": line.is_open and line.is_late,
        "opened_on": line.opened_on,
        "acts": line.acts,
        "last_on": line.last_on,
    }


def _plain(row: Row) -> Row:
    shown = {key: row[key] for key in LIST_KEYS}
    return shown | {"categories": list(row["opened"].facts["categories"])}


def _first_aid(row: Row) -> Row:
    """Return what a teacher must know of a pupil in need, and no more: no name of an illness."""
    pupil, facts = row["line"].pupil, row["opened"].facts
    phones = (facts["urgent_phone"], pupil.phone1, pupil.phone2)
    return {
        "class_name": pupil.class_name,
        "grade": pupil.grade,
        "class_no": pupil.class_no,
        "seat_no": pupil.seat_no,
        "name": pupil.name,
        "first_aid": facts["first_aid"] or "还没有写急救要点，请先打监护人电话。",
        "sport": facts["sport"],
        "food": facts["food"],
        "phone": "、".join(dict.fromkeys(phone for phone in phones if phone)),
    }


def _notice(row: Row) -> Row:
    """Return what the notice to a guardian of such a pupil is filled in from."""
    facts = row["opened"].facts
    return _first_aid(row) | {
        "student_uid": row["line"].pupil.uid,
        "guardian": row["line"].pupil.guardian1,
        "illnesses": show(facts["illnesses"]),
        "triggers": facts["triggers"],
        "medicine": facts["medicine"],
        "notice_on": facts["notice_on"],
    }


def visit_of(pupil: Pupil, act: CareAct | None) -> Row:
    """Return the sheet of a visit; before one, what it is filled in for and blanks."""
    row: Row = {key: getattr(act, key, None) for key in _VISIT}
    hours = [show(at) for at in (act.began_at, act.ended_at) if at] if act else []
    return row | {
        "name": pupil.name,
        "class_name": pupil.class_name,
        "address": pupil.address,
        "phone": "、".join(phone for phone in (pupil.phone1, pupil.phone2) if phone),
        "hours": "—".join(hours),
        "year": act.done_on.year if act else None,
    }
