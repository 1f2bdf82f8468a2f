"""The PC's clock, which on an old machine may jump: the journal's own time never runs back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from app.core.errors import UserError


class Clock:
    """The moments the journal writes down; ``newest`` is the last of them."""

    def __init__(self, now: Callable[[], datetime], newest: datetime | None) -> None:
        self._now = now
        self.newest = newest

    def moment(self, at: datetime | None = None) -> datetime:
        """Return the moment to write down: now or ``at``, but never before the last one."""
        at = at or self._now()
        self.newest = at if self.newest is None else max(at, self.newest)
        return self.newest

    def today(self) -> date:
        """Return the day to count from: the clock's, but never before the newest line's."""
        today = self._now().date()
        return today if self.newest is None else max(today, self.newest.date())

    def trust(self) -> None:
        """Begin anew from what the clock shows."""
        self.newest = None

    def warning(self) -> UserError | None:
        """Return what to tell the user if the date lies before the newest line, else None."""
        today = self._now().date()
        if self.newest is None or today >= self.newest.date():
            return None
        return UserError(
            f"电脑的日期是{_say(today)}，可是{_say(self.newest.date())}已经登记过东西，"
            "电脑的日期多半不对。",
            safe=f"已有的记录都没有变。日期调对以前，校安台把今天当作{_say(self.newest.date())}。",
            do="请先把电脑的日期调对；如果电脑的日期没有错，请点“日期没有错”。",
        )


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
