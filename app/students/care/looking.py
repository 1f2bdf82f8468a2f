"""Looking at the pupils who are cared for: lines, what an eye opens, what waits, what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core.evidence import Done
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Blobs, Store
from app.core.views import Row
from app.students.care.filing import file_of
from app.students.care.levels import Proposal, Scale, known_from, propose
from app.students.care.reading import (
    ActLine,
    CareLine,
    Opened,
    Waiting,
    act_lines,
    care_lines,
    category_lists,
    next_dates,
    opened,
    recheck_dates,
    talks_this_term,
)
from app.students.care.records import Care, CareAct
from app.students.care.rules import Category
from app.students.register import StudentRegister

LOOK = "查看关注内容"
SCALE = "care.scale"
LABELS = {
    "categories": "关注类别",
    "level": "关注级别",
    "level_reason": "定级原因",
    "state": "状态",
    "caretaker": "包保人",
    "every": "多久看一次",
    "next_on": "下次日期",
    "plan": "下次做什么",
}


class CareBook:
    """The ledger as one reads it. A 班主任 sees the own class alone."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        today: Callable[[], date],
        labels: Mapping[str, str],
        receipts: Callable[[str], list[Row]] | None,
    ) -> None:
        self.store, self.students, self.today = store, students, today
        self.labels = {**labels, **LABELS}
        self._receipts = receipts or (lambda _: [])
        self._settings = Settings(store)

    def lines(self) -> list[CareLine]:
        """Return the lines one may see, open ones first, nothing sealed.

        Raises:
            UserError: the role may not see pupils.

        """
        pupils = {pupil.uid: pupil for pupil in self.students.pupils(everybody=True)}
        with self.store.read() as session:
            return care_lines(session, pupils, self.today())

    def get(self, uid: str) -> Care:
        """Return one line.

        Raises:
            UserError: the role may not see this pupil, or the line is 作废.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        care = self.store.get(Care, uid)
        self.students.get(care.student_uid)
        return care

    def of(self, student_uid: str) -> Care | None:
        """Return the line of a pupil, None if there is none.

        Raises:
            UserError: the role may not see this pupil.

        """
        self.students.get(student_uid)
        with self.store.read() as session:
            return session.scalars(select(Care).where(Care.student_uid == student_uid)).first()

    def all(self) -> dict[str, Care]:
        """Return every line of the pupils one may see, by pupil, for an import to compare with.

        Raises:
            UserError: the role may not import.

        """
        self.store.sitter.demand(Right.IMPORT)
        with self.store.read() as session:
            return {care.student_uid: care for care in session.scalars(select(Care))}

    def acts(self, uid: str) -> list[ActLine]:
        """Return what was done for one pupil, the newest first, without its words."""
        care = self.get(uid)
        with self.store.read() as session:
            return act_lines(session, care.id)

    def done(self, first: date, last: date) -> list[Done]:
        """Return what was done for pupils on these days by its way (家访), and nobody's name."""
        mine = {line.pupil.uid for line in self.lines()}
        columns = (CareAct.done_on, CareAct.way, CareAct.uid, CareAct.student_uid)
        wanted = select(*columns).where(CareAct.done_on.between(first, last))
        wanted = wanted.where(CareAct.void_reason.is_(None)).order_by(CareAct.done_on, CareAct.id)
        with self.store.read() as session:
            rows = session.execute(wanted).all()
        return [Done(on, way, uid, way) for on, way, uid, student in rows if student in mine]

    def sealed(self, uid: str | None = None) -> dict[str, Opened]:
        """Open what is sealed of one line, or of all one may see; the look is written down.

        Raises:
            UserError: the role may not open it.

        """
        self.store.sitter.demand(Right.SEE_SEALED)
        uids = [uid] if uid is not None else [line.uid for line in self.lines()]
        if uid is not None:
            self.get(uid)
        with self.store.read() as session:
            found = opened(session, set(uids))
        self.store.note(LOOK, about=uid)
        return found

    def pupils_with(self, category: str) -> set[str]:
        """Return the uids of the pupils cared for in this category; the look is written down.

        Raises:
            UserError: the role may not open it.

        """
        opened = self.sealed()
        return {
            line.pupil.uid
            for line in self.lines()
            if line.is_open and category in opened[line.uid].facts["categories"]
        }

    def waiting(self) -> list[Waiting]:
        """Return the next dates of all open lines, the soonest first.

        Who may see pupils learns which line it is, of the own class alone where that is all; who
        may not learns the dates. Nobody is named: this is shown on the page that opens first.
        """
        sitter = self.store.sitter
        may = sitter.may(Right.SEE_STUDENTS)
        with self.store.read() as session:
            found = next_dates(session, sitter.only_class if may else None)
        return sorted(found if may else (Waiting(one.next_on, "") for one in found))

    def rechecks(self) -> list[Waiting]:
        """Return the days on which records of health are to be looked at again, the soonest first.

        Of the own class alone where one sees no other; nobody is named.

        Raises:
            UserError: the role may not see pupils.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        with self.store.read() as session:
            return sorted(recheck_dates(session, self.store.sitter.only_class))

    def background(self, student_uid: str) -> tuple[str | None, int]:
        """Return what else than the blanks speaks for a level: 留守, and this term's talks.

        Raises:
            UserError: the role may not see this pupil.

        """
        student, care = self.students.get(student_uid), self.of(student_uid)
        if care is None:
            return student.left_behind, 0
        with self.store.read() as session:
            return student.left_behind, talks_this_term(session, care.id, self.today())

    def proposal(self, student_uid: str, facts: Mapping[str, Any]) -> Proposal:
        """Return the level these facts ask for, with what is known of the pupil already.

        Raises:
            UserError: the role may not see this pupil.

        """
        return propose(known_from(facts, *self.background(student_uid)), self.scale())

    def scale(self) -> Scale:
        """Return from how many grounds on a level is asked for at this school."""
        kept: dict[str, Any] = self._settings.get(SCALE) or {}
        usual = Scale()
        grave = tuple(kept.get("grave", usual.grave))
        numbers = {key: int(value) for key, value in kept.items() if key != "grave"}
        return replace(usual, grave=grave, **numbers)

    def traces(self, student_uid: str) -> list[str]:
        """Return the uids of all that is kept here of a pupil, the 作废 too, to be forgotten.

        Raises:
            UserError: the role may not clean up after pupils.

        """
        self.store.sitter.demand(Right.EDIT_STUDENTS)
        with self.store.read() as session:
            found = [
                session.scalars(
                    select(kind.uid)
                    .where(kind.student_uid == student_uid)
                    .execution_options(**WITH_VOID)
                ).all()
                for kind in (Care, CareAct)
            ]
        return [uid for uids in found for uid in uids]

    def counts(self) -> tuple[list[tuple[str, int]], int]:
        """Return how many pupils are cared for in each category, and how many in all.

        The whole school's, whoever asks; who shows them leaves out what is too small to be told.

        Raises:
            UserError: the role may not see pupils.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        with self.store.read() as session:
            found = category_lists(session)
        numbers = Counter(str(name) for categories in found for name in set(categories))
        return [(str(category), numbers[category]) for category in Category], len(found)

    def file(self, student_uid: str) -> Row:
        """Return all that is kept of one child (一生一档); the look is written down.

        A child nobody cares for especially has a file too: the roster and the letters.

        Raises:
            UserError: the role may not open it, or not see this pupil.

        """
        self.store.sitter.demand(Right.SEE_SEALED)
        student = self.students.get(student_uid)
        pupils = self.students.pupils(class_uid=student.class_uid, everybody=True)
        pupil = next(one for one in pupils if one.uid == student_uid)
        roster = self.students.sealed(student_uid)[student_uid]
        care = self.of(student_uid)
        seen = self.sealed(care.uid)[care.uid] if care else None
        return file_of(
            pupil,
            roster,
            care,
            seen,
            labels=self.labels,
            receipts=self._receipts(student_uid),
            photo=Blobs(self.store).get,
        )
