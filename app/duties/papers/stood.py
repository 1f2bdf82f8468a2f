"""A roster with what its papers say besides: places and groups of posts, phones of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.duties.planning import Cell, Day, DayClass, Person, Post, Roster
from app.duties.planning.rules import applies

DAYS = "一二三四五六日"
FREE = frozenset({DayClass.HOLIDAY, DayClass.VACATION})


@dataclass(frozen=True)
class Spot:
    """Where a post is stood, and under which heading it is kept: 护学岗, 巡逻, 值班."""

    place: str = ""
    group: str = ""


@dataclass(frozen=True)
class Bearer:
    """Who somebody is besides the name: 教职工, 保安 and the like, the office, the phone."""

    kind: str = "教职工"
    job: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Stood:
    """What papers are made of: who stands where, and what else the school knows of them."""

    roster: Roster
    spots: Mapping[str, Spot] = field(default_factory=dict)
    bearers: Mapping[str, Bearer] = field(default_factory=dict)
    gone: Mapping[str, Person] = field(default_factory=dict)

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody by uid, those who have left but stand somewhere in the span as well."""
        here = {person.uid: person for person in self.roster.frame.people}
        held = {seat.person_uid for seat in self.roster.seats}
        return here | {u: one for u, one in self.gone.items() if u in held and u not in here}

    @cached_property
    def posts(self) -> dict[str, Post]:
        """Every post by uid, in order."""
        return {post.uid: post for post in self.roster.frame.posts}

    @cached_property
    def standing(self) -> dict[Cell, list[str]]:
        """Who stands in each cell, as uids."""
        found: dict[Cell, list[str]] = {}
        for seat in self.roster.seats:
            found.setdefault(seat.cell, []).append(seat.person_uid)
        return found

    @cached_property
    def said(self) -> dict[str, str]:
        """How each person is called on paper: two of one name by office, sex or phone as well."""
        alike: dict[str, list[str]] = {}
        for person in self.people.values():
            alike.setdefault(person.name, []).append(person.uid)
        found = {}
        for name, uids in alike.items():
            marks = self._marks(uids) if len(uids) > 1 else {}
            found.update({uid: f"{name}（{marks[uid]}）" if uid in marks else name for uid in uids})
        return found

    def _marks(self, uids: list[str]) -> dict[str, str]:
        """Return what tells these people apart; nothing where nothing does."""
        tried = (
            {uid: self.bearer(uid).job for uid in uids},
            {uid: self.people[uid].sex for uid in uids},
            {uid: f"尾号{self.bearer(uid).phone[-4:]}" for uid in uids},
        )
        for marks in tried:
            if len({*marks.values()}) == len(uids) and all(marks.values()):
                return marks
        return {}

    def bearer(self, uid: str) -> Bearer:
        """Return what is known of somebody besides the name."""
        return self.bearers.get(uid, Bearer())

    def spot(self, post: Post) -> Spot:
        """Return where a post is stood."""
        return self.spots.get(post.uid, Spot())

    def cell(self, on: date, post: Post) -> list[str]:
        """Return the uids of those known who stand a post on a day."""
        return [uid for uid in self.standing.get(Cell(on, post.uid), ()) if uid in self.people]

    def names(self, on: date, post: Post) -> list[str]:
        """Return the names of those who stand a post on a day."""
        return [self.said[uid] for uid in self.cell(on, post)]

    def columns(self) -> list[list[Post]]:
        """Return the posts a list has columns for; those that go on for each other share one.

        They are stood on some day of the span, or have somebody all the same. Those of leaders
        come first, for that is how such a list is read.
        """
        held = {seat.cell.post_uid for seat in self.roster.seats}
        frame = self.roster.frame
        found: list[list[Post]] = []
        for post in frame.posts:
            if post.uid in held or any(applies(post, day) for day in frame.days):
                mine = next((some for some in found if _goes_on(some[-1], post)), None)
                found.append([post]) if mine is None else mine.append(post)
        return sorted(found, key=lambda some: not leads(some[0]))

    def missing(self, day: Day, post: Post) -> int:
        """Return how many are lacking at a post that is stood that day.

        Where nobody is on the roster yet it is a sheet to write on, and nobody is lacking.
        """
        if not applies(post, day) or not self.roster.seats:
            return 0
        return max(post.heads - len(self.cell(day.on, post)), 0)

    def phones(self, uids: Iterable[str]) -> list[str]:
        """Return the phones of these people, one for each who has one."""
        return [phone for uid in uids if (phone := self.bearer(uid).phone)]


def leads(post: Post) -> bool:
    """Say whether only leaders may stand this post."""
    return any(need.leader and (not need.least or need.least >= post.heads) for need in post.needs)


def _goes_on(one: Post, other: Post) -> bool:
    """Say whether a post takes the place of one that ended before it."""
    ended = one.until is not None and other.since is not None and one.until < other.since
    return one.name == other.name and ended


def clocks(posts: Iterable[Post]) -> str:
    """Return the hours of a post, and those it had before if they were others."""
    return "\n".join(dict.fromkeys(map(clock, posts)))


def clock(post: Post) -> str:
    """Return the hours of a post: 7:20—8:00, 20:00—次日6:30."""
    over = "次日" if post.ends <= post.starts else ""
    start = f"{post.starts.hour}:{post.starts.minute:02d}"
    return f"{start}—{over}{post.ends.hour}:{post.ends.minute:02d}"


def day_words(on: date) -> str:
    """Return a day as it stands in a list: 10月15日."""
    return f"{on.month}月{on.day}日"


def weekday(on: date) -> str:
    """Return the weekday in one character."""
    return DAYS[on.weekday()]


def kind_words(day: Day) -> str:
    """Return what kind of day it is where it is no plain one, and that it is not yet certain."""
    said = [] if day.kind in (DayClass.WORK, DayClass.WEEKEND) else [str(day.kind)]
    return "\n".join([*said, "待定"] if day.provisional else said)


def span_words(days: Iterable[Day]) -> str:
    """Return a span in words: 2026年10月, or from the first day to the last."""
    kept = list(days)
    if not kept:
        return ""
    first, last = kept[0].on, kept[-1].on
    if (first.year, first.month) == (last.year, last.month):
        is_whole = first.day == 1 and len(kept) >= 28
        span = f"{first.year}年{first.month}月"
        return span if is_whole else f"{span}{first.day}日—{last.day}日"
    year = "" if last.year == first.year else f"{last.year}年"
    return f"{first.year}年{day_words(first)}—{year}{day_words(last)}"
