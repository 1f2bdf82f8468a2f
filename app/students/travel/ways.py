"""How each pupil comes to school this term: what was said, carried over, or never said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select

from app.calendar import term_counter
from app.core.calendar import Term
from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.students.register import StudentRegister
from app.students.travel.lines import (
    LABELS,
    LAST_TERM,
    ROSTER,
    SAID,
    UNSAID,
    TravelLine,
    before,
    check_way,
    way_of,
)
from app.students.travel.records import Travel
from app.students.travel.rules import Way, flags, read_mode


class WayBook:
    """The ways to school, pupil by pupil. A 班主任 sees and writes the own class alone."""

    def __init__(
        self, store: Store, students: StudentRegister, today: Callable[[], date] = date.today
    ) -> None:
        self.store, self.students, self.today = store, students, today

    def term(self) -> Term:
        """Return the term that runs."""
        with self.store.read() as session:
            return term_counter(session)(self.today())

    def lines(self, class_uid: str | None = None) -> list[TravelLine]:
        """Return the way of every pupil one may see, by class and seat.

        What nobody has said this term is carried over from the term before, else read from the
        roster, and waits to be confirmed.

        Raises:
            UserError: the role may not see pupils.

        """
        pupils = self.students.pupils(class_uid=class_uid)
        this, last = self.term().code, before(self.term()).code
        known: dict[tuple[str, str], Way] = {}
        with self.store.read() as session:
            for one in session.scalars(select(Travel).where(Travel.term.in_((this, last)))):
                known[one.student_uid, one.term] = way_of(one)
        lines = []
        for pupil in pupils:
            way, source = known.get((pupil.uid, this)), SAID
            if way is None and (way := known.get((pupil.uid, last))):
                source = LAST_TERM
            if way is None and (mode := read_mode(pupil.travel)):
                way, source = Way(mode, mode), ROSTER
            said = tuple(flags(way, pupil.born_on, self.today())) if way else ()
            lines.append(TravelLine(pupil, way, source if way else UNSAID, said))
        return lines

    def say(self, ways: Mapping[str, Way]) -> int:
        """Write down how these pupils come this term, as one change; return how many changed.

        Raises:
            UserError: the role may not, not see a pupil, or a way is no way.

        """
        self.store.sitter.demand(Right.BOARDING)
        term, changed = self.term().code, 0
        seen = {pupil.uid for pupil in self.students.pupils()}
        with self.store.change("登记上下学方式") as session:
            mine = select(Travel).where(Travel.term == term)
            known = {one.student_uid: one for one in session.scalars(mine)}
            for uid, way in ways.items():
                if uid not in seen:
                    self.students.get(uid)  # which says why not
                check_way(way)
                one = known.get(uid)
                if one is not None and way_of(one) == way:
                    continue
                changed += 1
                if one is None:
                    one = Travel(student_uid=uid, term=term)
                    session.add(one)
                one.to_mode, one.from_mode = way.to_mode, way.from_mode
                one.escort, one.plate = way.escort or None, way.plate.strip() or None
                one.km, one.dangers = way.km, list(way.dangers) or None
        return changed

    def say_one(self, uid: str, way: Way, *, seen: int | None) -> bool:
        """Write down how one pupil comes this term; return whether that is news.

        ``seen`` is the revision of what stood there when the dialog was opened, None for nothing.

        Raises:
            UserError: the role may not, not see the pupil, the way is no way, or somebody else
                has written it down meanwhile.

        """
        self.store.sitter.demand(Right.BOARDING)
        one = self.said(uid)
        if one is not None and seen is None:
            raise UserError(
                f"您填写的时候，别处已经登记了：上学{one.to_mode}，放学{one.from_mode}。",
                safe="您填的没有存上，别人登记的都在。",
                do="请关上这个窗口，看过新的内容再填。",
            )
        if one is not None:
            check_unchanged(self.store, one, seen, name="这名学生的上下学方式", labels=LABELS)
        return self.say({uid: way}) == 1

    def line(self, uid: str) -> TravelLine:
        """Return the way of one pupil as the list shows it.

        Raises:
            UserError: the role may not see this pupil, or the pupil is not here any more.

        """
        class_uid = self.students.get(uid).class_uid
        for line in self.lines(class_uid):
            if line.pupil.uid == uid:
                return line
        raise UserError("这名学生现在不在校，不用登记上下学方式。", safe="没有改动。")

    def record_uid(self, uid: str) -> str:
        """Return the uid of what was said of one pupil this term, "" if nothing was."""
        said = self.said(uid)
        return said.uid if said else ""

    def said(self, uid: str) -> Travel | None:
        """Return what was said of one pupil this term, None if nothing was.

        Raises:
            UserError: the role may not see this pupil.

        """
        self.students.get(uid)
        mine = select(Travel).where(Travel.term == self.term().code, Travel.student_uid == uid)
        with self.store.read() as session:
            return session.scalars(mine).first()

    def confirm(self, class_uid: str | None = None) -> int:
        """Confirm all that is carried over as it stands; return how many pupils that was.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.BOARDING)
        lines = self.lines(class_uid)
        return self.say({x.pupil.uid: x.way for x in lines if x.way and not x.is_said})
