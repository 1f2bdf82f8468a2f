"""The table of drills: what is planned, and the figures of the day it was held."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class Drill(Record):
    """One drill (演练). How it stands follows from its days and is never stored.

    ``scope`` says who takes part (全校, 幼儿园, 住校生, a grade), ``way`` whether they know before
    (预定, 突发), ``manner`` whether anybody walks (实操, 桌面). ``why`` tells why this day was
    chosen; ``by_plan`` marks what the plan of a term put there, ``moves`` say from which day to
    which it was moved and why. From ``done_on`` on the figures are those of the day itself.
    """

    __tablename__ = "drill"

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    way: Mapped[str]
    manner: Mapped[str]
    title: Mapped[str]
    scope: Mapped[str]
    planned_on: Mapped[date]
    planned_at: Mapped[time | None]
    place: Mapped[str | None]
    commander: Mapped[str | None]
    why: Mapped[str | None]
    note: Mapped[str | None]
    locked: Mapped[bool] = mapped_column(default=False)
    by_plan: Mapped[bool] = mapped_column(default=False)
    moves: Mapped[list[Any] | None]
    plan_uid: Mapped[str | None]
    target_seconds: Mapped[int | None]
    done_on: Mapped[date | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    seconds: Mapped[int | None]
    pupils_due: Mapped[int | None]
    pupils_there: Mapped[int | None]
    staff_due: Mapped[int | None]
    staff_there: Mapped[int | None]
