"""What one does with single pupils: 转入, 转出, 休学, 复学, 调班, seats; and who has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.students.records import SchoolClass, Student, StudentTurn
from app.students.register import StudentRegister
from app.students.roll.entries import TURN_KEYS, TurnEntry, entries, turn_row, words_of
from app.students.roll.leavers import GONE, Leaver, TurnLine, leavers, turns_of
from app.students.roll.rooms import NOTHING, ClassBook, refusal
from app.students.roll.rules import Turn
from app.students.roll.turns import class_names, note_status, write_turn
from app.students.rules import ClassKey, Status, grade_of

_STATUS = {Turn.MOVED_OUT: Status.MOVED, Turn.RESTS: Status.RESTING, Turn.GRADUATED: Status.DONE}
_MOST_SEATS = 99
LOOK = "查看学籍异动的说明"


class TurnRegister(ClassBook):
    """The acts of the roll, each for one or several pupils at once, each one undo."""

    def __init__(self, students: StudentRegister) -> None:
        super().__init__(students)
        self.views: dict[str, View] = {
            "list": self._listed,
            "list_sealed": self._listed_sealed,
            "sheet": self._listed_sealed,
        }

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

    def entries(self) -> list[TurnEntry]:
        """Return every turn of the pupils one may see, the latest first, without its words.

        Raises:
            UserError: the role may not see pupils.

        """
        pupils = {pupil.uid: pupil for pupil in self.students.pupils(everybody=True)}
        with self._store.read() as session:
            return entries(session, pupils)

    def reasons(self) -> dict[str, str]:
        """Open what was said of the turns, by uid; the look is written down.

        Raises:
            UserError: the role may not open it.

        """
        self._store.sitter.demand(Right.SEE_SEALED)
        mine = {entry.uid for entry in self.entries()}
        with self._store.read() as session:
            found = words_of(session)
        self._store.note(LOOK)
        return {uid: words for uid, words in found.items() if uid in mine}

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
                    raise refusal(f"有一名学生已经{student.status}。")
                before, student.status = student.status, str(_STATUS[turn])
                student.seat_no = None
                note_status(session, student, before, on, names, words)

    def come_back(
        self,
        uids: Sequence[str],
        class_uid: str,
        *,
        on: date,
        words: str = "",
        grade: str = "",
    ) -> None:
        """Take pupils back who rested or had left; ``grade`` says which, in a combined class.

        Raises:
            UserError: the role may not, the day lies ahead, one of them is here, or nobody says
                which grade of a combined class it is.

        """
        self._demand(on)
        with self._store.change("复学、转回") as session:
            names = class_names(session, self.students.school_year())
            room = self._store.get(SchoolClass, class_uid)
            for student in self._students(session, uids):
                if student.status == Status.HERE:
                    raise refusal("有一名学生正在读，不用复学。")
                before, student.status = student.status, str(Status.HERE)
                own = self._own_year(room.key, grade, student, before)
                if student.class_uid != room.uid:
                    student.class_uid, student.seat_no = room.uid, None
                student.entry_year = own
                note_status(session, student, before, on, names, words)

    def take_in(self, *, on: date, words: str = "", **facts: Any) -> Student:
        """Enter a pupil who comes from another school (转入); ``words`` say from which.

        Raises:
            UserError: the role may not, the day lies ahead, or the class has this pupil already.

        """
        self._demand(on)
        with self._store.change("学生转入") as session:
            student = self.students.add(**facts | {"status": str(Status.HERE)})
            name = class_names(session, self.students.school_year())[student.class_uid]
            write_turn(session, student, Turn.CAME, on, from_class=None, to_class=name, words=words)
        return student

    def correct_turn(self, uid: str, *, on: date, words: str | None) -> None:
        """Put right when a turn was and what was said of it; what it did stays.

        Raises:
            UserError: the role may not, the day lies ahead, or the turn is 作废.

        """
        self._demand(on)
        with self._store.change("更正学籍异动"):
            turn = self._store.get(StudentTurn, uid)
            turn.turned_on, turn.words = on, (words or "").strip() or None

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
                    raise refusal(f"有一名学生已经{student.status}。")
                old = self._store.get(SchoolClass, student.class_uid)
                if old.uid == room.uid:
                    continue
                turn, own = _turn_into(student.entry_year or old.key.entry_year, old.key, room.key)
                if turn is Turn.SKIPS and not words.strip():
                    raise UserError(
                        f"{_how_high(student, old.key, room.key)}：跳级要在“说明”里写一句理由。",
                        safe=NOTHING,
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
                    raise refusal(f"座号{seat}不对，座号是1到{_MOST_SEATS}。")
                if seat is not None and seat in taken:
                    raise refusal(f"{seat}号有两个人：{taken[seat]}和{student.name}。")
                if seat is not None:
                    taken[seat] = student.name
                if student.seat_no != seat:
                    student.seat_no = seat

    # --- within -------------------------------------------------------------------------------
    def _demand(self, on: date) -> None:
        self._store.sitter.demand(Right.EDIT_STUDENTS)
        if on > self.students.today():
            raise UserError(f"{show(on)}还没有到。", safe=NOTHING, do="请核对日期。")

    def _students(self, session: Session, uids: Sequence[str]) -> list[Student]:
        return [self._store.get(Student, uid) for uid in uids]

    def _own_year(self, key: ClassKey, grade: str, student: Student, before: str) -> int | None:
        """Return which entry year of a combined class is the pupil's; None in a plain one.

        Raises:
            UserError: nobody said which, or the class has no such grade.

        """
        if not key.other_years:
            return None
        year = self.students.school_year()
        stays = student.entry_year if before == Status.RESTING else None
        if not grade and stays in key.years:
            return stays
        for own in key.years:
            if grade_of(key, year, own) == grade:
                return own
        offered = "、".join(grade_of(key, year, own) for own in key.years)
        raise UserError(
            f"这是复式班，里面有{offered}，没有说回到哪个年级。",
            safe=NOTHING,
            do="请选好年级再保存。",
        )

    def _listed(self, where: Filter) -> list[Row]:
        return keep(map(turn_row, self.entries()), where, TURN_KEYS)

    def _listed_sealed(self, where: Filter) -> list[Row]:
        said = self.reasons()
        rows = (turn_row(entry, said.get(entry.uid)) for entry in self.entries())
        return keep(rows, where, TURN_KEYS)


def _how_high(student: Student, old: ClassKey, new: ClassKey) -> str:
    """Say how many grades higher than now a class is, so that a slip of the hand is seen."""
    up = (student.entry_year or old.entry_year) - max(new.years)
    return f"这是高{up}个年级的班" if up > 1 else "这是高一个年级的班"


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


__all__ = ["Leaver", "TurnLine", "TurnRegister"]
