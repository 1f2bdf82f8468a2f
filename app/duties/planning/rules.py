"""Rules of one cell: hours, overlap, rest, who qualifies, what it weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.duties.planning.frame import (
    Burden,
    Cell,
    Day,
    DayClass,
    Frame,
    Half,
    Limits,
    Person,
    Post,
    Rule,
)

_DAY = 24 * 60
_NOON = 12 * 60
_DEEP = 5 * 60
_FREE = (DayClass.HOLIDAY, DayClass.VACATION)


def hours(post: Post) -> tuple[int, int]:
    """Return begin and end in minutes from midnight; past midnight the end is above 1440."""
    begin = post.starts.hour * 60 + post.starts.minute
    end = post.ends.hour * 60 + post.ends.minute
    return begin, end if end > begin else end + _DAY


def is_night(post: Post) -> bool:
    """Say whether any of its hours lie between midnight and five in the morning."""
    begin, end = hours(post)
    return begin < _DEEP or end > _DAY


def is_on_call(post: Post) -> bool:
    """Say whether one only has to be within reach by night (手机待命): no rest is due after it.

    Another post may be had in the same hours, and the school counts it as no night.
    """
    return post.shares and post.burden is not Burden.NIGHT


def halves(post: Post) -> list[tuple[int, Half]]:
    """Return the half days it takes up, as days after its own and the half."""
    begin, end = hours(post)
    both = (Half.MORNING, Half.AFTERNOON)
    return [(at // 2, both[at % 2]) for at in range(begin // _NOON, (end - 1) // _NOON + 1)]


def applies(post: Post, day: Day) -> bool:
    """Say whether the post is stood on this day."""
    begun = post.since is None or post.since <= day.on
    goes_on = post.until is None or day.on <= post.until
    return begun and goes_on and day.kind in post.days and day.on.weekday() in post.weekdays


def cells_of(posts: Iterable[Post], days: Iterable[Day]) -> Iterator[tuple[Day, Post]]:
    """Yield every post on every day it is stood, day by day."""
    posts = list(posts)
    for day in days:
        for post in posts:
            if applies(post, day):
                yield day, post


def burden_of(post: Post, day: DayClass) -> Burden:
    """Return what a shift counts as: a holiday first, then a night, then a weekend."""
    if day in _FREE or post.burden is Burden.HOLIDAY:
        return Burden.HOLIDAY
    if post.burden is Burden.NIGHT:
        return Burden.NIGHT
    if day is DayClass.WEEKEND or post.burden is Burden.WEEKEND:
        return Burden.WEEKEND
    return Burden.PLAIN


def points_of(post: Post, day: DayClass, limits: Limits) -> float:
    """Return what a shift weighs: the points of its post and what such a day adds."""
    return post.points + limits.more_points.get(day, 0.0)


def clash(one: Post, other: Post, later: int, limits: Limits) -> Rule | None:
    """Return why nobody may have ``one`` and, so many days ``later``, ``other`` as well."""
    if one.uid == other.uid and later == 0:
        return Rule.DOUBLE
    begin, end = hours(one)
    begins, ends = (minute + later * _DAY for minute in hours(other))
    if begin < ends and begins < end:
        return None if one.shares or other.shares else Rule.DOUBLE
    first, second, gap = (one, other, begins - end) if end <= begins else (other, one, begin - ends)
    if not is_night(first) or is_on_call(first):
        return None
    if gap < limits.rest_hours * 60:
        return Rule.REST
    too_soon = limits.nights_apart and abs(later) <= 1 and is_night(second)
    return Rule.REST if too_soon else None


def ban(person: Person, post: Post) -> Rule | None:
    """Return what stands against this person at this post on any day."""
    if person.no_nights and is_night(post):
        return Rule.NO_NIGHTS
    for need in post.needs:
        if (need.least == 0 or need.least >= post.heads) and not need.met_by(person):
            return Rule.QUALIFIED
    return None


def is_away(person: Person, post: Post, on: date) -> bool:
    """Say whether the person is away in any half day that the post takes up."""
    return bool(person.away) and any(
        (on + timedelta(days=later), half) in person.away for later, half in halves(post)
    )


def posts_by_uid(frame: Frame) -> dict[str, Post]:
    """Return the posts by their uid."""
    return {post.uid: post for post in frame.posts}


def said(cell: Cell, post: Post | None) -> str:
    """Name a cell as people do: 10月15日校门护学."""
    return f"{cell.on.month}月{cell.on.day}日{post.name if post else '（没有这个岗）'}"
