"""What a binder is put together from: the headings, the papers behind each, as shipped."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Item:
    """One ledger or paper: where its lines have their day, and whether it is usually bound.

    ``title`` is what the binder calls it, else its own. ``day`` and ``end`` are keys of its rows.
    ``by`` has it printed apart for each month or year, ``ask`` names the two keys its view takes
    the days under, ``like`` takes the rows that carry the numbers of another paper's. Without any
    of them, or ``standing``, it is as it is today. ``only`` names a key its rows must have filled,
    or a key and what it must say; ``of`` the paper it counts, without which there is nothing to.
    """

    id: str
    title: str = ""
    day: str = ""
    end: str = ""
    by: Literal["", "month", "year", "school_year"] = ""
    ask: tuple[str, ...] = ()
    like: str = ""
    only: tuple[str, ...] = ()
    of: str = ""
    standing: bool = False
    off: bool = False
    pupils: bool = False


@dataclass(frozen=True)
class Heading:
    """One of the great headings, with its papers in their order."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Answer:
    """Where a demand on the school is met: a heading or paper, a room, or why nowhere.

    A paper that is usually not bound has a reason as well.
    """

    heading: str = ""
    room: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Shelf:
    """The headings, what is left out of every binder and why, and what answers each demand."""

    headings: tuple[Heading, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def items(self) -> dict[str, Item]:
        """Return every paper that may be bound, by its id."""
        return {item.id: item for heading in self.headings for item in heading.items}


@cache
def load_shelf(file: Path) -> Shelf:
    """Read ``resources/archive.toml``."""
    said = tomllib.loads(file.read_text("utf-8"))
    return Shelf(
        tuple(
            Heading(one["id"], one["title"], tuple(map(_item, one["paper"])))
            for one in said["heading"]
        ),
        said["left_out"],
        {id: Answer(**one) for id, one in said.get("demand", {}).items()},
    )


def _item(said: Mapping[str, Any]) -> Item:
    return Item(**{**said, **{key: tuple(said.get(key, ())) for key in ("ask", "only")}})
