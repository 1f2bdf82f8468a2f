"""Which rows a file must tell if they still stand: it is a full statement of its days (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.handover.town.rules import CLOSED, HAZARDS, as_day

# The days of which any lies in the period of a file that tells the row; docs/data-file.md.
_DAYS: Mapping[str, tuple[str, ...]] = {
    "checks": ("checked_on",),
    "drills": ("planned_on", "held_on"),
    "meetings": ("held_on",),
    "education": ("held_on",),
    "letters": ("issued_on",),
}
_ON = ("on",)
REPORTS = "reports"
_SPAN = ("first_on", "last_on")


def ends_on(kind: str, body: Mapping[str, Any]) -> date | None:
    """Return the last day whose files tell a row, None if there is none or it is not known."""
    if kind == HAZARDS and _is_open(body):
        return None
    keys = _SPAN if kind == REPORTS else _DAYS.get(kind, _ON)
    if kind == HAZARDS:
        keys = ("found_on", "fixed_on", "closed_on")
    return max(_days(body, keys), default=None)


def must_tell(kind: str, body: Mapping[str, Any], first: date, last: date) -> bool:
    """Say whether a file of these days, both counted, tells this row as long as it stands.

    >>> must_tell("checks", {"checked_on": "2026-03-31"}, date(2026, 3, 1), date(2026, 3, 31))
    True
    >>> must_tell("hazards", {"found_on": "2025-01-02"}, date(2026, 3, 1), date(2026, 3, 31))
    True
    """
    if kind == HAZARDS:
        found = as_day(body.get("found_on"))
        end = ends_on(kind, body)
        return found is not None and found <= last and (end is None or end >= first)
    if kind == REPORTS:
        days = _days(body, _SPAN)
        return len(days) == len(_SPAN) and min(days) <= last and max(days) >= first
    return any(first <= day <= last for day in _days(body, _DAYS.get(kind, _ON)))


def _is_open(body: Mapping[str, Any]) -> bool:
    return not body.get("closed_on") and body.get("status") not in CLOSED


def _days(body: Mapping[str, Any], keys: tuple[str, ...]) -> list[date]:
    found = (as_day(body[key]) for key in keys if body.get(key))
    return [day for day in found if day is not None]
