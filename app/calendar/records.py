"""What the school itself says of its days: terms, spans of days, holiday notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from app.core.store import Record


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
