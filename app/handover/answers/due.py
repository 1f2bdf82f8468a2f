"""By when the town asks for weekly reports, as its answers carry it to the schools (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any, NamedTuple

KEY = "weekly_due"  # in the manifest of an answer
_DAYS = "一二三四五六日"


class WeeklyDue(NamedTuple):
    """The last moment for a week's report: weekday 1 is Monday."""

    weekday: int
    at: time

    def __str__(self) -> str:
        return f"每周{_DAYS[self.weekday - 1]}{self.at:%H:%M}前"

    def told(self) -> dict[str, Any]:
        """Return it as the manifest of an answer has it."""
        return {"weekday": self.weekday, "at": f"{self.at:%H:%M}"}


def due_in(said: Mapping[str, Any]) -> WeeklyDue | None:
    """Return what a manifest says, None if it says nothing that can be read.

    >>> str(due_in({"weekly_due": {"weekday": 4, "at": "12:00"}}))
    '每周四12:00前'
    >>> due_in({"weekly_due": {"weekday": 9, "at": "12:00"}}) is None
    True
    """
    told = said.get(KEY)
    if not isinstance(told, Mapping):
        return None
    weekday, at = told.get("weekday"), told.get("at")
    if type(weekday) is not int or not 1 <= weekday <= len(_DAYS) or not isinstance(at, str):
        return None
    try:
        moment = time.fromisoformat(at)
    except ValueError:
        return None
    return WeeklyDue(weekday, moment.replace(second=0, microsecond=0, tzinfo=None))
