"""Wrong passwords in a row, and how long the next try has to wait."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import NamedTuple

FREE_TRIES = 3
LONGEST_WAIT_S = 300


class Clock(NamedTuple):
    """One moment by two clocks: the calendar's, which people set, and the time since start-up."""

    wall_s: float
    uptime_s: float

    @classmethod
    def read(cls) -> Clock:
        """Look at both clocks now."""
        return cls(time.time(), time.monotonic())


@dataclass(frozen=True)
class Tries:
    """How often in a row a slot was tried in vain, and when last."""

    fails: int = 0
    wall_s: float = 0
    uptime_s: float = 0

    @property
    def free(self) -> int:
        """How many more tries go without waiting."""
        return max(0, FREE_TRIES - self.fails)

    @property
    def wait_s(self) -> int:
        """How long the next try waits, counted from the last: 0, 0, 0, 2, 4, 8 … 300 seconds."""
        if self.fails < FREE_TRIES:
            return 0
        return min(LONGEST_WAIT_S, 1 << min(20, self.fails - FREE_TRIES + 1))

    def failed(self, clock: Clock) -> Tries:
        """Count one more."""
        return Tries(self.fails + 1, clock.wall_s, clock.uptime_s)

    def settled(self, clock: Clock) -> Tries:
        """Begin the wait anew if neither clock can tell how much of it is over.

        That is so after a restart with the calendar set back: the wait is not forgiven, and it
        does not last until the old date comes again.
        """
        if self._passed_s(clock) is None:
            return replace(self, wall_s=clock.wall_s, uptime_s=clock.uptime_s)
        return self

    def left_s(self, clock: Clock) -> float:
        """Return how many seconds of the wait remain."""
        passed = self._passed_s(clock)
        return self.wait_s if passed is None else max(0.0, self.wait_s - passed)

    def _passed_s(self, clock: Clock) -> float | None:
        # The time since start-up goes first: nobody can set it, but a restart begins it anew.
        if clock.uptime_s >= self.uptime_s:
            return clock.uptime_s - self.uptime_s
        if clock.wall_s >= self.wall_s:
            return clock.wall_s - self.wall_s
        return None
