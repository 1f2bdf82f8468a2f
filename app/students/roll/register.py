"""What one does with single pupils and classes: 转出, 休学, 复学, 调班, seats; and who has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.calendar import entry_of
from app.core.errors import UserError
from app.core.roles import Right
from app.core.values import show
from app.students.records import SchoolClass, Student
from app.students.register import StudentRegister
from app.students.roll.leavers import GONE, Leaver, TurnLine, leavers, turns_of
from app.students.roll.rules import Turn
from app.students.roll.turns import class_names, note_status, write_turn
from app.students.rules import ClassKey, Status, class_name

_NOTHING = "没有改动，名册还是原来的。"
_STATUS = {Turn.MOVED_OUT: Status.MOVED, Turn.RESTS: Status.RESTING, Turn.GRADUATED: Status.DONE}
_MOST_SEATS = 99


class TurnRegister:
    """The acts of the roll, each for one or several pupils at once, each one undo."""

    def __init__(self, students: StudentRegister) -> None:
        self.students = students
        self._store = students.store

    # --- looking ------------------------------------------------------------------------------
    def leavers(self) -> list[Leaver]:
        """Return who has left, the latest first; a 班主任 sees those of the own class.

        Raises:
            UserError: the role may not see pupils.

        """
        pupils = {pupil.uid: pupil for pupil in self.students.pupils(everybody=True)}
        with self._store.read() as session:
            return leavers(session, pupils)

    def turns(self, uid: str) -> list[TurnLine]:
        """Return how a pupil came, moved about and left, the oldest first.

        Raises:
            UserError: the role may not see this pupil.

        """
        self.students.get(uid)
        with self._store.read() as session:
            return turns_of(session, uid)

    # --- pupils -------------------------------------------------------------------------------
    def leave(self, uids: Sequence[str], turn: Turn, *, on: date, words: str = "") -> None:
        """Let pupils leave (转出, 毕业) or rest (休学); their seats are given up.

        Raises:
            UserError: the role may not, the day lies ahead, or one of them is not here.

        """
        self._demand(on)
        with self._store.change(f"学生{turn}") as session:
            names = class_names(session, self.students.school_year())
            for student in self._students(session, uids):
                if student.status not in (Status.HERE, Status.RESTING):
                    raise _refusal(f"有一名学生已经{student.status}。")
                before, student.status = student.status, str(_STATUS[turn])
                student.seat_no = None
                note_status(session, student, before, on, names, words)

    def come_back(self, uids: Sequence[str], class_uid: str, *, on: date, words: str = "") -> None:
        """Take pupils back who rested or had left, into this class.

        Raises:
            UserError: the role may not, the day lies ahead, or one of them is here.

        """
        self._demand(on)
        with self._store.change("复学、转回") as session:
            names = class_names(session, self.students.school_year())
            room = self._store.get(SchoolClass, class_uid)
            for student in self._students(session, uids):
                if student.status == Status.HERE:
                    raise _refusal("有一名学生正在读，不用复学。")
                before, student.status = student.status, str(Status.HERE)
                if student.class_uid != room.uid:
                    student.class_uid, student.entry_year, student.seat_no = room.uid, None, None
                note_status(session, student, before, on, names, words)

    def move(self, uids: Sequence[str], class_uid: str, *, on: date, words: str = "") -> Turn:
        """Put pupils into another class; which grade it is says whether that is 调班, 留级 or 跳级.

        Raises:
            UserError: the role may not, one of them has left, or a pupil would skip a grade
                without a reason.

        """
        self._demand(on)
        with self._store.change("学生调班") as session:
            names = class_names(session, self.students.school_year())
            room = self._store.get(SchoolClass, class_uid)
            turn = Turn.CHANGES
            for student in self._students(session, uids):
                if student.status in GONE:
                    raise _refusal(f"有一名学生已经{student.status}。")
                old = self._store.get(SchoolClass, student.class_uid)
                if old.uid == room.uid:
                    continue
                turn, own = _turn_into(student.entry_year or old.key.entry_year, old.key, room.key)
                if turn is Turn.SKIPS and not words.strip():
                    raise UserError(
                        "这是高一个年级的班：跳级要在“说明”里写一句理由。",
                        safe=_NOTHING,
                        do="写好再保存；选错了班就改选。",
                    )
                student.class_uid, student.seat_no, student.entry_year = room.uid, None, own
                write_turn(
                    session,
                    student,
                    turn,
                    on,
                    from_class=names[old.uid],
                    to_class=names[room.uid],
                    words=words,
                )
        return turn

    def seat(self, class_uid: str, seats: Mapping[str, int | None]) -> None:
        """Give the pupils of a class these seats, by uid; who is not named keeps the own.

        Raises:
            UserError: the role may not, or two would have the same seat.

        """
        self._store.sitter.demand(Right.EDIT_STUDENTS)
        with self._store.change("座号重排") as session:
            here = select(Student).where(
                Student.class_uid == class_uid, Student.status == Status.HERE
            )
            taken: dict[int, str] = {}
            for student in session.scalars(here).all():
                seat = seats.get(student.uid, student.seat_no)
                if seat is not None and not 1 <= seat <= _MOST_SEATS:
                    raise _refusal(f"座号{seat}不对，座号是1到{_MOST_SEATS}。")
                if seat is not None and seat in taken:
                    raise _refusal(f"{seat}号有两个人：{taken[seat]}和{student.name}。")
                if seat is not None:
                    taken[seat] = student.name
                if student.seat_no != seat:
                    student.seat_no = seat

    # --- classes ------------------------------------------------------------------------------
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
                    raise _refusal(f"已经有{name}了。")
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
                    safe=_NOTHING,
                    do="请先把他们调到别的班。",
                )
            room.closed_on = self.students.today()

    # --- within -------------------------------------------------------------------------------
    def _demand(self, on: date) -> None:
        self._store.sitter.demand(Right.EDIT_STUDENTS)
        if on > self.students.today():
            raise UserError(f"{show(on)}还没有到。", safe=_NOTHING, do="请核对日期。")

    def _students(self, session: Session, uids: Sequence[str]) -> list[Student]:
        return [self._store.get(Student, uid) for uid in uids]

    def _key(self, grades: Sequence[str], number: int) -> ClassKey:
        year = self.students.school_year()
        places = [entry_of(grade, year) for grade in dict.fromkeys(grades)]
        if len({stage for stage, _ in places}) != 1:
            raise _refusal("复式班的几个年级要在同一个学段。")
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
                safe=_NOTHING,
                do="请先把他们调到自己年级的班，再改这个班。",
            )
        student.entry_year = own if key.other_years else None


def _turn_into(own: int, old: ClassKey, new: ClassKey) -> tuple[Turn, int | None]:
    """Return what moving into this class is, and the own year there in a combined one."""
    if old.stage != new.stage:
        return Turn.UP, None
    for turn, year in (
        (Turn.CHANGES, own),
        (Turn.REPEATS, own + 1),
        (Turn.SKIPS, own - 1),
    ):
        if year in new.years:
            return turn, year if new.other_years else None
    return (Turn.REPEATS if min(new.years) > own else Turn.SKIPS), None


def _refusal(what: str) -> UserError:
    return UserError(what, safe=_NOTHING, do="请改好再保存。")


__all__ = ["Leaver", "TurnLine", "TurnRegister"]
