"""A shift of the roster as the day book asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol

A_WEEK = timedelta(days=7)
GATE, PATROL, LEADING = "护学岗", "巡逻", "带班"
RECORDED = ("值班", "住宿")  # families of posts whose shifts are written up


class Shift(NamedTuple):
    """One post on one day: who stands there; ``family`` is 值班, 护学岗, 巡逻, 带班 or another.

    ``heads`` is how many are asked for at least. ``kinds`` say beside each of the people what
    they are (教职工, 保安, 家长志愿者).
    """

    on: date
    post: str
    post_uid: str = ""
    family: str = "值班"
    starts: time = time(8)
    ends: time = time(17)
    heads: int = 1
    people: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """The moment it ends, on the next day where it goes past midnight."""
        day = self.on + timedelta(days=self.ends <= self.starts)
        return datetime.combine(day, self.ends)

    @property
    def hours(self) -> str:
        """From when to when, as people write it: 18:00—次日7:00."""
        next_day = "次日" if self.ends <= self.starts else ""
        return f"{_clock(self.starts)}—{next_day}{_clock(self.ends)}"


Shifts = Callable[[date, date], Sequence[Shift]]


class OfShift(Protocol):
    """Something written of a shift: its day, its post as it was called then, and the post."""

    duty_on: date
    post: str
    post_uid: str | None


class Written:
    """The shifts something was written of; a post that is called otherwise by now is the same."""

    def __init__(self, records: Iterable[OfShift]) -> None:
        self._known = {(one.duty_on, key) for one in records for key in (one.post, one.post_uid)}

    def has(self, shift: Shift) -> bool:
        """Say whether something was written of this shift."""
        by_uid = bool(shift.post_uid) and (shift.on, shift.post_uid) in self._known
        return by_uid or (shift.on, shift.post) in self._known


def no_shifts(first: date, last: date) -> Sequence[Shift]:
    """Return nothing: a school without a roster."""
    return ()


def asking_days(
    shifts: Shifts, school_days: Callable[[date, date], Sequence[date]], first: date, last: date
) -> list[date]:
    """Return the school days on which anybody is on duty; none in a school without a roster."""
    if first > last:
        return []
    known = {one.on for one in shifts(first, last)}
    return [day for day in school_days(first, last) if day in known] if known else []


def ended_days(shifts: Sequence[Shift], now: datetime) -> list[date]:
    """Return the days all of whose shifts have ended."""
    ends: dict[date, datetime] = {}
    for one in shifts:
        ends[one.on] = max(one.ends_at, ends.get(one.on, datetime.min))
    return sorted(day for day, end in ends.items() if end <= now)


def said_of_missing(found: Sequence[Shift]) -> str:
    """Name the shifts nothing was written of, the newest three of many."""
    names = [f"{one.on.month}月{one.on.day}日{one.post}" for one in found[-3:]]
    more = f"等{len(found)}个" if len(found) > len(names) else ""
    return f"还没有写的：{'、'.join(names)}{more}" if names else ""


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
