"""What a pupil and a line of a list are known by: to be compared with one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.students.guardians import Guardian, SaidGuardian
from app.students.matching import Traits
from app.students.reading import Reading
from app.students.records import Student
from app.students.rules import ClassKey

GUARDIAN_COLUMNS = ("guardian1", "relation1", "phone1", "guardian2", "relation2", "phone2")


def traits_of(pupil: Student, classes: Mapping[str, ClassKey]) -> Traits:
    """Return what a pupil of the roster is known by."""
    guardians = guardians_of(pupil)
    return Traits(
        pupil.name,
        classes[pupil.class_uid],
        pupil.born_on,
        pupil.sex,
        pupil.id_hash,
        pupil.registry_hash,
        _marks(guardians, pupil.seat_no),
    )


def traits_said(reading: Reading) -> Traits:
    """Return what a line of a list says that a pupil may be known by."""
    said = reading.said
    return Traits(
        reading.name,
        said["class"],
        said.get("born_on"),
        said.get("sex"),
        said.get("id_hash"),
        said.get("registry_hash"),
        _marks((one.who for one in reading.guardians), said.get("seat_no", said.get("seat_hint"))),
    )


def _marks(guardians: Iterable[Guardian], seat: int | None) -> frozenset[str | int]:
    marks: set[str | int] = {seat} if seat else set()
    for who in guardians:
        marks.update(who.phones, (who.name,) if who.name else ())
    return frozenset(marks)


def guardians_of(pupil: Student) -> list[Guardian]:
    """Return the guardians a pupil of the roster has."""
    both = (
        (pupil.guardian1, pupil.relation1, pupil.phone1),
        (pupil.guardian2, pupil.relation2, pupil.phone2),
    )
    return [
        Guardian(name, relation, tuple(phone.split("、")) if phone else ())
        for name, relation, phone in both
        if name or phone
    ]


def guardian_columns(guardians: Sequence[Guardian]) -> dict[str, Any]:
    """Return these guardians as the roster keeps them."""
    columns: dict[str, Any] = dict.fromkeys(GUARDIAN_COLUMNS)
    for n, who in enumerate(guardians, start=1):
        columns |= {
            f"guardian{n}": who.name,
            f"relation{n}": who.relation,
            f"phone{n}": "、".join(who.phones) or None,
        }
    return columns


def is_under_parent(one: SaidGuardian, after: Iterable[Guardian]) -> bool:
    """Say whether a list put a grandparent into the column of a father or mother."""
    return not one.sure and any(
        who.name == one.who.name and who.relation != one.who.relation for who in after
    )
