"""The rows the students room offers to papers, lists, the data file and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.students.rules import LeftBehind

if TYPE_CHECKING:
    from app.students.lines import Pupil
    from app.students.register import StudentRegister

LIST_KEYS = (
    "uid",
    "name",
    "sex",
    "born_on",
    "grade",
    "class_no",
    "seat_no",
    "guardian",
    "relation",
    "phone",
    "boarder",
    "left_behind",
    "travel",
    "health",
)
CLASS_KEYS = ("grade", "class_no", "students")
ROSTER_KEYS = (
    "class_name",
    "grade",
    "class_no",
    "seat_no",
    "name",
    "sex",
    "born_on",
    "guardian",
    "relation",
    "phone",
    "address",
    "boarder",
    "travel",
)


def of(register: StudentRegister) -> dict[str, View]:
    """Return the views by name; ``list_sealed`` opens the illness column and writes that down."""

    def listed(where: Filter) -> list[Row]:
        return keep(map(_listed, register.pupils()), where, LIST_KEYS)

    def listed_sealed(where: Filter) -> list[Row]:
        sealed = register.sealed()
        rows = (
            _listed(pupil) | {"health": sealed[pupil.uid]["health"]} for pupil in register.pupils()
        )
        return keep(rows, where, LIST_KEYS)

    def classes(where: Filter) -> list[Row]:
        rows = (
            {"grade": line.grade, "class_no": line.key.number, "students": line.count}
            for line in register.class_counts()
        )
        return keep(rows, where, CLASS_KEYS)

    def roster(where: Filter) -> list[Row]:
        return keep(map(roster_row, register.pupils()), where, ROSTER_KEYS)

    return {"list": listed, "list_sealed": listed_sealed, "classes": classes, "roster": roster}


def is_left_behind(text: str | None) -> bool | None:
    """Return what a list says in one word: yes, no, or nothing known."""
    return None if text is None else text != LeftBehind.NO


def _listed(pupil: Pupil) -> Row:
    return {
        "uid": pupil.uid,
        "name": pupil.name,
        "sex": pupil.sex,
        "born_on": pupil.born_on,
        "grade": pupil.grade,
        "class_no": pupil.class_no,
        "seat_no": pupil.seat_no,
        "guardian": pupil.guardian1,
        "relation": pupil.relation1,
        "phone": pupil.phone1,
        "boarder": pupil.boarder,
        "left_behind": is_left_behind(pupil.left_behind),
        "travel": pupil.travel,
        "health": None,
    }


def roster_row(pupil: Pupil) -> Row:
    """Return a pupil as the class list on paper shows one: no illness, nothing of the family."""
    both = ((pupil.guardian1, pupil.phone1), (pupil.guardian2, pupil.phone2))
    return {
        "class_name": pupil.class_name,
        "grade": pupil.grade,
        "class_no": pupil.class_no,
        "seat_no": pupil.seat_no,
        "name": pupil.name,
        "sex": pupil.sex,
        "born_on": pupil.born_on,
        "guardian": pupil.guardian1,
        "relation": pupil.relation1,
        "phone": "、".join(phone for _, phone in both if phone),
        "address": pupil.address,
        "boarder": show(pupil.boarder),
        "travel": pupil.travel,
    }
