"""What is kept of pupils, their classes, and how they came and went: the tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record
from app.students.rules import ClassKey

SEALED = ("family", "health", "notes")  # columns that are covered until somebody asks


class SchoolClass(Record):
    """A class: its stage, the autumn it entered, its number; its shown name follows the year.

    One that is closed has no pupils and is offered nowhere.
    """

    __tablename__ = "school_class"

    stage: Mapped[str]
    entry_year: Mapped[int]
    number: Mapped[int]
    other_years: Mapped[list[Any] | None]
    closed_on: Mapped[date | None]

    @property
    def key(self) -> ClassKey:
        """What the class is, as a value."""
        return ClassKey(self.stage, self.entry_year, self.number, tuple(self.other_years or ()))


class Student(Record):
    """One pupil. ``entry_year`` is set only in a combined class, to say which grade is theirs.

    The two hashes serve to know a pupil again in a newer list; ``id_number`` stays empty unless
    the school has chosen to keep it. ``family``, ``health`` and ``notes`` are sealed.
    """

    __tablename__ = "student"
    stays = frozenset({"name", "status", "entry_year"})  # and the class, so that a proof is found

    name: Mapped[str]
    sex: Mapped[str | None]
    born_on: Mapped[date | None]
    class_uid: Mapped[str] = mapped_column(ForeignKey("school_class.uid"))
    entry_year: Mapped[int | None]
    seat_no: Mapped[int | None]
    guardian1: Mapped[str | None]
    relation1: Mapped[str | None]
    phone1: Mapped[str | None]
    guardian2: Mapped[str | None]
    relation2: Mapped[str | None]
    phone2: Mapped[str | None]
    address: Mapped[str | None]
    boarder: Mapped[bool | None]
    left_behind: Mapped[str | None]
    travel: Mapped[str | None]
    family: Mapped[str | None]
    health: Mapped[str | None]
    notes: Mapped[str | None]
    status: Mapped[str]
    id_hash: Mapped[str | None]
    registry_hash: Mapped[str | None]
    id_number: Mapped[str | None]


class StudentTurn(Record):
    """A turn in a pupil's way through school (学籍异动); the classes stand by their names then."""

    __tablename__ = "student_turn"
    stays = frozenset({"turn", "turned_on", "from_class", "to_class"})

    student_uid: Mapped[str] = mapped_column(ForeignKey("student.uid"))
    turn: Mapped[str]
    turned_on: Mapped[date]
    from_class: Mapped[str | None]
    to_class: Mapped[str | None]
    words: Mapped[str | None]
