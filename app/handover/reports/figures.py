"""One number of a report, and the records it was counted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.core.evidence import Done

UNUSED = "未登记"
NONE = "—"


class Behind(NamedTuple):
    """One record a number counts: its day, what it says in short, and where it is opened."""

    uid: str
    on: date | None
    what: str
    room: str


class Figure(NamedTuple):
    """One number: ``value`` is None where its ledger is not used, which prints 未登记, never 0.

    A text is a number worked out of others, such as a rate. ``behind`` are the records counted;
    where they may not be listed, ``room`` is where one looks.
    """

    key: str
    label: str
    value: int | str | None
    unit: str = ""
    behind: tuple[Behind, ...] = ()
    room: str = ""
    group: str = ""

    @property
    def said(self) -> str:
        """The number as it stands in a sentence: 3条, 85.0%, 未登记."""
        if self.value is None:
            return UNUSED
        return f"{self.value}{self.unit}" if isinstance(self.value, int) else self.value


Figures = Mapping[str, Figure]


def counted(key: str, label: str, unit: str, behind: Iterable[Behind]) -> Figure:
    """Return how many records there are, each once."""
    found = tuple({one.uid: one for one in behind}.values())
    return Figure(key, label, len(found), unit, found, found[0].room if found else "")


def number(
    key: str, label: str, value: int | str | None, unit: str = "", behind: Iterable[Behind] = ()
) -> Figure:
    """Return a number worked out of records."""
    found = tuple(behind)
    return Figure(key, label, value, unit, found, found[0].room if found else "")


def unused(key: str, label: str, unit: str = "") -> Figure:
    """Return a number whose ledger the school does not use."""
    return Figure(key, label, None, unit)


def rate(part: int, whole: int) -> str:
    """Return a share as it is written, — where there is nothing to share.

    >>> rate(305, 312)
    '97.8%'
    """
    return f"{part / whole:.1%}" if whole else NONE


def mean(values: Sequence[float], unit: str) -> str:
    """Return an average as it is written, — where there is nothing to average."""
    return f"{sum(values) / len(values):.1f}{unit}".replace(".0", "") if values else NONE


def shown(done: Iterable[Done], room: str) -> list[Behind]:
    """Return what a room shows of some days as records, each once."""
    found = {one.uid: Behind(one.uid, one.on, one.what, room) for one in done}
    return list(found.values())


def kept(figures: Figures) -> dict[str, Any]:
    """Return the numbers as they are kept with what was written from them."""
    return {key: figure.said for key, figure in figures.items()}
