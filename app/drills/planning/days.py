"""Which day and hour a drill gets: what is ruled out, what speaks for a day, and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.drills.planning.ground import BUS, MONTHLY, NIGHTLY, TEACHING, Ground, Hour, PlanDay, Wish
from app.drills.planning.turns import theme_of
from app.drills.rules import Kind

# Usual hours of ours; the school's own are set with its local risks.
HOURS = (
    Hour("大课间", time(10, 5)),
    Hour("下午第二节", time(15, 0)),
    Hour("上午第三节", time(10, 40)),
    Hour("下午第一节", time(14, 15)),
)
AT_NIGHT = Hour("熄灯前", time(20, 40))
BEFORE_THE_BUS = Hour("放学前", time(16, 10))
_LONG = 3  # days without school that make a holiday a long one
_SETTLING = 3  # school days at the start of a term on which nobody knows the way yet
_BEFORE_HOME = timedelta(minutes=20)
_APART_DAYS = 18  # days that should lie between two drills of the school


class Taken(NamedTuple):
    """A drill that has its day: what else is to keep clear of it."""

    on: date
    at: time | None
    is_night: bool
    scope: str


class Choice(NamedTuple):
    """The day and hour chosen, and the two sentences about it."""

    day: PlanDay
    hour: Hour
    why: str
    why_not: str


class Almanac:
    """The days of a term, each asked once: what follows it, how far the term has gone."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.days = list(ground.days)
        self.by_day = {day.on: n for n, day in enumerate(self.days)}
        at_school = [day.is_school_day for day in self.days]
        self._school_until = [sum(at_school[: n + 1]) for n in range(len(at_school))]

    def between(self, first: date, last: date) -> list[PlanDay]:
        """Return the days from the first to the last."""
        return [day for day in self.days if first <= day.on <= last]

    def free_after(self, on: date) -> int:
        """Return how many days without school follow a day within the term."""
        count = 0
        for day in self.days[self.by_day[on] + 1 :]:
            if day.is_school_day:
                return count
            count += 1
        return max(count, _LONG)  # the vacation follows

    def school_days_until(self, on: date) -> int:
        """Return how many school days the term has had, this day included."""
        return self._school_until[self.by_day[on]]

    def ruled_out(self, day: PlanDay, wish: Wish, taken: Sequence[Taken]) -> str:
        """Return in a word why a day cannot be, "" if it can."""
        if day.on <= self.ground.today:
            return "已经过去" if day.on < self.ground.today else "就是今天"
        if day.kind not in TEACHING:
            return day.kind if not day.note else f"{day.kind}（{day.note}）"
        if self.free_after(day.on) >= _LONG:
            return "长假前一天"
        if wish.what == NIGHTLY:
            return "" if self.free_after(day.on) == 0 else "第二天不上课"
        if any(one.on == day.on and not one.is_night for one in taken):
            return "这天已有演练"
        return ""


def choose(wish: Wish, kind: Kind, almanac: Almanac, taken: Sequence[Taken]) -> Choice | None:
    """Return the best day for a drill, None if there is none.

    Days no notice has spoken of yet are taken only where nothing else is left, and days on which
    the one who commands is away last of all.
    """
    days = almanac.between(wish.first, wish.last)
    free = [day for day in days if not almanac.ruled_out(day, wish, taken)]
    away = almanac.ground.away
    for rank in (
        [day for day in free if not day.provisional and day.on not in away],
        [day for day in free if day.on not in away],
        free,
    ):
        if rank:
            break
    else:
        return None
    near = _around(days, almanac)
    theme = theme_of(kind, near) if wish.what == MONTHLY else None
    score = _scorer(wish, almanac, taken, theme)
    day = max(rank, key=lambda one: (score(one), -one.on.toordinal()))
    hour = _hour(wish, day, almanac.ground, taken)
    why = _why(wish, day, hour, theme, almanac, taken)
    return Choice(day, hour, why, _why_not(days, wish, almanac, taken, day))


def _around(days: Sequence[PlanDay], almanac: Almanac) -> list[PlanDay]:
    """Return the days themselves and those near them, where a theme day may lie."""
    near = timedelta(days=4)
    return almanac.between(days[0].on - near, days[-1].on + near)


