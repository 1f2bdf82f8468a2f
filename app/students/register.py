"""The pupils of the school and their classes, and all one can do with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.calendar import term_of
from app.core.errors import UserError
from app.core.imports import Tick
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Store
from app.core.values import show
from app.core.views import View
from app.students import views
from app.students.class_cells import ClassReader
from app.students.intake import (
    YEAR,
    Ground,
    StudentPlan,
    class_uids,
    read_ground,
    stage_of,
    write_plan,
)
from app.students.lines import PUPIL_COLUMNS, ClassLine, Pupil, pupil_line
from app.students.records import SEALED, SchoolClass, Student
from app.students.roll.rules import Turn, may_run
from app.students.roll.turns import class_names, note_status, write_turn
from app.students.rules import ClassKey, Status, class_name, class_order, grade_of

LOOK = "查看保密栏"
_NO_SEAT = 10_000  # comes after all who have one


class StudentRegister:
    """The school's pupils. A 班主任 sees the own class and nobody else."""

    def __init__(self, store: Store, today: Callable[[], date] = date.today) -> None:
        self.store = store
        self._settings = Settings(store)
        self.today = today
        self.views: dict[str, View] = views.of(self)

    def school_year(self) -> int:
        """Return the autumn in which the school year began that the school says it is.

        Until somebody has said so it is the one today falls into.
        """
        return int(self._settings.get(YEAR) or term_of(self.today()).year)

    def count(self) -> int:
        """Return how many pupils are here; a number anybody may know."""
        with self.store.read() as session:
            here = select(func.count()).select_from(Student).where(Student.status == Status.HERE)
            return session.scalar(here) or 0

    def classes(self, *, also_over: bool = False) -> list[ClassLine]:
        """Return the classes one may see, the youngest first, with the pupils who are here.

        Classes that have left the school or are closed come only with ``also_over``.

        Raises:
            UserError: the role may not see pupils.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        lines = self._classes(self.store.sitter.only_class)
        return [line for line in lines if also_over or not line.is_over]

    def class_counts(self) -> list[ClassLine]:
        """Return every class with its number of pupils, for what goes to the town."""
        return [line for line in self._classes(None) if line.count]

    def pupils(self, *, class_uid: str | None = None, everybody: bool = False) -> list[Pupil]:
        """Return the pupils who are here, by class and seat; ``everybody`` adds who has left.

        Raises:
            UserError: the role may not see pupils.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        wanted = select(*PUPIL_COLUMNS).order_by(Student.id)
        if not everybody:
            wanted = wanted.where(Student.status == Status.HERE)
        for only in (class_uid, self.store.sitter.only_class):
            if only is not None:
                wanted = wanted.where(Student.class_uid == only)
        year = self.school_year()
        with self.store.read() as session:  # one moment: a class that comes in brings its pupils
            found = session.execute(wanted).all()
            lines = {line.uid: (n, line) for n, line in enumerate(self._lines(session, None))}
        pupils = [pupil_line(tuple(row), lines[row.class_uid][1], year) for row in found]
        return sorted(pupils, key=lambda p: (lines[p.class_uid][0], p.seat_no or _NO_SEAT))

    def family_names(self) -> set[str]:
        """Return the names of all pupils and guardians, also of who has left or is 作废.

        Only to be masked with: whoever prints for the town may not see pupils and masks them too.
        """
        with self.store.read() as session:
            named = select(Student.name, Student.guardian1, Student.guardian2)
            found = session.execute(named.execution_options(**WITH_VOID))
            return {name for row in found for name in row if name}

    def get(self, uid: str) -> Student:
        """Return one pupil.

        Raises:
            UserError: the role may not see this pupil, or the pupil is 作废.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        student = self.store.get(Student, uid)
        only = self.store.sitter.only_class
        if only is not None and student.class_uid != only:
            raise UserError(
                "这名学生不在您的班里。",
                safe="什么都没有显示，也没有改动。",
                do="要看别班的学生，请找安全员。",
            )
        return student

    def sealed(self, uid: str | None = None) -> dict[str, dict[str, str]]:
        """Open the sealed columns of one pupil, or of all one may see; the look is written down.

        Raises:
            UserError: the role may not open them.

        """
        self.store.sitter.demand(Right.SEE_SEALED)
        wanted = select(Student.uid, Student.class_uid, *(getattr(Student, key) for key in SEALED))
        if uid is not None:
            wanted = wanted.where(Student.uid == uid)
        if (only := self.store.sitter.only_class) is not None:
            wanted = wanted.where(Student.class_uid == only)
        with self.store.read() as session:
            found = session.execute(wanted).all()
        self.store.note(LOOK, about=uid)
        return {r.uid: {key: getattr(r, key) or "" for key in SEALED} for r in found}

    def add(self, *, name: str, class_uid: str, **facts: Any) -> Student:
        """Enter a new pupil.

        Raises:
            UserError: the role may not, or the class has this very pupil already.

        """
        self.store.sitter.demand(Right.EDIT_STUDENTS)
        self._check(facts)
        with self.store.change("登记学生") as session:
            self._refuse_double(session, name, class_uid, facts.get("born_on"))
            student = Student(
                name=name, class_uid=class_uid, status=facts.pop("status", Status.HERE), **facts
            )
            session.add(student)
        return student

    def correct(self, uid: str, **facts: Any) -> None:
        """Put right what was entered; facts not named stay as they are.

        Raises:
            UserError: the role may not, the pupil is 作废, or a day lies in the future.

        """
        self.store.sitter.demand(Right.EDIT_STUDENTS)
        self._check(facts)
        with self.store.change("更正学生资料") as session:
            student = self.store.get(Student, uid)
            before = student.status
            for key, value in facts.items():
                setattr(student, key, value)
            names = class_names(session, self.school_year())
            note_status(session, student, before, self.today(), names)

    def move(self, uid: str, class_uid: str) -> None:
        """Put a pupil into another class; the seat of the old class is given up.

        Raises:
            UserError: the role may not, or the pupil or the class is 作废.

        """
        self.store.sitter.demand(Right.EDIT_STUDENTS)
        with self.store.change("学生调班") as session:
            student = self.store.get(Student, uid)
            names = class_names(session, self.school_year())
            old = names[student.class_uid]
            student.class_uid = self.store.get(SchoolClass, class_uid).uid
            student.seat_no, student.entry_year = None, None
            new = names[class_uid]
            write_turn(session, student, Turn.CHANGES, self.today(), from_class=old, to_class=new)

    def void(self, uid: str, reason: str) -> None:
        """Mark a pupil 作废 who was entered by mistake; who left the school is 转出, not 作废.

        Raises:
            UserError: the role may not, or it is 作废 already.

        """
        self.store.sitter.demand(Right.EDIT_STUDENTS)
        with self.store.change("作废学生"):
            self.store.get(Student, uid).void(reason)

    def open_class(self, key: ClassKey) -> str:
        """Return the uid of this class, opening it if the school does not have it yet.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.EDIT_STUDENTS)
        if self._settings.get(YEAR) is None:
            self._settings.put({YEAR: self.school_year()}, label="确定学年")
        with self.store.change("开设班级") as session:
            return class_uids(session, [key])[key]

    def ground(self) -> Ground:
        """Return what an import is compared with; nothing is written.

        Raises:
            UserError: the role may not import.

        """
        self.store.sitter.demand(Right.IMPORT)
        return read_ground(self.store, self._settings)

    def carry_out(self, plan: StudentPlan, tick: Tick = lambda *_: None) -> None:
        """Write what the preview said, as one change that one undo takes back.

        Raises:
            UserError: the role may not, or another list was imported since the preview.

        """
        self.store.sitter.demand(Right.IMPORT)
        self.store.back_up()
        write_plan(self.store, self._settings, plan, tick)

    def class_named(self, text: str) -> str:
        """Return the uid of the class of this name, opening it if the school does not have it yet.

        Raises:
            UserError: the role may not, or the text names no class.

        """
        for line in sorted(self._classes(None), key=lambda line: line.is_over):
            if line.name == text:
                return line.uid
        reader = ClassReader(self.school_year(), stage_of(self._settings))
        room = reader.read(text, None)
        if room is None:
            raise UserError(f"认不出“班级”里的“{text}”。", do="请写成“三年级2班”这样。")
        return self.open_class(room.key)

    def _classes(self, only: str | None) -> list[ClassLine]:
        with self.store.read() as session:
            return self._lines(session, only)

    def _lines(self, session: Session, only: str | None) -> list[ClassLine]:
        year = self.school_year()
        here = select(Student.class_uid, func.count()).where(Student.status == Status.HERE)
        counts = {uid: n for uid, n in session.execute(here.group_by(Student.class_uid))}
        found = session.scalars(select(SchoolClass)).all()
        lines = [
            ClassLine(
                c.uid,
                c.key,
                class_name(c.key, year),
                grade_of(c.key, year),
                counts.get(c.uid, 0),
                c.uid not in counts and (c.closed_on is not None or not may_run(c.key, year)),
            )
            for c in found
            if only in (None, c.uid)
        ]
        return sorted(lines, key=lambda line: class_order(line.key, year))

    def _check(self, facts: Mapping[str, Any]) -> None:
        born = facts.get("born_on")
        if born is not None and born > self.today():
            raise UserError(
                f"出生日期{show(born)}还没有到。", safe="没有保存。", do="请核对年份后再保存。"
            )

    def _refuse_double(
        self, session: Session, name: str, class_uid: str, born: date | None
    ) -> None:
        same = select(Student.born_on).where(
            Student.name == name, Student.class_uid == class_uid, Student.status == Status.HERE
        )
        for other in session.scalars(same):
            if born is None or other is None or born == other:
                raise UserError(
                    "这个班已经有一名同名的学生，看不出是两个人。",
                    safe="没有保存，名册没有变。",
                    do="如果确实是两个人，请把两人的出生日期都填上；不是，就直接更正原来的那一条。",
                )
