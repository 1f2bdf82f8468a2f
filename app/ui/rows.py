"""The lines of a ledger's table: written out at once, or when they are first looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

Facets = Mapping[str, str | tuple[str, ...]]


class Line(Protocol):
    """What a table asks of a line.

    ``search`` is what it is found by besides its cells (pinyin, other names), ``tags`` the chips
    it counts for, ``facets`` what the drop-downs know of it: one value, or several.
    """

    @property
    def uid(self) -> str:
        """The record's uid."""

    @property
    def cells(self) -> tuple[Any, ...]:
        """What its cells show."""

    @property
    def search(self) -> str:
        """What it is found by besides its cells."""

    @property
    def tags(self) -> frozenset[str]:
        """The chips it counts for."""

    @property
    def facets(self) -> Facets:
        """What the drop-downs know of it."""


class Row(NamedTuple):
    """A line written out; see ``Line``."""

    uid: str
    cells: tuple[Any, ...]
    search: str = ""
    tags: frozenset[str] = frozenset()
    facets: Mapping[str, str | tuple[str, ...]] = {}


class LateRow:
    """A line of a long ledger, written out when it is first looked at; most of them never are."""

    __slots__ = ("_row", "_write", "tags", "uid")

    def __init__(self, uid: str, tags: frozenset[str], write: Callable[[str], Row]) -> None:
        self.uid, self.tags = uid, tags
        self._write = write
        self._row: Row | None = None

    @property
    def cells(self) -> tuple[Any, ...]:
        """What its cells show."""
        return self._written().cells

    @property
    def search(self) -> str:
        """What it is found by besides its cells."""
        return self._written().search

    @property
    def facets(self) -> Facets:
        """What the drop-downs know of it."""
        return self._written().facets

    def _written(self) -> Row:
        if self._row is None:
            self._row = self._write(self.uid)
        return self._row