def _scorer(
    wish: Wish, almanac: Almanac, taken: Sequence[Taken], theme: tuple[date, str] | None
) -> Callable[[PlanDay], float]:
    middle = wish.first + (wish.last - wish.first) / 2
    weekdays = [one.on.weekday() for one in taken]
    same = [one.on for one in taken if not one.is_night or wish.what == NIGHTLY]

    def score(day: PlanDay) -> float:
        points = 0.0
        if theme is not None:
            points += max(0, 120 - 12 * abs((day.on - theme[0]).days)) + 40 * (day.on == theme[0])
        points -= 12 * weekdays.count(day.on.weekday())
        points -= 3 * (day.on.weekday() == 0)  # flags are raised and meetings held on Mondays
        points -= 15 * (day.kind != TEACHING[0])
        points -= 30 * (almanac.school_days_until(day.on) <= _SETTLING)
        gaps = [abs((day.on - other).days) for other in same]
        points -= 2 * max(0, _APART_DAYS - min(gaps, default=_APART_DAYS))
        points -= abs((day.on - middle).days)
        if wish.was_on is not None:
            points -= 3 * abs((day.on - wish.was_on).days)  # moved no further than need be
        return points

    return score


def _hour(wish: Wish, day: PlanDay, ground: Ground, taken: Sequence[Taken]) -> Hour:
    if wish.what == NIGHTLY:
        return AT_NIGHT
    if wish.what == BUS:
        return _before_the_bus(day)
    hours = ground.hours or HOURS
    fits = [hour for hour in hours if _is_in_lessons(hour.at, day)]
    used = [one.at for one in taken]
    return min(fits or hours, key=lambda hour: (used.count(hour.at), hours.index(hour)))


def _is_in_lessons(at: time, day: PlanDay) -> bool:
    return not day.lessons or any(first <= at < last for first, last in day.lessons)


def _before_the_bus(day: PlanDay) -> Hour:
    """Return the time a little before pupils go home that day."""
    if not day.lessons:
        return BEFORE_THE_BUS
    home = datetime.combine(day.on, day.lessons[-1][1])
    return BEFORE_THE_BUS._replace(at=(home - _BEFORE_HOME).time())


def _why(
    wish: Wish,
    day: PlanDay,
    hour: Hour,
    theme: tuple[date, str] | None,
    almanac: Almanac,
    taken: Sequence[Taken],
) -> str:
    said = []
    if wish.was_on is not None:
        old = almanac.by_day.get(wish.was_on)
        note = _off(almanac.days[old]) if old is not None else "不在本学期"
        is_late = wish.was_on < almanac.ground.today
        said.append(f"原定{_day(wish.was_on)}{'没有做' if is_late else f'是{note}'}，改到这天")
    if theme is not None and theme[0] == day.on:
        said.append(f"当天是{theme[1]}")
    elif theme is not None and abs((theme[0] - day.on).days) <= 7:
        said.append(f"靠近{_day(theme[0])}{theme[1]}")
    weekday = f"星期{'一二三四五六日'[day.on.weekday()]}"
    if wish.what == NIGHTLY:
        said.append(f"{weekday}晚上住校生都在，第二天照常上课")
    elif wish.what == BUS:
        said.append(f"{weekday}放学前乘车生都在")
    elif all(one.on.weekday() != day.on.weekday() for one in taken):
        said.append(f"{weekday}{hour.word}，本学期还没有排过星期{weekday[-1]}")
    else:
        near = [abs((one.on - day.on).days) for one in taken if not one.is_night]
        apart = "，和前后几次隔得开" if near and min(near) > _APART_ENOUGH else ""
        said.append(f"{weekday}{hour.word}{apart}")
    if day.kind != TEACHING[0]:
        said.append("补课日，学生都在")
    if day.provisional:
        said.append("放假安排还没有通知，先排在这天，待定")
    if who := almanac.ground.away.get(day.on):
        said.append(f"没有别的日子，{who}这天不在，要另请人指挥")
    return "；".join(said) + "。"


_OF_COURSE = ("已经过去", "就是今天", "第二天不上课", "这天已有演练")
_APART_ENOUGH = 7


def _off(day: PlanDay) -> str:
    return day.note or day.kind


def _why_not(
    days: Sequence[PlanDay], wish: Wish, almanac: Almanac, taken: Sequence[Taken], chosen: PlanDay
) -> str:
    reasons: dict[str, list[date]] = {}
    weekend = ("休息", "寒暑假")
    for day in days:
        why = almanac.ruled_out(day, wish, taken)
        if not why and day.provisional and not chosen.provisional:
            why = "放假待定"
        if not why and day.on in almanac.ground.away and chosen.on not in almanac.ground.away:
            why = f"{almanac.ground.away[day.on]}不在"
        if why and why not in _OF_COURSE and day.kind not in weekend:
            reasons.setdefault(why, []).append(day.on)
    if not reasons:
        return ""
    said = [f"{'、'.join(_spans(found))}{why}" for why, found in list(reasons.items())[:4]]
    return f"没有排：{'；'.join(said)}。"


def _spans(days: Sequence[date]) -> Iterator[str]:
    start = last = days[0]
    for day in [*days[1:], None]:
        if day is not None and day - last == timedelta(days=1):
            last = day
            continue
        yield _day(start) if start == last else f"{_day(start)}到{_day(last)}"
        if day is not None:
            start = last = day


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
