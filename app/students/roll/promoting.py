"""一键升级: what it would do, and doing it as one change that one undo takes back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.calendar import term_of, year_name
from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.core.values import show
from app.students.intake import YEAR
from app.students.lines import Pupil
from app.students.records import SchoolClass, Student
from app.students.register import StudentRegister
from app.students.roll.drafts import Choices, Draft, Special
from app.students.roll.moving_up import check_sums, write_draft
from app.students.roll.rules import (
    Fate,
    Line,
    Proposal,
    Room,
    Turn,
    Way,
    chosen,
    is_running,
    keys_after,
    places_for,
    propose,
)
from app.students.rules import ClassKey, Status, class_name

LABEL = "一键升级"
_MOST_AHEAD = timedelta(days=366)
_NOTHING = "什么都没有改动，学年和班级都是原来的。"


class PromotionDesk:
    """Moves the school on to the next school year. Only the school year moves; classes keep theirs.

    What a pupil apart from the class does, and who leaves, is written as the pupil's turn.
    """

    def __init__(self, students: StudentRegister) -> None:
        self._students = students
        self._store = students.store
        self._settings = Settings(students.store)

    def draft(self, on: date, choices: Choices | None = None) -> Draft:
        """Work out what promoting on this day would do; nothing is written.

        Raises:
            UserError: the role may not, it was done for this year already, or the clock is wrong.

        """
        self._store.sitter.demand(Right.EDIT_STUDENTS)
        choices = choices or Choices()
        year = self._students.school_year() + 1
        self._refuse_wrong_day(on, year)
        with self._store.read() as session:
            rooms = _rooms(session, year - 1)
            resting = session.scalar(
                select(func.count()).select_from(Student).where(Student.status == Status.RESTING)
            )
        proposal = propose(rooms, year, choices.answers, choices.openings)
        pupils = self._students.pupils()
        keys = keys_after(proposal, choices.answers, year)
        made = _Sorting(proposal, rooms, keys, choices, year)
        goes = {pupil.uid: made.way_of(pupil) for pupil in pupils}
        counts = Counter(_outcome(*goes[pupil.uid]) for pupil in pupils)
        asks = [
            f"{line.title}有{line.heads}人没有写是哪个年级，请选他们去哪里。"
            for line in proposal.lines
            if line.heads and chosen(line, choices.answers).fate is Fate.ASK
        ]
        return Draft(
            year,
            on,
            proposal,
            pupils,
            goes,
            made.count_after(pupils, goes),
            counts,
            _warnings(on, year, resting or 0),
            asks,
            keys,
            {room.uid: room.key for room in rooms},
        )

    def carry_out(self, on: date, choices: Choices | None = None) -> Draft:
        """Promote the school; one undo brings all of it back, the school year too.

        Raises:
            UserError: see ``draft``; or something is still to be said.

        """
        self._store.sitter.demand(Right.EDIT_STUDENTS)
        choices = choices or Choices()
        if self._settings.get(YEAR) is None:  # so that an undo has a year to go back to
            self._settings.put({YEAR: self._students.school_year()}, label="确定学年")
        self._store.back_up()
        with self._store.change(LABEL) as session:
            draft = self.draft(on, choices)
            self._refuse_open(draft, choices)
            write_draft(session, draft, choices)
            self._settings.put({YEAR: draft.year})
            session.flush()
            check_sums(session, draft)
        return draft

    def _refuse_wrong_day(self, on: date, year: int) -> None:
        if (doubt := self._store.clock.warning()) is not None:
            raise UserError(doubt.what, safe=_NOTHING, do=doubt.do)
        if on > self._students.today() + _MOST_AHEAD:
            raise UserError(
                f"升级的日期{show(on)}离今天超过一年。", safe=_NOTHING, do="请核对年份。"
            )
        term = term_of(on)
        if year > term.year + (term.number == 2):
            raise UserError(
                f"班级已经是{year_name(year - 1)}的了，一个学年只升一次。",
                safe=_NOTHING,
                do="下一次在这个学年结束的暑假。刚才升错了就按 Ctrl+Z 撤销；"
                "个别学生的班级在名册里单独改。",
            )

    def _refuse_open(self, draft: Draft, choices: Choices) -> None:
        open_ones = [*draft.asks]
        for special in choices.specials.values():
            if special.turn is not Turn.MOVED_OUT and special.key is None:
                open_ones.append(f"有一名{special.turn}的学生还没有选去哪个班。")
            if special.turn is Turn.SKIPS and not special.words.strip():
                open_ones.append("跳级要写一句理由。")
        if open_ones:
            raise UserError("".join(dict.fromkeys(open_ones)), safe=_NOTHING, do="选好再升级。")


class _Sorting:
    """Says of each pupil where it goes."""

    def __init__(
        self,
        proposal: Proposal,
        rooms: Sequence[Room],
        keys: Sequence[ClassKey],
        choices: Choices,
        year: int,
    ) -> None:
        self._year, self._keys, self._choices = year, keys, choices
        self._rooms = {room.uid: room for room in rooms}
        self._after = proposal.rooms_after
        self._lines: dict[tuple[str, int | None, bool], Line] = {
            (line.room, line.year, line.is_part): line for line in proposal.lines
        }

    def way_of(self, pupil: Pupil) -> tuple[Way, str]:
        """Return what becomes of a pupil, and the turn that is, empty for the usual one."""
        special = self._choices.specials.get(pupil.uid)
        if special is not None:
            if special.turn is Turn.MOVED_OUT:
                return Way(Turn.MOVED_OUT, Fate.LEAVE), Turn.MOVED_OUT
            return self._apart(pupil, special), special.turn
        line = self._line_of(pupil)
        way = chosen(line, self._choices.answers) if line else Way("", Fate.STAY)
        if way.fate is Fate.LEAVE:
            return way, Turn.GRADUATED
        is_onward = way.fate is Fate.INTO and way.key != self._after.get(pupil.class_uid)
        return way, Turn.UP if is_onward else ""

    def _line_of(self, pupil: Pupil) -> Line | None:
        room = self._rooms[pupil.class_uid]
        if room.key.other_years:
            return self._lines.get((room.uid, pupil.own_year, True))
        return self._lines.get((room.uid, None, False))

    def _apart(self, pupil: Pupil, special: Special) -> Way:
        if special.key is None:
            return Way(special.turn, Fate.ASK)
        own = self.own_year(pupil)
        places = places_for(special.turn, special.key.stage, own, [special.key])
        own_year = places[0][1] if places and special.key.other_years else None
        return Way(special.turn, Fate.INTO, special.key, own_year)

    def own_year(self, pupil: Pupil) -> int:
        """Return the entry year that is the pupil's own."""
        key = self._rooms[pupil.class_uid].key
        return pupil.own_year if pupil.own_year is not None else key.entry_year

    def count_after(
        self, pupils: Sequence[Pupil], goes: Mapping[str, tuple[Way, str]]
    ) -> list[tuple[str, int]]:
        """Return how many pupils each class has then, the youngest first."""
        counts: dict[ClassKey, int] = defaultdict(int)
        for pupil in pupils:
            way = goes[pupil.uid][0]
            key = way.key if way.fate is Fate.INTO else self._after.get(pupil.class_uid)
            if way.fate in (Fate.STAY, Fate.INTO) and key is not None:
                counts[key] += 1
        return [(class_name(key, self._year), counts[key]) for key in self._keys]


def _rooms(session: Session, year: int) -> list[Room]:
    here = select(Student.class_uid, Student.entry_year, func.count()).where(
        Student.status == Status.HERE
    )
    counts: dict[str, dict[int | None, int]] = defaultdict(dict)
    for uid, own, count in session.execute(here.group_by(Student.class_uid, Student.entry_year)):
        counts[uid][own] = count
    return [
        Room(room.uid, room.key, counts[room.uid])
        for room in session.scalars(select(SchoolClass))
        if counts[room.uid] or (room.closed_on is None and is_running(room.key, year))
    ]


def _outcome(way: Way, turn: str) -> str:
    return turn or "跟班升级"


def _warnings(on: date, year: int, resting: int) -> list[str]:
    said = []
    if year > term_of(on).year:
        said.append(f"现在还没有到8月（{show(on)}），{year_name(year)}要到9月才开始。")
    elif year < term_of(on).year:
        said.append(f"学年落后了：升完这一次是{year_name(year)}，还要再升一次才是现在的学年。")
    if resting:
        said.append(f"休学的{resting}人不动，复学时再选班。")
    return said


__all__ = ["Choices", "Draft", "PromotionDesk", "Special"]
