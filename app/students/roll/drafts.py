"""What was chosen for a promotion, and what it would do: plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.students.lines import Pupil
from app.students.roll.rules import Proposal, Turn, Way
from app.students.roll.seats import SeatOrder
from app.students.rules import ClassKey


@dataclass(frozen=True)
class Special:
    """A pupil who does not go the way of the class: 留级, 跳级, 调班 or 转出."""

    student_uid: str
    turn: Turn
    key: ClassKey | None = None
    words: str = ""


@dataclass
class Choices:
    """What was chosen: words by line, numbers of first classes by stage, pupils apart, seats."""

    answers: dict[str, str] = field(default_factory=dict)
    openings: dict[str, int] = field(default_factory=dict)
    specials: dict[str, Special] = field(default_factory=dict)
    seats: SeatOrder = SeatOrder.KEEP


@dataclass(frozen=True)
class Draft:
    """What a promotion would do as chosen so far; ``warnings`` are to be read before it is done.

    ``after`` counts the pupils of each class then, ``asks`` names what is still to be said,
    ``rooms`` are the classes as they are now, ``keys`` as they will be.
    """

    year: int
    on: date
    proposal: Proposal
    pupils: Sequence[Pupil]
    goes: Mapping[str, tuple[Way, str]]
    after: Sequence[tuple[str, int]]
    counts: Mapping[str, int]
    warnings: Sequence[str]
    asks: Sequence[str]
    keys: Sequence[ClassKey]
    rooms: Mapping[str, ClassKey]

    @property
    def before(self) -> int:
        """How many pupils are here now."""
        return len(self.pupils)
