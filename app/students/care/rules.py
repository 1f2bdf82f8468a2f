"""The words of care, when the next date falls due, what the town is told."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

LEAST_SHOWN = 3  # ours, no regulation says it: fewer than three name a child to those around
HIDDEN = f"<{LEAST_SHOWN}"
NO_TOTAL = "不列"


class Category(StrEnum):
    """What a pupil is cared for; several may hold at once."""

    HEALTH = "特异体质"
    MIND = "心理"
    HOME = "家庭"
    LEFT = "留守"
    STUDY = "学困"
    CONDUCT = "行为"
    DISABLED = "残疾"
    OTHER = "其他"


class Part(StrEnum):
    """The parts of the form that only some categories ask for."""

    HEALTH = "体质和疾病"
    MIND = "心理"
    HOME = "家庭情况"
    STUDY = "学习帮扶"


ASKED: Mapping[Part, frozenset[str]] = {
    Part.HEALTH: frozenset({Category.HEALTH, Category.DISABLED}),
    Part.MIND: frozenset({Category.MIND}),
    Part.HOME: frozenset({Category.HOME, Category.LEFT}),
    Part.STUDY: frozenset({Category.STUDY}),
}


class Level(StrEnum):
    """How closely a pupil is looked after, the closest first."""

    FIRST = "一级"
    SECOND = "二级"
    THIRD = "三级"


class State(StrEnum):
    """How it stands with the care of a pupil."""

    ACTIVE = "关注中"
    WATCHED = "观察"
    ENDED = "解除"
    HANDED = "转出移交"


OPEN = frozenset({State.ACTIVE, State.WATCHED})


class Every(StrEnum):
    """How often a pupil is to be seen."""

    DAY = "每日"
    WEEK = "每周"
    FORTNIGHT = "每两周"
    MONTH = "每月"


class Way(StrEnum):
    """How something was done for a pupil."""

    TALK = "谈心"
    TUTOR = "辅导"
    VISIT = "家访"
    PHONE = "电话"
    GOODS = "物资"
    EVENT = "活动"
    REFER = "转介"


class Turn(StrEnum):
    """A turn the care itself takes; it stands among the records."""

    OPENED = "建档"
    REVIEWED = "复核"
    ENDED = "解除关注"
    REOPENED = "恢复关注"


def next_after(done_on: date, every: str | None) -> date | None:
    """Return the next date after something was done, None where nobody said how often."""
    if every is None:
        return None
    if every == Every.MONTH:
        year, month = divmod(done_on.year * 12 + done_on.month, 12)
        return date(year, month + 1, min(done_on.day, monthrange(year, month + 1)[1]))
    days = {Every.DAY: 1, Every.WEEK: 7, Every.FORTNIGHT: 14}
    return done_on + timedelta(days=days[Every(every)])


def is_late(state: str, next_on: date | None, today: date) -> bool:
    """Say whether the next date has passed; the day itself is not late."""
    return state in OPEN and next_on is not None and today > next_on


class Told(NamedTuple):
    """What the town is told of one kind: the number as it may be read."""

    name: str
    number: str


def told_counts(counts: Sequence[tuple[str, int]], total: int) -> tuple[list[Told], str]:
    """Return the numbers as they may leave the school, and the total.

    A number below three, nought included, reads <3. The total is left out as soon as one of
    them does: a pupil counts under several categories, and still total less the others is the least
    the hidden one can be.
    """
    told = [Told(name, _told(number)) for name, number in counts]
    is_hidden = any(number < LEAST_SHOWN for _, number in counts)
    return told, NO_TOTAL if is_hidden else _told(total)


def _told(number: int) -> str:
    return str(number) if number >= LEAST_SHOWN else HIDDEN
