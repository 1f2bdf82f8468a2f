"""The tables of duties: who stands where, what was announced, and the slips of exchanges."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class Way(StrEnum):
    """How somebody came to stand where he stands."""

    PLANNED = "排班"
    BY_HAND = "手工"
    STAND_IN = "替班"
    SWAPPED = "换班"
    BROUGHT_IN = "导入"


class SwapKind(StrEnum):
    """What a slip is about."""

    SWAP = "换班"
    STAND_IN = "替班"
    ABSENT = "缺岗"
    REST = "补休"


class DutySeat(Record):
    """One person at one post on one day (排班). A locked one is left as it is.

    ``instead_of`` is who was to stand here before a slip, ``swap_uid`` the slip.
    """

    __tablename__ = "duty_seat"

    stood_on: Mapped[date]
    post_uid: Mapped[str]
    person_uid: Mapped[str]
    locked: Mapped[bool] = mapped_column(default=False)
    way: Mapped[str]
    instead_of: Mapped[str | None]
    swap_uid: Mapped[str | None]


class Announcement(Record):
    """A roster hung out (公布): the days, both included, and the seats as they stood then."""

    __tablename__ = "duty_announcement"

    first_on: Mapped[date]
    last_on: Mapped[date]
    announced_on: Mapped[date]
    announced_by: Mapped[str]
    seats: Mapped[list[Any]]


class DutySwap(Record):
    """A slip (换班单); numbers run HB-2026-0001.

    ``person_uid`` stood, or was to stand, at ``post_uid`` on ``stood_on``; ``other_uid`` stands
    there instead, and in an exchange gives ``other_post_uid`` on ``other_on`` for it. A 补休 is
    owed in half days until ``given_on``.
    """

    __tablename__ = "duty_swap"

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    entered_on: Mapped[date]
    person_uid: Mapped[str]
    stood_on: Mapped[date]
    post_uid: Mapped[str]
    other_uid: Mapped[str | None]
    other_on: Mapped[date | None]
    other_post_uid: Mapped[str | None]
    reason: Mapped[str]
    agreed_by: Mapped[str | None]
    warnings: Mapped[list[Any] | None]
    owed_halves: Mapped[int | None]
    given_on: Mapped[date | None]
    given_half: Mapped[str | None]
