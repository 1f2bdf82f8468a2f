"""Asking the rooms each thing once, for prints that tell of many weeks at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from app.handover.reports.books import Books


def once(books: Books) -> Books:
    """Return the same books, which remember what they said; good for one print alone.

    What is asked again with the same words is answered from memory, so nothing that is written
    meanwhile is seen.
    """
    rooms: dict[str, Any] = {}
    for field in fields(Books):
        room = getattr(books, field.name)
        rooms[field.name] = _remembering(room) if callable(room) else _Room(room)
    return Books(**rooms)


class _Room:
    """A room whose answers are kept."""

    def __init__(self, room: Any) -> None:
        self._room = room

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._room, name)
        if callable(found):
            found = _remembering(found)
        setattr(self, name, found)
        return found


def _remembering(ask: Callable[..., Any]) -> Callable[..., Any]:
    kept: dict[Any, Any] = {}

    def answer(*args: Any, **named: Any) -> Any:
        key = (args, tuple(named.items()))
        try:
            known = key in kept
        except TypeError:  # asked with a filter, which cannot be looked up
            return ask(*args, **named)
        if not known:
            said = ask(*args, **named)
            kept[key] = tuple(said) if isinstance(said, Iterator) else said
        return kept[key]

    return answer
