"""What a term asks for: months, quarters of the kindergarten, nights, the bus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from app.drills.planning.ground import (
    BUS,
    MONTHLY,
    NIGHTLY,
    NOT_THE_SCHOOL,
    QUARTERLY,
    TEACHING,
    Ground,
    Kept,
    PlanDay,
    Wish,
)
from app.drills.rules import BOARDERS, KINDERGARTEN, RIDERS, SCHOOL, UPPER, Kind

# A quarter belongs to the term that has this many of its school days.
_OF_THE_QUARTER = 15
_LATE_WITHIN = timedelta(days=28)


class Asked(NamedTuple):
    """The wishes of a term, what stays as it is, and what cannot be helped."""

    wishes: tuple[Wish, ...]
    stays: tuple[Kept, ...]
    gaps: tuple[str, ...]


def asked_of(ground: Ground) -> Asked:
    """Return what the term still asks for.

    中小学 once a month, kindergartens once a quarter: 《中小学幼儿园应急疏散演练指南》教基一厅
    〔2014〕2号. Boarders twice a year and the bus once a term are local practice.
    """
    moved = [kept for kept in ground.kept if kept.may_move and _must_move(kept, ground)]
    stays = [kept for kept in ground.kept if kept not in moved]
    gaps: list[str] = []
    wishes = [
        *_months(ground, stays, gaps),
        *_quarters(ground, stays, gaps),
        *_nights(ground, stays),
        *_bus(ground, stays),
    ]
    return Asked(tuple(_with_moved(wishes, moved, ground)), tuple(stays), tuple(gaps))


def months_of(days: Sequence[PlanDay]) -> Iterator[list[PlanDay]]:
    """Return the days month by month."""
    for _, month in groupby(days, key=lambda day: (day.on.year, day.on.month)):
        yield list(month)


def _must_move(kept: Kept, ground: Ground) -> bool:
    """Say whether a drill of an earlier plan cannot stay where it is."""
    if kept.on < ground.today:
        return True
    day = next((day for day in ground.days if day.on == kept.on), None)
    return day is not None and day.kind not in TEACHING


def _months(ground: Ground, stays: Sequence[Kept], gaps: list[str]) -> Iterator[Wish]:
    if not ground.school.has_pupils:
        return
    apart = ground.school.has_kindergarten and not ground.school.joins
    for month in months_of(ground.days):
        word = f"{month[0].on.month}月"
        count = sum(day.is_school_day for day in month)
        if count < ground.least_days:
            gaps.append(f"{word}只有{count}个上课日，不要求演练。")
            continue
        if any(_is_walked(kept, month[0].on, month[-1].on) for kept in stays):
            continue
        if month[-1].on <= ground.today:
            if ground.since is None or month[-1].on >= ground.since:
                gaps.append(f"{word}已经过去，没有演练记录。")
            continue
        yield Wish(MONTHLY, word, month[0].on, month[-1].on, UPPER if apart else SCHOOL)


def _is_walked(kept: Kept, first: date, last: date) -> bool:
    is_whole = kept.scope not in NOT_THE_SCHOOL and kept.kind not in (Kind.NIGHT, Kind.BUS)
    return first <= kept.on <= last and kept.walks and is_whole


def _quarters(ground: Ground, stays: Sequence[Kept], gaps: list[str]) -> Iterator[Wish]:
    school = ground.school
    if not school.has_kindergarten or (school.joins and school.has_pupils):
        return
    scope = KINDERGARTEN if school.has_pupils else SCHOOL
    for (_year, quarter), grouped in groupby(ground.days, key=lambda day: _quarter(day.on)):
        days = list(grouped)
        if sum(day.is_school_day for day in days) < _OF_THE_QUARTER:
            continue
        first, last = days[0].on, days[-1].on
        both = (KINDERGARTEN, SCHOOL)
        if any(first <= k.on <= last and k.walks and k.scope in both for k in stays):
            continue
        word = f"第{'一二三四'[quarter]}季度"
        if last <= ground.today:
            if ground.since is None or last >= ground.since:
                gaps.append(f"{word}已经过去，幼儿园没有演练记录。")
            continue
        yield Wish(QUARTERLY, f"{word}幼儿园", first, last, scope)


def _quarter(on: date) -> tuple[int, int]:
    return on.year, (on.month - 1) // 3


def _nights(ground: Ground, stays: Sequence[Kept]) -> Iterator[Wish]:
    if not ground.school.boards:
        return
    wanted = -(-ground.school.nights // 2)  # half of the year's
    missing = wanted - sum(kept.kind == Kind.NIGHT and kept.walks for kept in stays)
    for first, last in _shares(ground, missing):
        yield Wish(NIGHTLY, "住校生夜间", first, last, BOARDERS, Kind.NIGHT)


def _bus(ground: Ground, stays: Sequence[Kept]) -> Iterator[Wish]:
    is_held = any(kept.kind == Kind.BUS and kept.walks for kept in stays)
    if ground.school.has_bus and not is_held:
        yield Wish(BUS, "校车", ground.days[0].on, ground.days[-1].on, RIDERS, Kind.BUS)


def _shares(ground: Ground, count: int) -> Iterator[tuple[date, date]]:
    """Cut the half year the term mostly lies in into as many stretches as there are drills."""
    middle = ground.days[len(ground.days) // 2].on
    half = (middle.year, middle.month > 6)
    days = [day.on for day in ground.days if (day.on.year, day.on.month > 6) == half]
    for number in range(max(count, 0)):
        first, last = len(days) * number // count, len(days) * (number + 1) // count - 1
        yield days[first], days[last]


def _with_moved(wishes: Sequence[Wish], moved: Sequence[Kept], ground: Ground) -> Iterator[Wish]:
    """Let drills that must move fill the wishes they belong to; late ones are made up for."""
    waiting = list(moved)
    for wish in wishes:
        fits = _fits(wish)
        taken = next((kept for kept in waiting if fits(kept)), None)
        if taken is None:
            yield wish
            continue
        waiting.remove(taken)
        yield wish._replace(kind=Kind(taken.kind), uid=taken.uid, was_on=taken.on)
    for kept in waiting:
        what = {Kind.NIGHT: NIGHTLY, Kind.BUS: BUS}.get(Kind(kept.kind), MONTHLY)
        last = min(ground.days[-1].on, max(ground.today, kept.on) + _LATE_WITHIN)
        first = max(ground.today, ground.days[0].on)
        word = f"补{kept.on.month}月"
        yield Wish(what, word, first, last, kept.scope, Kind(kept.kind), kept.uid, kept.on)


def _fits(wish: Wish) -> Callable[[Kept], bool]:
    def fits(kept: Kept) -> bool:
        is_there = wish.first <= kept.on <= wish.last
        if wish.what in (NIGHTLY, BUS):
            return is_there and kept.kind == wish.kind
        same = kept.kind not in (Kind.NIGHT, Kind.BUS) and kept.scope == wish.scope
        return is_there and same

    return fits
