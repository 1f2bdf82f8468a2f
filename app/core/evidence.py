"""One thing that was done, as a rule of what is due counts it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class Done(NamedTuple):
    """What a room can show for a rule: a drill held, a meeting, a check, a report handed in.

    ``kind`` is the room's own word for it (火灾, 月研判会), ``what`` says it in short, ``uid``
    leads there; ``at`` is kept where the minute counts.
    """

    on: date
    kind: str
    uid: str
    what: str
    at: datetime | None = None
