"""Checking a roster, whoever made it: each rule it breaks, named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.duties.planning.frame import Break, Cell, DayClass, Need, Post, Roster, Rule, Seat
from app.duties.planning.rules import applies, ban, clash, hours, is_away, posts_by_uid, said
from app.duties.planning.words import lacking

_DAY = 24 * 60
_REACH = 3
_FREE = (DayClass.HOLIDAY, DayClass.VACATION)
UNSAID_BY_GAPS = frozenset({Rule.HEADS})  # what ``Explainer.gaps`` says with its reasons


def check(roster: Roster) -> list[Break]:
    """Return every rule the roster breaks, by day; nothing is refused, all of it is named."""
    found = [*_persons(roster), *_clashes(roster), *_cells(roster), *_covers(roster)]
    return sorted(found, key=lambda one: (one.cell.on, one.cell.post_uid, one.rule, one.person_uid))


def new_breaks(before: Roster, after: Roster) -> list[Break]:
    """Return what a change by hand, a swap or a stand-in breaks that was not broken before."""
    known = {one.why for one in check(before)}
    return [one for one in check(after) if one.why not in known]


def _persons(roster: Roster) -> Iterator[Break]:
    people = {person.uid: person for person in roster.frame.people}
    posts = posts_by_uid(roster.frame)
    days = {day.on: day for day in roster.frame.days}
    for seat in roster.seats:
        cell, post = seat.cell, posts.get(seat.cell.post_uid)
        person, day = people.get(seat.person_uid), days.get(seat.cell.on)
        if post is None or day is None or not applies(post, day):
            yield _break(seat, Rule.DAY, f"{said(cell, post)}：这天没有这个岗。")
        if person is None:
            yield _break(seat, Rule.UNKNOWN, f"{said(cell, post)}：名册上没有这个人。")
            continue
        if post is None:
            continue
        bar = ban(person, post)
        if bar is Rule.QUALIFIED:
            yield _break(
                seat, bar, f"{person.name}不符合{post.name}的要求：{lacking(person, post)}。"
            )
        elif bar is not None:
            yield _break(seat, bar, f"{person.name}不值夜班，{said(cell, post)}是夜班。")
        if is_away(person, post, cell.on):
            yield _break(seat, Rule.AWAY, f"{person.name}请假或外出，{said(cell, post)}来不了。")


def _break(seat: Seat, rule: Rule, why: str) -> Break:
    return Break(seat.cell, rule, why, seat.person_uid, seat.locked)


def _clashes(roster: Roster) -> Iterator[Break]:
    posts = posts_by_uid(roster.frame)
    people = {person.uid: person for person in roster.frame.people}
    mine: dict[str, list[Seat]] = {}
    inside = set(roster.seats)
    for seat in (*roster.seats, *roster.frame.around):
        if seat.cell.post_uid in posts and seat.person_uid in people:
            mine.setdefault(seat.person_uid, []).append(seat)
    for uid, seats in mine.items():
        seats.sort(key=lambda seat: (seat.cell.on, posts[seat.cell.post_uid].starts, seat.cell))
        for n, one in enumerate(seats):
            for other in seats[n + 1 :]:
                later = (other.cell.on - one.cell.on).days
                if later > _REACH:
                    break
                first, second = posts[one.cell.post_uid], posts[other.cell.post_uid]
                why = clash(first, second, later, roster.frame.limits)
                if why is Rule.REST and people[uid].lives_nights:
                    continue
                if why and (one in inside or other in inside):
                    yield _clash(people[uid].name, one, other, posts, why)


def _clash(name: str, one: Seat, other: Seat, posts: dict[str, Post], why: Rule) -> Break:
    first = said(one.cell, posts[one.cell.post_uid])
    second = said(other.cell, posts[other.cell.post_uid])
    words = (
        f"{name}同一时间有两个岗：{first}和{second}。"
        if why is Rule.DOUBLE
        else f"{name}夜班前后没有休息：{first}和{second}。"
    )
    return Break(other.cell, why, words, other.person_uid, one.locked or other.locked)


def _cells(roster: Roster) -> Iterator[Break]:
    people = {person.uid: person for person in roster.frame.people}
    standing: dict[Cell, list[str]] = {}
    for seat in roster.seats:
        standing.setdefault(seat.cell, []).append(seat.person_uid)
    for day in roster.frame.days:
        for post in roster.frame.posts:
            if not applies(post, day):
                continue
            cell = Cell(day.on, post.uid)
            here = [people[uid] for uid in standing.get(cell, []) if uid in people]
            missing = post.heads - len({person.uid for person in here})
            if missing > 0:
                words = f"{said(cell, post)}要{post.heads}人，缺{missing}人。"
                yield Break(cell, Rule.HEADS, words)
            for need in post.needs:
                short = need.least - sum(map(need.met_by, here)) if _is_mix(need, post) else 0
                if short > max(missing, 0):
                    words = f"{said(cell, post)}至少{need.least}人要{need.words}，缺{short}人。"
                    yield Break(cell, Rule.MIX, words)


def _is_mix(need: Need, post: Post) -> bool:
    return 0 < need.least < post.heads


def _covers(roster: Roster) -> Iterator[Break]:
    """Name the hours of holidays and vacations that nobody covers."""
    posts = posts_by_uid(roster.frame)
    covering = [post for post in roster.frame.posts if post.covers]
    if not covering:
        return
    held: dict[date, list[tuple[int, int]]] = {}
    for seat in (*roster.seats, *roster.frame.around):
        post = posts.get(seat.cell.post_uid)
        if post and post.covers:
            begin, end = hours(post)
            for shift in range(-(-end // _DAY)):
                day = seat.cell.on + timedelta(days=shift)
                held.setdefault(day, []).append((begin - shift * _DAY, end - shift * _DAY))
    free = {day.on for day in roster.frame.days if day.kind in _FREE}
    before = _free_before(roster, posts)
    for on in sorted(free):
        goes_on = on - timedelta(days=1) in free | before
        for begin, end in _open_hours(held.get(on, []), goes_on=goes_on):
            words = (
                f"{on.month}月{on.day}日{_clock(begin)}到{_clock(end)}没有人值班，"
                "假期值班要满24小时。"
            )
            yield Break(Cell(on, covering[0].uid), Rule.COVER, words)


def _free_before(roster: Roster, posts: dict[str, Post]) -> set[date]:
    """Return days around the span that were free: somebody stood a post of free days alone."""
    found = set()
    for seat in roster.frame.around:
        post = posts.get(seat.cell.post_uid)
        if post and post.covers and post.days <= set(_FREE):
            found.add(seat.cell.on)
    return found


def _open_hours(held: list[tuple[int, int]], *, goes_on: bool) -> list[tuple[int, int]]:
    """Return the minutes of a day that nobody holds; a holiday begins with its first shift."""
    at = 0 if goes_on else max(min((begin for begin, _end in held), default=0), 0)
    found = []
    for begin, end in sorted(held):
        if begin > at:
            found.append((at, begin))
        at = max(at, end)
    if at < _DAY:
        found.append((at, _DAY))
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
