"""A roster proposed: what stays, what is new, what is missing and why; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.duties.planning import (
    POINTS,
    Break,
    Change,
    Frame,
    Gap,
    Half,
    Pool,
    Roster,
    Seat,
    changes,
    check,
    fairness,
    plan,
)
from app.duties.planning.rules import applies
from app.people import KINDS


@dataclass(frozen=True)
class Proposal:
    """What the days would be; ``before`` are the seats as they stand, ``over`` the days left alone.

    ``changes`` list what is new against them; ``breaks`` what locked seats break.
    """

    roster: Roster
    before: tuple[Seat, ...]
    changes: tuple[Change, ...]
    breaks: tuple[Break, ...]
    over: tuple[date, ...]
    was_announced: bool
    remarks: tuple[str, ...]

    @property
    def first(self) -> date:
        """The first day."""
        return self.roster.frame.days[0].on

    @property
    def last(self) -> date:
        """The last day, included."""
        return self.roster.frame.days[-1].on

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The cells that are not full, and why."""
        return self.roster.gaps

    @property
    def blank(self) -> int:
        """How many people nothing is said of that they may do, so that no post can have them."""
        return sum(one.can <= set(KINDS) for one in self.roster.frame.people)

    def pools(self) -> list[Pool]:
        """Return how fair it is."""
        return fairness(self.roster)

    def spread(self) -> dict[str, dict[str, float]]:
        """Return the most beside the least of every pool, by burden and in points."""
        found: dict[str, dict[str, float]] = {}
        for pool in self.pools():
            here = found.setdefault(pool.name, {})
            for key, value in pool.spread.items():
                word = POINTS if key == POINTS else str(key)
                here[word] = max(here.get(word, 0.0), value)
        return found


def propose(
    frame: Frame,
    kept: Sequence[Seat],
    *,
    today: date,
    announced: Collection[date],
    seed: int = 0,
) -> Proposal:
    """Plan the days of a frame on which ``kept`` are the seats now.

    Days before ``today`` on which somebody stood are left as they were. On ``announced`` days
    what is not locked is kept as far as no rule is broken; all else is planned anew.
    """
    over = {seat.cell.on for seat in kept if seat.cell.on < today}
    stood = [seat for seat in kept if seat.cell.on in over]
    fixed = [seat._replace(locked=True) for seat in kept if seat.locked or seat.cell.on in over]
    hung_out = [seat for seat in kept if seat.cell.on in announced and seat.cell.on not in over]
    if hung_out:
        ahead = [day for day in frame.days if day.on in announced or day.on in over]
        first = plan(replace(frame, days=tuple(ahead)), locked=fixed, previous=hung_out, seed=seed)
        fixed += [
            seat._replace(locked=True)
            for seat in first.seats
            if seat.cell.on in announced and not seat.locked
        ]
    made = plan(frame, locked=fixed, seed=seed)
    locked = {(seat.cell, seat.person_uid) for seat in kept if seat.locked}
    seats = tuple(
        seat._replace(locked=(seat.cell, seat.person_uid) in locked)
        for seat in made.seats
        if seat.cell.on not in over
    )
    lost = _not_on_the_grid(frame, kept, over)
    roster = replace(
        made,
        seats=tuple(sorted((*stood, *seats, *lost), key=_place_in(frame))),
        gaps=tuple(gap for gap in made.gaps if gap.cell.on not in over),
        changes=(),
    )
    broken = tuple(one for one in check(roster) if one.locked and one.cell.on not in over)
    return Proposal(
        roster,
        tuple(kept),
        changes(kept, roster.seats),
        broken,
        tuple(sorted(over)),
        bool(hung_out),
        (*_remarks(frame, sorted(over)), *(one.why for one in broken)),
    )


def _place_in(frame: Frame) -> Callable[[Seat], tuple[date, int]]:
    order = {post.uid: n for n, post in enumerate(frame.posts)}
    return lambda seat: (seat.cell.on, order.get(seat.cell.post_uid, len(order)))


def _not_on_the_grid(frame: Frame, kept: Sequence[Seat], over: Collection[date]) -> list[Seat]:
    """Return the locked seats no plan can hold: of a post not stood that day, or a person gone."""
    posts = {post.uid: post for post in frame.posts}
    days = {day.on: day for day in frame.days}
    people = {one.uid for one in frame.people}
    return [
        seat
        for seat in kept
        if seat.locked
        and seat.cell.on not in over
        and (
            seat.person_uid not in people
            or seat.cell.post_uid not in posts
            or not applies(posts[seat.cell.post_uid], days[seat.cell.on])
        )
    ]


def _remarks(frame: Frame, over: Sequence[date]) -> list[str]:
    said = []
    if over:
        said.append(f"{_day(over[0])}到{_day(over[-1])}已经值过的班没有动。")
    halves = [(day.on, half) for day in frame.days for half in Half]
    for one in frame.people:
        if one.away and all(half in one.away for half in halves):
            said.append(f"{one.name}这段时间一直请假或外出，没有排。")
    waiting = [day.on for day in frame.days if day.provisional]
    if waiting:
        said.append(
            f"{_day(waiting[0])}起有{len(waiting)}天的放假安排还没有通知，排在上面的是待定。"
        )
    return said


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
