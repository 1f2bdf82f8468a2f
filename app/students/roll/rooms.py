"""The classes by hand: open one, give it another number or other grades, close it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.calendar import entry_of
from app.core.errors import UserError
from app.core.roles import Right
from app.students.records import SchoolClass, Student
from app.students.register import StudentRegister
from app.students.rules import ClassKey, Status, class_name

NOTHING = "没有改动，名册还是原来的。"


class ClassBook:
    """The classes of the school as one changes them, each change one undo."""

    def __init__(self, students: StudentRegister) -> None:
        self.students = students
        self._store = students.store

    def open_class(self, grades: Sequence[str], number: int) -> str:
        """Open a class of this grade, or a combined one of these; return its uid.

        Raises:
            UserError: the role may not, or the grades are of different stages.

        """
        return self.students.open_class(self._key(grades, number))

    def rename(self, uid: str, grades: Sequence[str], number: int) -> None:
        """Give a class another number or other grades; its pupils stay in it.

        Raises:
            UserError: the role may not, or there is such a class already.

        """
        self._store.sitter.demand(Right.EDIT_STUDENTS)
        key = self._key(grades, number)
        with self._store.change("改班级") as session:
            room = self._store.get(SchoolClass, uid)
            if room.key == key:
                return
            for other in session.scalars(select(SchoolClass).where(SchoolClass.uid != uid)):
                if other.key == key:
                    name = class_name(key, self.students.school_year())
                    raise refusal(f"已经有{name}了。")
            _keep_grades(session, room, key)
            room.stage, room.entry_year, room.number = key.stage, key.entry_year, key.number
            room.other_years = list(key.other_years) or None

    def close(self, uid: str) -> None:
        """Close a class that has no pupils: it is offered no more.

        Raises:
            UserError: the role may not, or somebody is in it.

        """
        self._store.sitter.demand(Right.EDIT_STUDENTS)
        with self._store.change("停用班级") as session:
            room = self._store.get(SchoolClass, uid)
            inside = session.scalars(
                select(Student.uid).where(
                    Student.class_uid == uid,
                    Student.status.in_([str(Status.HERE), str(Status.RESTING)]),
                )
            ).all()
            if inside:
                raise UserError(
                    f"这个班还有{len(inside)}名学生，不能停用。",
                    safe=NOTHING,
                    do="请先把他们调到别的班。",
                )
            room.closed_on = self.students.today()

    def _key(self, grades: Sequence[str], number: int) -> ClassKey:
        year = self.students.school_year()
        places = [entry_of(grade, year) for grade in dict.fromkeys(grades)]
        if len({stage for stage, _ in places}) != 1:
            raise refusal("复式班的几个年级要在同一个学段。")
        years = sorted((entry for _, entry in places), reverse=True)
        return ClassKey(str(places[0][0]), years[0], number, tuple(years[1:]))


def _keep_grades(session: Session, room: SchoolClass, key: ClassKey) -> None:
    """Let the pupils of a room keep their grades when it becomes or stops being a combined one.

    Raises:
        UserError: a grade that has pupils in it would no longer be in the room.

    """
    was = room.key
    for student in session.scalars(select(Student).where(Student.class_uid == room.uid)).all():
        own = student.entry_year if was.other_years else was.entry_year
        if own is not None and own not in key.years and (was.other_years or key.other_years):
            raise UserError(
                "这个班里还有别的年级的学生。",
                safe=NOTHING,
                do="请先把他们调到自己年级的班，再改这个班。",
            )
        student.entry_year = own if key.other_years else None


def refusal(what: str) -> UserError:
    """Return the refusal of something that can be put right and saved again."""
    return UserError(what, safe=NOTHING, do="请改好再保存。")
