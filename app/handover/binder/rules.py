"""Which lines belong to a span of days, and how a school orders the headings of its binder."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

_MONTH = re.compile(r"(\d{4})[-年](\d{1,2})月?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_TERM = re.compile(r"(\d{4})-\d{4}-([12])")
_YEAR = re.compile(r"(\d{4})年?")
_SCHOOL_YEAR = re.compile(r"(\d{4})[—-]\d{4}学年")
LEVELS = ("内部", "上报")


class Days(NamedTuple):
    """From a day to a day, both counted."""

    first: date
    last: date

    def meets(self, other: Days) -> bool:
        """Say whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Entry:
    """One paper behind a heading, as the school wants it."""

    id: str
    title: str
    is_on: bool


@dataclass(frozen=True)
class Group:
    """One heading as the school wants it."""

    id: str
    title: str
    is_on: bool
    entries: tuple[Entry, ...]

    def chosen(self) -> Group:
        """Return it with the papers alone that are bound."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.is_on))


def days_of(value: Any) -> Days | None:
    """Return the days a value stands for: a day, a month, a week, a term, a year; None for none.

    >>> days_of("2026-10")
    Days(first=datetime.date(2026, 10, 1), last=datetime.date(2026, 10, 31))
    >>> days_of("2026-2027-2").first
    datetime.date(2027, 2, 1)
    """
    if isinstance(value, datetime):
        return Days(value.date(), value.date())
    if isinstance(value, date):
        return Days(value, value)
    return _days_said(str(value or "").strip())


def _days_said(text: str) -> Days | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Days(date.fromisoformat(text), date.fromisoformat(text))
    if found := _MONTH.fullmatch(text):
        return month_of(date(int(found[1]), int(found[2]), 1))
    if found := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Days(monday, monday + timedelta(days=6))
    if found := _TERM.fullmatch(text):
        year = int(found[1])
        if found[2] == "1":
            return Days(date(year, 8, 1), date(year + 1, 1, 31))
        return Days(date(year + 1, 2, 1), date(year + 1, 7, 31))
    if found := _SCHOOL_YEAR.fullmatch(text):
        return Days(date(int(found[1]), 8, 1), date(int(found[1]) + 1, 7, 31))
    if found := _YEAR.fullmatch(text):
        return Days(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))
    return None


def month_of(day: date) -> Days:
    """Return the days of the month a day is in."""
    return Days(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def months_in(days: Days) -> Iterator[Days]:
    """Yield the months these days touch, each cut to them."""
    at = days.first
    while at <= days.last:
        month = month_of(at)
        yield Days(max(month.first, days.first), min(month.last, days.last))
        at = month.last + timedelta(days=1)


def belongs(row: Mapping[str, Any], days: Days, *, day: str, end: str = "") -> bool:
    """Say whether a row is of these days: begun by their end, and not ended before they begin.

    A row that says no day belongs to every span: it is shown rather than lost.
    """
    begun = days_of(row.get(day))
    if begun is None:
        return True
    if not end:
        return begun.meets(days)
    ended = days_of(row.get(end))
    return begun.first <= days.last and (ended is None or ended.last >= days.first)


def arranged(
    usual: Sequence[Group], kept: Sequence[Mapping[str, Any]], known: Iterable[str]
) -> list[Group]:
    """Return the headings as a school keeps them; what is new since then stands where it belongs.

    ``usual`` is how they come with the program; ``known`` are the papers there are.
    """
    papers, homes = set(known), {e.id: g.id for g in usual for e in g.entries}
    by_id = {group.id: group for group in usual}
    entries = {entry.id: entry for group in usual for entry in group.entries}
    found = []
    for said in kept:
        if (group := by_id.pop(said["id"], None)) is None:
            continue
        mine = [
            Entry(one["id"], one.get("title") or entries[one["id"]].title, one["on"])
            for one in said["entries"]
            if one["id"] in entries and homes[one["id"]] == group.id
        ]
        named = {entry.id for entry in mine}
        mine += [entry for entry in group.entries if entry.id not in named]
        found.append(Group(group.id, said["title"] or group.title, said["on"], tuple(mine)))
    found += by_id.values()
    return [_only(group, papers) for group in found]


def to_keep(groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Return the headings as they are kept."""
    return [
        {
            "id": group.id,
            "title": group.title,
            "on": group.is_on,
            "entries": [{"id": e.id, "title": e.title, "on": e.is_on} for e in group.entries],
        }
        for group in groups
    ]


def _only(group: Group, papers: set[str]) -> Group:
    entries = tuple(entry for entry in group.entries if entry.id in papers)
    return replace(group, entries=entries)
