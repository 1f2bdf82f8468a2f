"""What a row of a school's file is to the town: its day, its grade, what it is found by (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

HAZARDS = "hazards"
_DAYS: Mapping[str, Sequence[str]] = {
    "hazards": ("found_on",),
    "checks": ("checked_on",),
    "drills": ("held_on", "done_on", "planned_on", "on"),
    "meetings": ("held_on", "held_at"),
    "education": ("held_on",),
    "duty": ("on",),
    "letters": ("issued_on",),
    "reports": ("sent_at", "sent_on", "due_on", "due_at"),
    "incidents": ("happened_on", "on", "month"),
    "disputes": ("on", "month"),
}
_SPOKEN = ("number", "place", "what", "category", "area", "measures", "title", "status", "state")
_ON = ("on",)
FIXED = ("待验收", "待销账")  # the work is done: no day is waited for
CLOSED = ("已销账", "销账", "已销号", "已关闭")


class Told(NamedTuple):
    """What lists are narrowed by; see ``TownRow``.

    ``due_on`` is the day that is waited for; of a shelved hazard when it is looked at again, of
    one whose work is done none.
    """

    day: date | None
    due_on: date | None
    grade: str | None
    state: str | None
    category: str | None
    area: str | None
    is_open: bool


def told_of(kind: str, body: Mapping[str, Any]) -> Told:
    """Return what the columns say of a row; what it does not say is None."""
    says = body.get
    state = says("status") or says("state") or (says("kind") if kind != HAZARDS else None)
    is_open = kind == HAZARDS and not says("closed_on") and state not in CLOSED
    day = None
    for key in _DAYS.get(kind, _ON):
        if value := says(key):
            day = as_day(value)
            break
    due = says("look_on") or says("due_on")
    is_waited_for = bool(due) and not (kind == HAZARDS and state in FIXED)
    return Told(
        day,
        as_day(due) if is_waited_for else None,
        says("grade") or None,
        state or None,
        says("category") or None,
        says("area") or None,
        is_open,
    )


def words_of(body: Mapping[str, Any]) -> str:
    """Return what a row is found by, ended by blanks so that its last two characters are too."""
    return " ".join(str(body[key]) for key in _SPOKEN if body.get(key)) + "  "


def as_day(value: Any) -> date | None:
    """Return the day a value begins with, None if it begins with none."""
    if type(value) is date:
        return value
    try:
        text = str(value)
        return date.fromisoformat(f"{text}-01" if len(text) == 7 else text[:10])
    except ValueError:
        return None


def month_of(value: Any) -> str:
    """Return a month such as 2026-04 if a cell tells one, else nothing."""
    text = str(value)
    return text if len(text) == len("2026-04") and as_day(text) is not None else ""


def as_moment(value: Any) -> datetime | None:
    """Return the moment a value tells, without its zone; None if it tells none."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None


def is_true(value: Any) -> bool:
    """Say whether a cell says yes."""
    return value is True or str(value).casefold() == "true"
