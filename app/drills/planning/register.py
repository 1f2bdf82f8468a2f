"""The plan of a term on real data: drafted without writing anything, carried out in one change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, time

from app.calendar import SchoolCalendar, TermDays
from app.core.errors import UserError
from app.core.roles import Right
from app.drills.planning.choices import ChoiceBook, away_days
from app.drills.planning.ground import Draft, Ground, Kept, PlanDay, Proposal, School
from app.drills.planning.rules import plan_term
from app.drills.records import Drill
from app.drills.register import DrillRegister, day_of
from app.drills.rules import MANNERS, Kind


class TermPlanner:
    """Plans the drills of a term.

    ``pupils`` counts those on the roll, ``since`` is the first day anything is owed. ``away``
    returns the days of a span, both ends included, on which whoever is called so is away.
    """

    def __init__(
        self,
        register: DrillRegister,
        calendar: SchoolCalendar,
        *,
        pupils: Callable[[], int],
        since: Callable[[], date | None] = lambda: None,
    ) -> None:
        self.register = register
        self.calendar = calendar
        self.choices = ChoiceBook(register.store)
        self._pupils, self._since = pupils, since
        self.away: Callable[[str, date, date], Iterable[date]] = lambda _name, _first, _last: ()

    def terms(self) -> list[TermDays]:
        """Return the terms one may plan now: the one that runs and those to come."""
        today = self.register.today()
        return [term for term in self.calendar.terms() if term.ends_on > today]

    def draft(self, code: str = "") -> Draft:
        """Return the plan of a term, "" being the one that runs; nothing is written.

        Raises:
            UserError: there is no such term, it is over, or it has no school day.

        """
        self.register.store.sitter.demand(Right.DRILLS)
        term = self.term(code)
        if term.ends_on <= self.register.today():
            raise UserError(
                f"{term.term.name}已经结束了，不用再排。", do="请选本学期或下一个学期。"
            )
        draft = plan_term(self._ground(term))
        remarks = [] if self._pupils() else ["名册里还没有学生，参加人数要等导入名册才算得出。"]
        if term.provisional:
            days = f"{term.begins_on.month}月{term.begins_on.day}日到{_said(term.ends_on)}"
            remarks.append(f"校历里还没有设这个学期，先按{days}排。")
        return draft._replace(gaps=(*draft.gaps, *remarks))

    def carry_out(self, draft: Draft, only: Collection[int] | None = None) -> list[str]:
        """Write a plan in one change, ``only`` these of its proposals; return the drills' uids.

        Raises:
            UserError: nothing is chosen, or the drills have changed since it was drafted.

        """
        register = self.register
        register.store.sitter.demand(Right.DRILLS)
        wanted = [p for n, p in enumerate(draft.proposals) if only is None or n in only]
        if not wanted:
            raise UserError("一次演练也没有选。", safe="什么都没有改动。", do="请至少勾一次。")
        made = []
        commander = self.commander()
        with register.store.change("自动排演练"):
            for one in wanted:
                made.append(self._move(one) if one.uid else self._enter(one, commander))
        return made

    def term(self, code: str = "") -> TermDays:
        """Return the term of a code, "" being the one that runs or comes next.

        Raises:
            UserError: there is no such term.

        """
        if code:
            return self.calendar.term(code)
        terms = self.terms()
        return terms[0] if terms else self.calendar.term_now()

    def school(self) -> School:
        """Return what the rules ask of this school."""
        return self.choices.school(self.choices.read())

    def commander(self) -> str | None:
        """Return who commanded last."""
        named = [drill for drill in self.register.all() if drill.commander]
        return max(named, key=day_of).commander if named else None

    def _ground(self, term: TermDays) -> Ground:
        choices = self.choices.read()
        drills = self.register.all()
        first, last = term.begins_on, term.ends_on
        days = [
            PlanDay(
                day.on,
                str(day.kind),
                day.note,
                day.provisional,
                tuple(day.themes),
                self._lessons(day.on) if day.is_school_day else (),
            )
            for day in self.calendar.days(first, last)
        ]
        before = [drill for drill in drills if drill.done_on and drill.done_on < first]
        held = {drill.kind: drill.done_on for drill in sorted(before, key=day_of)}
        return Ground(
            days,
            self.choices.school(choices),
            choices.risks,
            choices.hours,
            self.register.today(),
            [_kept(drill) for drill in drills if first <= day_of(drill) <= last],
            {kind: on for kind, on in held.items() if on},
            self._away(first, last) | away_days(choices.away),
            self.register.least_days(),
            self._since(),
        )

    def _away(self, first: date, last: date) -> dict[date, str]:
        """Return the days on which whoever commands is entered as away."""
        name = self.commander()
        return dict.fromkeys(self.away(name, first, last), name) if name else {}

    def _lessons(self, on: date) -> tuple[tuple[time, time], ...]:
        """Return when there are lessons on a day; the noon break is none of them."""
        hours = self.calendar.hours_on(on)
        if not hours:
            return ()
        first = hours[0]
        if first.back_at is None:
            return ((first.lessons_at, first.leaves_at),)
        return ((first.lessons_at, first.noon_at), (first.back_at, first.leaves_at))

    def _enter(self, one: Proposal, commander: str | None) -> str:
        return self.register.enter(
            kind=one.kind,
            title=one.title,
            scope=one.scope,
            planned_on=one.on,
            planned_at=one.hour.at,
            commander=commander,
            place=self._place(one.kind),
            why=one.why,
            by_plan=True,
        ).uid

    def _move(self, one: Proposal) -> str:
        drill = self.register.get(one.uid)
        if drill.planned_on != one.was_on or drill.done_on or drill.locked:
            raise UserError(
                f"{drill.number}在您看预览的时候改过了。",
                safe="什么都没有改动。",
                do="请重新排一次，再看一遍。",
            )
        reason = one.why.split("；")[0].split("，改到")[0]
        self.register.move(one.uid, one.on, reason=reason, at=one.hour.at)
        self.register.correct(one.uid, why=one.why, by_plan=True)
        return one.uid

    def _place(self, kind: Kind) -> str | None:
        """Return where this kind was held last."""
        held = [drill for drill in self.register.all() if drill.kind == kind and drill.place]
        return max(held, key=day_of).place if held else None


def _kept(drill: Drill) -> Kept:
    may_move = drill.by_plan and not drill.locked and drill.done_on is None
    return Kept(
        drill.uid,
        drill.kind,
        drill.title,
        drill.scope,
        day_of(drill),
        drill.planned_at,
        drill.done_on is not None,
        may_move,
        drill.manner != MANNERS[1],
    )


def _said(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
