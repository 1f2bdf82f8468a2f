"""What the town wants done about something the school handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from app.agenda.items import Item, When, when_of
from app.core.values import show

_ROOMS = ("hazards", "reports")  # tables whose records have a room of this name


class Demand(Protocol):
    """One thing the town said, as the answers tell it."""

    @property
    def row_uid(self) -> str:
        """Which record it is about."""

    @property
    def kind(self) -> str:
        """Which table that record is in."""

    @property
    def title(self) -> str:
        """What the record is called."""

    @property
    def verdict(self) -> str:
        """退回 or 督办."""

    @property
    def words(self) -> str:
        """What is wanted."""

    @property
    def due_on(self) -> date:
        """The last day for it."""

    @property
    def town(self) -> str:
        """Who wants it."""


def of_town(demands: Iterable[Demand], today: date) -> Iterator[Item]:
    """Yield what the town returned or supervises; from the day the answer was taken in."""
    for one in demands:
        when = when_of(one.due_on, today)
        yield Item(
            When.SOON if when is When.LATER else when,
            f"镇里{one.verdict}：{one.words}",
            f"{one.town}，最迟{show(one.due_on)} · {one.title}",
            one.due_on,
            one.kind if one.kind in _ROOMS else "handover",
            one.row_uid if one.kind in _ROOMS else "",
            "去办",
        )
