"""What the town wants done about something the school handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Protocol

from app.agenda.items import Item, When, when_of
from app.agenda.rulebook import RuleBook
from app.core.values import show

_WEEKLY, _DAYS = "WEEK-FRI", "一二三四五六日"
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


class Due(Protocol):
    """By when the town asks for weekly reports: weekday 1 is Monday."""

    @property
    def weekday(self) -> int:
        """The last day in time."""

    @property
    def at(self) -> time:
        """The last minute of it."""


def of_deadline(due: Due | None, book: RuleBook, today: date) -> Iterator[Item]:
    """Yield that the school's own rule of weekly reports says another moment than the town."""
    if due is None or _WEEKLY not in book.base.rules:
        return
    line = book.line(_WEEKLY)
    rule = line.rule
    if line.counts and (rule.by_weekday, rule.by_time) != (due.weekday, f"{due.at:%H:%M}"):
        words = f"本校的规则还是每周{_DAYS[rule.by_weekday - 1]}{rule.by_time}前，请改成一样"
        yield Item(
            When.SOON,
            f"镇里要求周报{due}报",
            words,
            today + timedelta(days=7 - today.isoweekday()),
            "rules",
            _WEEKLY,
            "去改",
        )


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
            is_for_town=True,
        )
