"""Many values asked for a lot at a time, for one SELECT takes only so many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
_LOT = 500


def in_lots(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give these values in lots that fit into one SELECT each.

    >>> [len(lot) for lot in in_lots(range(1001))]
    [500, 500, 1]
    """
    for start in range(0, len(values), _LOT):
        yield values[start : start + _LOT]
