"""The register of duties: rosters planned, taken, changed by hand, announced; asked by others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.duties.announcing import Announcing
from app.duties.carrying import Carrying, Terms, stood_frame
from app.duties.ground import Ground
from app.duties.month import DutyMonth
from app.duties.planning import (
    Break,
    Cell,
    Explainer,
    Frame,
    Half,
    Person,
    Pool,
    Post,
    Roster,
    Rule,
    Seat,
    check,
    fairness,
    new_breaks,
)
from app.duties.planning.rules import applies
from app.duties.proposing import Proposal, propose
from app.duties.records import DutySeat, DutySwap, Way
from app.duties.seats import KeptSeat, Seats
from app.duties.spans import SAFE, check_span, month_of, span_words
from app.duties.swaps import SwapBook
from app.duties.town import town_rows
from app.duties.views import duty_views

_AROUND = timedelta(days=3)  # no rule looks further


class DutyRegister:
    """The school's rosters. Every act by hand is done and says what rules it breaks."""

    def __init__(
        self, store: Store, ground: Ground, terms: Terms, *, today: Callable[[], date]
    ) -> None:
        self.store, self.ground, self.today = store, ground, today
        self.seats = Seats(store)
        self.carrying = Carrying(ground, self.seats, terms)
        self.announcing = Announcing(store, self.seats, today)
        self.swaps = SwapBook(self)
        self.views: dict[str, View] = duty_views(self)
        self.views["town"] = partial(town_rows, store, ground)

    # What others ask

    def frame(self, first: date, last: date) -> Frame:
        """Return everything a roster of these days, both included, is made from.

        Raises:
            UserError: the span ends before it begins, or is longer than a school year.

        """
        check_span(first, last)
        carry = self.carrying.into(first)
        return self._frame(first, last, carry)

    def roster(self, first: date, last: date) -> Roster:
        """Return who stands where on these days, with the gaps there are.

        Raises:
            UserError: the span ends before it begins, or is longer than a school year.

        """
        roster = Roster(self.frame(first, last), self.seats.between(first, last))
        return replace(roster, gaps=Explainer(roster).gaps())

    def on(self, day: date) -> list[tuple[Post, tuple[Person, ...]]]:
        """Return the posts stood on a day, in their order, with those who stand there."""
        known = self.people()
        here: dict[str, list[Person]] = {}
        for seat in self.seats.between(day, day):
            here.setdefault(seat.cell.post_uid, []).append(known[seat.person_uid])
        (this,) = self.ground.days_of(day, day)
        return [
            (post, tuple(here.get(post.uid, ())))
            for post in self.ground.posts(day, day)
            if applies(post, this) or post.uid in here
        ]

    def seats_of(self, person_uid: str, first: date, last: date) -> list[tuple[date, str]]:
        """Return the days and posts at which somebody stands on these days."""
        posts = {post.uid: post.name for post in self.ground.posts(first, last)}
        return [
            (seat.cell.on, posts.get(seat.cell.post_uid, "（岗位已停用）"))
            for seat in self.seats.between(first, last)
            if seat.person_uid == person_uid
        ]

    def affected(self, first: date, last: date) -> list[tuple[date, str]]:
        """Name the duties on these days, for whoever is about to change what the days are."""
        names = {uid: one.name for uid, one in self.people().items()}
        posts = {post.uid: post.name for post in self.ground.posts(first, last)}
        found: dict[Cell, list[str]] = {}
        for seat in self.seats.between(first, last):
            found.setdefault(seat.cell, []).append(names.get(seat.person_uid, ""))
        return [
            (cell.on, f"值班 {posts.get(cell.post_uid, '（岗位已停用）')}（{'、'.join(who)}）")
            for cell, who in found.items()
        ]

    def waiting(self, first: date, last: date) -> list[tuple[date, str]]:
        """Say for each of these days which duties are provisional as long as the day is."""
        posts = {post.uid: post.name for post in self.ground.posts(first, last)}
        many: dict[date, list[str]] = {}
        for seat in self.seats.between(first, last):
            many.setdefault(seat.cell.on, []).append(posts.get(seat.cell.post_uid, ""))
        return [
            (on, f"值班 {'、'.join(filter(None, dict.fromkeys(names)))}（{len(names)}人次）")
            for on, names in many.items()
        ]

    def people(self) -> Mapping[str, Person]:
        """Return everybody a seat can name, also those who have left, by uid."""
        return {one.uid: one for one in (*self.ground.gone(), *self.ground.people())}

    def fairness(self, first: date, last: date) -> list[Pool]:
        """Return the pools of these days, with what people carried into them.

        Raises:
            UserError: the span ends before it begins, or is longer than a school year.

        """
        check_span(first, last)
        seats = self.seats.between(first, last)
        if last >= self.today():
            return fairness(Roster(self.frame(first, last), seats))
        carry = self.carrying.into(first)
        return fairness(Roster(stood_frame(self.ground, first, last, seats, carry), seats))

    def breaks(self, roster: Roster) -> list[Break]:
        """Return the rules a roster breaks; who has left is none for a day that is over."""
        return [
            one
            for one in check(roster)
            if one.rule is not Rule.UNKNOWN or one.cell.on >= self.today()
        ]

    def month(self, on: date) -> DutyMonth:
        """Return the month a day lies in, read once."""
        return DutyMonth(self, *month_of(on))

    # Planning

    def plan(self, first: date, last: date, *, seed: int = 0) -> Proposal:
        """Propose a roster for these days, both included; nothing is written.

        Locked seats stay, and days that are over on which somebody stood. What was announced
        changes as little as it can.

        Raises:
            UserError: the span cannot be, or there is no post to be stood in it.

        """
        return self.planner(first, last, seed=seed)()

    def planner(self, first: date, last: date, *, seed: int = 0) -> Callable[[], Proposal]:
        """Read all a roster of these days needs; what is returned plans, and reads no more.

        Raises:
            UserError: the span cannot be, or there is no post to be stood in it.

        """
        frame = self.frame(first, last)
        if not any(applies(post, day) for day in frame.days for post in frame.posts):
            raise UserError(
                f"{span_words(first, last)}没有要值的岗位。",
                safe=SAFE,
                do="请先在“岗位”里设好岗位和哪些日子要值，再排班。",
            )
        kept = self.seats.between(first, last)
        announced = self.announcing.days(first, last)
        return partial(propose, frame, kept, today=self.today(), announced=announced, seed=seed)

    def take(self, proposal: Proposal) -> None:
        """Make a proposal the roster, as one change.

        Raises:
            UserError: the role may not, or somebody changed the roster meanwhile.

        """
        self.store.sitter.demand(Right.DUTIES)
        first, last = proposal.first, proposal.last
        if set(self.seats.between(first, last)) != set(proposal.before):
            raise UserError(
                "看预览的时候，值班表有人改过了。", safe=SAFE, do="请再排一次，看过新的再写入。"
            )
        with self.store.change("排班") as session:
            self.seats.write(session, proposal.roster.seats, first, last)

    # By hand

    def put(self, cell: Cell, person_uid: str, *, instead_of: str = "") -> list[Break]:
        """Let somebody stand there, in a person's place or besides; return what that breaks.

        Raises:
            UserError: the role may not, the person stands there already, or the other does not.

        """
        self.store.sitter.demand(Right.DUTIES)
        found = self.breaks_by(cell, person_uid, instead_of=instead_of)
        with self.store.change("换值班人" if instead_of else "排一人值班"):
            self.seat(cell, person_uid, instead_of=instead_of)
        return found

    def seat(
        self, cell: Cell, person_uid: str, *, instead_of: str = "", slip: DutySwap | None = None
    ) -> None:
        """Let somebody stand there inside a change; what a slip has settled is locked.

        Raises:
            UserError: the person stands there already, or the other does not.

        """
        name = self.name(person_uid)
        if self.seats.find(cell, person_uid):
            raise UserError(f"{name}已经在这个岗上了。", safe=SAFE, do="请选别的人。")
        with self.store.change("排一人值班") as session:
            if instead_of:
                self.seats.take_off(session, self._row(cell, instead_of))
            if slip is None:
                self.seats.put(session, cell, person_uid)
            else:
                self.seats.put(
                    session,
                    cell,
                    person_uid,
                    way=Way(slip.kind),
                    locked=True,
                    instead_of=instead_of,
                    swap_uid=slip.uid,
                )

    def take_off(self, cell: Cell, person_uid: str = "") -> None:
        """Let a person stand there no longer, or nobody at all.

        Raises:
            UserError: the role may not, or the person does not stand there.

        """
        self.store.sitter.demand(Right.DUTIES)
        with self.store.change("留空一格值班") as session:
            if person_uid:
                self.seats.take_off(session, self._row(cell, person_uid))
                return
            for row in self.seats.in_cell(session, cell):
                self.seats.take_off(session, row)

    def lock(self, cell: Cell, *, is_locked: bool) -> list[Break]:
        """Keep those who stand there when the days are planned again, or let them go.

        Returns what they break as they stand: a lock holds them there all the same.

        Raises:
            UserError: the role may not, or nobody stands there.

        """
        self.store.sitter.demand(Right.DUTIES)
        with self.store.change("锁定值班" if is_locked else "解锁值班") as session:
            rows = self.seats.in_cell(session, cell)
            if not rows:
                raise UserError("这一格没有人，不用锁定。", safe=SAFE, do="请先排上人。")
            for row in rows:
                row.locked = is_locked
        near = self._near(cell)
        return [one for one in self.breaks(near) if one.cell == cell and one.person_uid]

    def breaks_by(self, cell: Cell, person_uid: str, *, instead_of: str = "") -> list[Break]:
        """Say what rules it would break if somebody stood there; nothing is written."""
        near = self._near(cell)
        stay = [seat for seat in near.seats if (seat.cell, seat.person_uid) != (cell, instead_of)]
        return new_breaks(near, replace(near, seats=(*stay, Seat(cell, person_uid))))

    def name(self, person_uid: str) -> str:
        """Return what somebody is called.

        Raises:
            UserError: there is nobody.

        """
        known = self.people().get(person_uid)
        if known is None:
            raise UserError("名册上没有这个人。", safe=SAFE, do="请从教职工名单里选。")
        return known.name

    def post(self, cell: Cell) -> Post | None:
        """Return the post of a cell, None where it is used no longer."""
        posts = self.ground.posts(cell.on, cell.on)
        return next((post for post in posts if post.uid == cell.post_uid), None)

    def kept(self, first: date, last: date) -> list[KeptSeat]:
        """Return the seats of these days with how they came to be."""
        return self.seats.kept(first, last)

    def near(self, cells: Iterable[Cell]) -> Roster:
        """Return the days about these cells, without what was carried: enough for every rule."""
        days = [cell.on for cell in cells]
        first, last = min(days) - _AROUND, max(days) + _AROUND
        return Roster(self._frame(first, last, {}), self.seats.between(first, last))

    def _near(self, cell: Cell) -> Roster:
        return self.near((cell,))

    def _frame(self, first: date, last: date, carry: Mapping[str, Mapping[str, float]]) -> Frame:
        before = self.seats.between(first - _AROUND, first - timedelta(days=1))
        after = self.seats.between(last + timedelta(days=1), last + _AROUND)
        away = self.ground.halves_away(first - _AROUND, last + _AROUND)
        rested = self.swaps.rests(first - _AROUND, last + _AROUND)
        nothing: frozenset[tuple[date, Half]] = frozenset()
        return Frame(
            tuple(
                replace(
                    one,
                    away=away.get(one.uid, nothing) | rested.get(one.uid, nothing),
                    carry=carry.get(one.uid, {}),
                )
                for one in self.ground.people()
            ),
            self._posts(first - _AROUND, last + _AROUND),
            self.ground.days_of(first, last),
            (*before, *after),
            self.ground.limits(),
        )

    def _posts(self, first: date, last: date) -> tuple[Post, ...]:
        """Return the posts in use on these days, and those out of use that somebody stands yet."""
        posts = tuple(self.ground.posts(first, last))
        ended = self.seats.posts_held(first, last) - {post.uid for post in posts}
        if ended:
            posts += tuple(one for one in self.ground.posts(date.min, date.max) if one.uid in ended)
        return posts

    def _row(self, cell: Cell, person_uid: str) -> DutySeat:
        row = self.seats.find(cell, person_uid)
        if row is None:
            raise UserError(
                f"{self.name(person_uid)}不在这个岗上。", safe=SAFE, do="请刷新以后再看一遍。"
            )
        return row
