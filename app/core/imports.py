"""What an import would do, line by line, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Tick = Callable[[int, int, str], object]
_TOLD_EVERY = 20  # lines; more often only costs time


class Fate(StrEnum):
    """What becomes of one line of a spreadsheet."""

    ADDED = "新增"
    UPDATED = "更新"
    UNCHANGED = "不变"
    REFUSED = "不收"


@dataclass(frozen=True)
class Problem:
    """One fault of a file, at its place: 表名·第几行·第几列·现值·应为.

    ``row`` counts from 1 as the spreadsheet does, 0 means the whole sheet; ``column`` is the
    header text, ``value`` what stands there now, ``message`` a sentence saying what it should be
    and what becomes of the line.
    """

    sheet: str
    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        parts = [self.sheet, f"第{self.row}行" if self.row else "", self.column, self.value]
        return "·".join(p for p in parts if p) + "：" + self.message


@dataclass(frozen=True)
class PlannedLine:
    """One line of the preview: ``title`` names it (a pupil, a place), ``changes`` say old → new.

    ``values`` is what the room will write, keyed by its own field names; ``uid`` is the record it
    changes, None for a new one.
    """

    fate: Fate
    sheet: str
    row: int
    title: str
    changes: tuple[tuple[str, str, str], ...] = ()
    uid: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """Something only the user can say; ``key`` is handed back with one of the ``options``.

    ``silent`` says what leaving it unanswered means; it may be one of the options. A question
    about one line of the file says which: that line is not taken in before it is answered.
    """

    key: str
    text: str
    options: tuple[str, ...]
    silent: str = "先不回答"
    sheet: str = ""
    row: int = 0


@dataclass
class Plan:
    """All an import would do; nothing is written until it is carried out.

    ``columns`` says which header was taken for which field (label → header text), ``spare`` lists
    headers nobody asked for, ``missing`` names records the file does not mention (they stay),
    ``remarks`` are sentences such as how many hidden rows came along.
    """

    what: str
    lines: list[PlannedLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    spare: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """Return how many lines have this fate."""
        return Counter(line.fate for line in self.lines)[fate]


def counted(lines: Sequence[PlannedLine], tick: Tick) -> Iterator[PlannedLine]:
    """Yield the lines one by one; ``tick`` hears how far it is and may stop it by raising."""
    for number, line in enumerate(lines):
        if number % _TOLD_EVERY == 0:
            tick(number, len(lines), line.sheet)
        yield line
    tick(len(lines), len(lines), "存到磁盘上")
