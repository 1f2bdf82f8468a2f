"""Records as the town is given them: with uid and rev, and of a voided one nothing more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from app.core.store import Record
from app.core.views import Filter, Row

LEAST_SHOWN, HIDDEN = 3, "<3"
R = TypeVar("R", bound=Record)


def told(record: R, facts: Callable[[R], Row], *, more: int = 0) -> Row:
    """Return a record with its keys; ``more`` are the revs of what else its facts come from.

    So the rev grows whenever one of the facts may have changed.
    """
    is_void = record.void_reason is not None
    keys = {"uid": record.uid, "rev": record.rev + more, "void": is_void}
    return keys if is_void else keys | facts(record)


def days_of(where: Filter) -> tuple[date, date]:
    """Return the days a file for the town tells of, both included; without them all days."""
    first, last = where.get("first"), where.get("last")
    return (
        date.fromisoformat(first) if first else date.min,
        date.fromisoformat(last) if last else date.max,
    )


def hide_few(counts: dict[str, int]) -> list[tuple[str, str]]:
    """Return how many belong to each of these groups, none of which can tell of a single child.

    Fewer than three, nought included, read <3. Where only one group would, it is counted with the
    smallest of the others, since what is missing from the whole would tell it.
    """
    shown = dict(counts)
    few = [name for name, number in shown.items() if number < LEAST_SHOWN]
    if len(few) == 1 and len(shown) > 1:
        (lone,) = few
        next_one = min((name for name in shown if name != lone), key=lambda name: shown[name])
        merged = shown.pop(lone) + shown.pop(next_one)
        shown[f"{next_one}、{lone}"] = merged
    return [
        (name, str(number) if number >= LEAST_SHOWN else HIDDEN) for name, number in shown.items()
    ]
