"""The stopwatch of a drill: one key a moment, one key a class, the last press taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from app.drills.doing.rules import LONGEST, Node

# In the order of the keyboard; what is left for the moments is the space bar.
KEYS = "1234567890QWERTYUIOPASDFGHJKLZXCVBNM"


class Press(NamedTuple):
    """One press: a moment of the drill, or a class (by its place on the card) that reported."""

    is_class: bool
    what: str
    seconds: int


@dataclass(frozen=True)
class Run:
    """A stopwatch that runs, or has run; time counts from the signal."""

    drill_uid: str
    started_at: datetime
    presses: tuple[Press, ...] = ()

    @property
    def nodes(self) -> dict[str, int]:
        """The moments that were marked, by name."""
        return {Node.SIGNAL: 0} | {
            one.what: one.seconds for one in self.presses if not one.is_class
        }

    @property
    def reports(self) -> dict[str, int]:
        """When each class reported, by its unit."""
        return {one.what: one.seconds for one in self.presses if one.is_class}

    @property
    def next_node(self) -> Node | None:
        """The moment that comes next; the one called 避险 may be passed over."""
        marked = self.nodes
        return next((node for node in Node if node not in marked), None)

    @property
    def is_over(self) -> bool:
        """Whether all were counted."""
        return Node.COUNTED in self.nodes

    def elapsed(self, now: datetime) -> int:
        """Return how many whole seconds have passed, up to the end of the counting."""
        if self.is_over:
            return self.nodes[Node.COUNTED]
        return max(0, int((now - self.started_at).total_seconds()))

    def mark(self, node: Node, now: datetime) -> Run:
        """Mark a moment; one that is marked already stays."""
        if node in self.nodes:
            return self
        return replace(self, presses=(*self.presses, Press(False, str(node), self.elapsed(now))))

    def report(self, unit: str, now: datetime) -> Run:
        """Mark that a class has reported; one that has already stays."""
        if unit in self.reports or self.is_over:
            return self
        return replace(self, presses=(*self.presses, Press(True, unit, self.elapsed(now))))

    def undo(self) -> Run:
        """Take the last press back."""
        return replace(self, presses=self.presses[:-1])

    def stopped(self) -> Run:
        """Return the run ended with its last press."""
        last = self.presses[-1].seconds if self.presses else 0
        if self.is_over:
            return self
        return replace(self, presses=(*self.presses, Press(False, str(Node.COUNTED), last)))

    def doubt(self, now: datetime) -> str:
        """Say why it may have been left running: past midnight, or longer than two hours."""
        if self.is_over:
            return ""
        if now < self.started_at:
            return "电脑的时间比开始计时的时候还早，可能改过时间。"
        if now - self.started_at > LONGEST:
            return f"秒表从{_said(self.started_at)}开始，已经走了两个多小时，可能忘了停。"
        if now.date() != self.started_at.date():
            return f"秒表从{_said(self.started_at)}开始，已经过了零点，可能忘了停。"
        return ""

    def plain(self) -> dict[str, Any]:
        """Return it as a note keeps it."""
        return {
            "drill": self.drill_uid,
            "started_at": self.started_at.isoformat(),
            "presses": [list(one) for one in self.presses],
        }


def read_run(plain: Mapping[str, Any] | None) -> Run | None:
    """Return the run that ``plain`` kept, None where there is none."""
    if not plain:
        return None
    return Run(
        plain["drill"],
        datetime.fromisoformat(plain["started_at"]),
        tuple(Press(bool(c), str(what), int(s)) for c, what, s in plain["presses"]),
    )


def keys_of(units: Sequence[str]) -> dict[str, str]:
    """Return the key of each class; beyond the keys there are, a class has its button alone."""
    return dict(zip(units, KEYS, strict=False))


def _said(at: datetime) -> str:
    return f"{at.month}月{at.day}日 {at:%H:%M}"
