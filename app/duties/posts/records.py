"""The table of the posts."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy.orm import Mapped

from app.core.store import Record


class DutyPost(Record):
    """One post (岗位) as it is stood from ``in_use_from`` to ``in_use_until``, both included.

    A post that is changed in mid term ends, and another that ``follows`` it (by uid) goes on from
    the day of the change, so that what was stood before stays as it was. ``family`` is what it is
    printed with (护学岗, 巡逻, 值班 …), ``source`` where its number of heads comes from. ``needs``
    are objects of ``least``, ``can``, ``sex`` and ``leader``.
    """

    __tablename__ = "duty_post"

    rank: Mapped[int]
    name: Mapped[str]
    family: Mapped[str]
    place: Mapped[str | None]
    task: Mapped[str | None]
    starts: Mapped[time]
    ends: Mapped[time]
    days: Mapped[list[Any]]
    weekdays: Mapped[list[Any]]
    heads: Mapped[int]
    needs: Mapped[list[Any]]
    burden: Mapped[str]
    points: Mapped[float]
    covers: Mapped[bool]
    shares: Mapped[bool]
    source: Mapped[str | None]
    in_use_from: Mapped[date | None]
    in_use_until: Mapped[date | None]
    follows: Mapped[str | None]
