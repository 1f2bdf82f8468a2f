"""Pupils and classes as lists show them: plain lines, nothing sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.core.values import show
from app.students.records import Student
from app.students.rules import ClassKey, grade_of


@dataclass(frozen=True)
class ClassLine:
    """A class as lists show it; ``count`` is the number of pupils who are here.

    One that ``is_over`` has no pupils and is closed or has left the school.
    """

    uid: str
    key: ClassKey
    name: str
    grade: str
    count: int
    is_over: bool = False


class Pupil(NamedTuple):
    """A pupil as lists show one: nothing sealed, and the class by its name of this year.

    ``own_year`` says in a combined class which entry year is the pupil's own, if anybody has said.
    """

    uid: str
    name: str
    sex: str | None
    born_on: date | None
    class_uid: str
    class_name: str
    grade: str
    class_no: int
    seat_no: int | None
    guardian1: str | None
    relation1: str | None
    phone1: str | None
    guardian2: str | None
    relation2: str | None
    phone2: str | None
    address: str | None
    boarder: bool | None
    left_behind: str | None
    travel: str | None
    status: str
    own_year: int | None

    @property
    def told(self) -> str:
        """Name, class, and what tells two of one name in a class apart: seat, else birth date."""
        born = f"，{show(self.born_on)}生" if self.born_on else ""
        return f"{self.name}（{self.class_name}{f'{self.seat_no}号' if self.seat_no else born}）"


PUPIL_COLUMNS = (
    *(Student.uid, Student.name, Student.sex, Student.born_on, Student.class_uid),
    Student.entry_year,
    *(getattr(Student, key) for key in Pupil._fields[8:-1]),
)


def pupil_line(row: tuple[Any, ...], line: ClassLine, year: int) -> Pupil:
    """Make a line of the ``PUPIL_COLUMNS`` of a pupil; the grade may be the pupil's own."""
    own_year = row[5]
    grade = line.grade if own_year is None else grade_of(line.key, year, own_year)
    return Pupil._make((*row[:5], line.name, grade, line.key.number, *row[6:], own_year))
