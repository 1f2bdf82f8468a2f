"""Lines that a room of its own gives a plain ledger: read here, written there alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, NoReturn, Protocol

from app.core.errors import UserError
from app.ledgers.standing_lines import Standing


class Fed(Protocol):
    """One line of another room, as the columns of a ``LedgerLine`` say it."""

    @property
    def uid(self) -> str:
        """Its name for all times, that of the room's own record."""

    @property
    def number(self) -> str:
        """Its number, of the same series as the ledger's own lines."""

    @property
    def line_on(self) -> date:
        """The day it stands under."""

    @property
    def closed_on(self) -> date | None:
        """The day it ended."""


class Feed(NamedTuple):
    """Where the further lines of a ledger come from, and what the place is called."""

    read: Callable[[], Sequence[Fed]]
    room: str


class Feeds:
    """The feeds by ledger."""

    def __init__(self) -> None:
        self._feeds: dict[str, Feed] = {}
        self.opens: dict[str, Callable[[str], object]] = {}  # by ledger: shows a line in its room

    def add(self, id: str, read: Callable[[], Sequence[Fed]], room: str) -> None:
        """Let a room give lines to a ledger from now on."""
        self._feeds[id] = Feed(read, room)

    def lines(self, id: str, first: date | None = None, last: date | None = None) -> list[Fed]:
        """Return the lines a ledger is given for these days, both counted."""
        if id not in self._feeds:
            return []
        return [
            one
            for one in self._feeds[id].read()
            if (first is None or one.line_on >= first) and (last is None or one.line_on <= last)
        ]

    def find(self, uid: str) -> tuple[str, Fed] | None:
        """Return the ledger and the line of this uid, None if no room gives it."""
        for id in self._feeds:
            for one in self.lines(id):
                if one.uid == uid:
                    return id, one
        return None

    def way_to(self, uid: str) -> Callable[[str], object] | None:
        """Return what opens the room a line comes from; None for the ledger's own lines."""
        found = self.find(uid)
        return self.opens.get(found[0]) if found is not None else None

    def refuse(self, uid: str) -> None:
        """Let nobody write here what another room keeps.

        Raises:
            UserError: the line comes from another room.

        """
        if (found := self.find(uid)) is not None:
            _say_where(self._feeds[found[0]].room, found[1].number)

    def with_own(self, standings: Sequence[Standing]) -> list[Standing]:
        """Return how the ledgers stand with the lines they are given."""
        return [_with(one, self.lines(one.form.id)) for one in standings]


def merged(own: Sequence[Any], fed: Sequence[Any]) -> list[Any]:
    """Return both, the newest first."""
    if not fed:
        return list(own)
    return sorted([*fed, *own], key=lambda one: (one.line_on, one.number), reverse=True)


def _with(standing: Standing, fed: Sequence[Fed]) -> Standing:
    if not fed:
        return standing
    days = [*(one.line_on for one in fed), *filter(None, (standing.last_on,))]
    return standing._replace(
        lines=standing.lines + len(fed),
        open=standing.open + sum(one.closed_on is None for one in fed),
        last_on=max(days),
    )


def _say_where(room: str, number: str) -> NoReturn:
    raise UserError(
        f"{number}是在“{room}”里登记的，这里只能看。",
        safe="什么都没有改动。",
        do=f"请打开“{room}”去改，这里会跟着变。",
    )
