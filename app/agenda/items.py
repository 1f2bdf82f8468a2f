"""One thing to do, and how near it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.hazards import SOON_DAYS


class When(StrEnum):
    """How near a thing is."""

    LATE = "逾期"
    SOON = "七日内到期"
    LATER = "还没到期"


@dataclass(frozen=True)
class Item:
    """One thing to do: what, why, by when; ``room`` and ``uid`` say where it is settled.

    ``link`` is the word that leads there, empty for whom it leads nowhere; ``due_on`` is the last
    day that is still in time. What a rule asks for carries the rule's id, its ``basis``, the turn
    it is about and the last moment in time. What the town waits for ``is_for_town``.
    """

    when: When
    what: str
    why: str
    due_on: date
    room: str
    uid: str
    link: str
    rule: str = ""
    basis: str = ""
    period: str = ""
    due_at: datetime | None = None
    is_for_town: bool = False

    def days_left(self, today: date) -> str:
        """Say the distance as a person would: 逾期4天, 今天, 明天, 还有5天."""
        days = (self.due_on - today).days
        if days < 0:
            return f"逾期{-days}天"
        if days == 0 and self.when is When.LATE and self.due_at is not None:
            return f"{self.due_at:%H:%M}已过"
        if days == 0 and self.due_at is not None and (self.due_at.hour, self.due_at.minute) != LAST:
            return f"今天{self.due_at:%H:%M}前"
        return {0: "今天", 1: "明天"}.get(days, f"还有{days}天")


LAST = (23, 59)  # hour and minute of a day that counts to its end


def when_of(due_on: date, today: date) -> When:
    """Return how near a day is; the day itself is not late."""
    days = (due_on - today).days
    return When.LATE if days < 0 else When.SOON if days <= SOON_DAYS else When.LATER
