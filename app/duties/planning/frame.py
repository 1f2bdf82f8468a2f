"""The words of a roster: people, posts, days, seats, gaps; plain values, no store and no screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class Half(StrEnum):
    """Half a day: the morning ends and the afternoon begins at noon."""

    MORNING = "上午"
    AFTERNOON = "下午"


class DayClass(StrEnum):
    """What kind of day a post looks at."""

    WORK = "工作日"
    WEEKEND = "周末"
    HOLIDAY = "节假日"
    VACATION = "寒暑假"


class Burden(StrEnum):
    """What kind of load a shift is; every shift is exactly one of these."""

    PLAIN = "平日"
    NIGHT = "夜"
    WEEKEND = "周末"
    HOLIDAY = "节假日"


POINTS = "分"
"""The key of points beside the burdens, in what people carry and in what is spread."""


class Day(NamedTuple):
    """One day of the span; ``provisional`` where no notice has confirmed what it is."""

    on: date
    kind: DayClass
    provisional: bool = False


class Need(NamedTuple):
    """What ``least`` of those who stand must be or may do; ``least`` 0 means every one of them.

    ``can`` is an ability or a kind of person (班主任, 保安) as ``Person.can`` holds it.
    """

    least: int = 0
    can: str = ""
    sex: str = ""
    leader: bool = False

    def met_by(self, person: Person) -> bool:
        """Say whether this person is one of those asked for."""
        return (
            (not self.can or self.can in person.can)
            and (not self.sex or self.sex == person.sex)
            and (not self.leader or person.is_leader)
        )

    @property
    def words(self) -> str:
        """What is asked for, in two or three words: 女、能值夜."""
        said = ["领导"] if self.leader else []
        said += [self.sex] if self.sex else []
        said += [f"“{self.can}”"] if self.can else []
        return "、".join(said) or "任何人"


@dataclass(frozen=True)
class Person:
    """Somebody who can be put on a roster; ``carry`` is what was done beyond the fair share.

    A part-time teacher weighs 0.5; whoever weighs 0 is asked last. Whoever ``lives_nights``
    (宿管、夜班保安) has nights as a calling and needs no rest after one. ``carry`` has keys of
    ``Burden`` and ``POINTS``.
    """

    uid: str
    name: str
    sex: str = ""
    is_leader: bool = False
    can: frozenset[str] = frozenset()
    weight: float = 1.0
    away: frozenset[tuple[date, Half]] = frozenset()
    no_nights: bool = False
    carry: Mapping[str, float] = field(default_factory=dict)
    lives_nights: bool = False


@dataclass(frozen=True)
class Post:
    """Something that must be stood: ``ends`` at or before ``starts`` means the next day.

    ``burden`` is what it is on a working day; at weekends and on holidays it counts as those,
    a night stays a night at weekends. ``covers`` says that it counts for the 24 hours of a
    holiday. ``shares`` says that whoever has it may have another post in the same hours. It is
    stood from the day ``since`` to the day ``until``, both included; None where nothing was said.
    """

    uid: str
    name: str
    starts: time
    ends: time
    days: frozenset[DayClass] = frozenset(DayClass)
    heads: int = 1
    needs: tuple[Need, ...] = ()
    burden: Burden = Burden.PLAIN
    points: float = 1.0
    weekdays: frozenset[int] = frozenset(range(7))
    covers: bool = False
    shares: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Limits:
    """What the school can change; all of these are defaults, none comes from a regulation."""

    rest_hours: int = 12
    nights_apart: bool = True
    more_points: Mapping[DayClass, float] = field(
        default_factory=lambda: {
            DayClass.WEEKEND: 1.0,
            DayClass.HOLIDAY: 2.0,
            DayClass.VACATION: 1.0,
        }
    )


class Cell(NamedTuple):
    """One post on one day."""

    on: date
    post_uid: str


class Seat(NamedTuple):
    """One person in a cell; ``locked`` seats are left as they are."""

    cell: Cell
    person_uid: str
    locked: bool = False


class Rule(StrEnum):
    """What can stand against a person in a cell, or be wrong with a cell."""

    UNKNOWN = "不在名册"
    QUALIFIED = "不符合岗位要求"
    NO_NIGHTS = "不值夜班"
    AWAY = "请假或外出"
    DOUBLE = "同一时间有别的岗"
    REST = "夜班后要休息"
    HEADS = "人数不够"
    MIX = "人员构成不够"
    COVER = "没有排满24小时"
    DAY = "这天没有这个岗"


class Gap(NamedTuple):
    """A cell that lacks ``missing`` people, and the rule that stands against all others."""

    cell: Cell
    missing: int
    rule: Rule
    why: str


class Change(NamedTuple):
    """What is new against the roster that was announced; "" where nobody was or will be."""

    cell: Cell
    before_uid: str
    after_uid: str


class Break(NamedTuple):
    """A rule that a roster breaks; ``person_uid`` is "" where the cell as a whole breaks it."""

    cell: Cell
    rule: Rule
    why: str
    person_uid: str = ""
    locked: bool = False


@dataclass(frozen=True)
class Frame:
    """Everything a roster is made from; ``around`` are seats on days before and after the span.

    Who stood the night before the first day rests on it. Days come in order, each once.
    """

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    days: tuple[Day, ...]
    around: tuple[Seat, ...] = ()
    limits: Limits = Limits()


@dataclass(frozen=True)
class Roster:
    """Who stands where, made by the program or by hand; ``gaps`` and ``changes`` by ``plan``."""

    frame: Frame
    seats: tuple[Seat, ...]
    gaps: tuple[Gap, ...] = ()
    changes: tuple[Change, ...] = ()
