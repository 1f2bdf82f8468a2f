"""What the school itself says of its days: terms, spans of days, holiday notices."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy.orm import Mapped

from app.core.store import Record
from app.core.values import show


class SchoolTerm(Record):
    """The days of one term (``2026-2027-1``), both ends included.

    ``weeks_from`` is a day of the first week where that is not the week of the first day.
    """

    __tablename__ = "school_term"

    code: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    weeks_from: Mapped[date | None]


class DayMark(Record):
    """A span of days that are not what the week and the notice make of them."""

    __tablename__ = "day_mark"

    kind: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    note: Mapped[str | None]


class HolidayNotice(Record):
    """The holidays of one year as a notice gives them; wins over the one that came along.

    ``lines`` holds for each holiday ``name``, ``from``, ``to`` and ``work``, days as text.
    """

    __tablename__ = "holiday_notice"

    year: Mapped[int]
    number: Mapped[str | None]
    title: Mapped[str | None]
    lines: Mapped[list[Any]]


class ThemeDay(Record):
    """A theme day or season as the school wants it: its own, or one that came along, changed.

    ``key`` is the id of the one that came along, None for the school's own.
    """

    __tablename__ = "theme_day"

    key: Mapped[str | None]
    name: Mapped[str]
    days: Mapped[str]
    counted_from: Mapped[int | None]
    note: Mapped[str | None]
    is_off: Mapped[bool]


class SchoolHours(Record):
    """The hours of a school day, for whom, and in which part of the year."""

    __tablename__ = "school_hours"

    name: Mapped[str]
    who: Mapped[str]
    days: Mapped[str | None]
    arrives_at: Mapped[time]
    lessons_at: Mapped[time]
    noon_at: Mapped[time]
    back_at: Mapped[time | None]
    leaves_at: Mapped[time]


def told_of_mark(mark: DayMark) -> str:
    """Say which span of days it is, as the recycle view lists it."""
    days = f"{show(mark.first_on)}到{show(mark.last_on)}"
    return f"{mark.kind}，{days}" + (f"，{mark.note}" if mark.note else "")
