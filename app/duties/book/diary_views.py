"""What lists, papers and commands are given of the safety logs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.duties.book.entries import ENTRIES
from app.duties.book.records import SafetyLog
from app.duties.book.rules import week_of, weekday_name

if TYPE_CHECKING:
    from app.duties.book.diary import SafetyLogRegister

_KEYS = (
    "on", "weekday", "weather", "written_by", "signed_by", "signed_on", "year", "month",
    *(entry.key for entry in ENTRIES),
)  # fmt: skip


def views(register: SafetyLogRegister) -> dict[str, View]:
    """Return the rows of the safety logs by the name a paper calls them."""

    def listed(where: Filter) -> list[Row]:
        return keep([row_of(one) for one in register.all()], where, _KEYS)

    def days(where: Filter) -> list[Row]:
        return list(reversed(listed(where)))

    def week(where: Filter) -> list[Row]:
        first, last = week_of(register.today())
        usual = [first + timedelta(days=number) for number in range(5)]
        found = register.school_days(first, last) or usual
        empty: Row = dict.fromkeys(_KEYS)
        rows = [empty | {"when": f"{show(day)}　{weekday_name(day)}"} for day in found]
        return keep(rows, where, ("when",))

    return {"list": listed, "days": days, "week": week}


def row_of(log: SafetyLog) -> Row:
    """Return all a log says, as lists and papers need it."""
    day = log.log_on
    return {
        "on": day,
        "when": f"{show(day)}　{weekday_name(day)}",
        "weekday": weekday_name(day),
        "weather": log.weather,
        "written_by": log.written_by,
        "signed_by": log.signed_by,
        "signed_on": log.signed_on,
        "year": str(day.year),
        "month": f"{day.year}-{day.month:02}",
        **{entry.key: log.entries.get(entry.key, "") for entry in ENTRIES},
    }


def said_in(key: str, log: SafetyLog) -> str:
    """Return what one entry of a log says."""
    return str(log.entries.get(key, ""))
