"""The month as its grid shows it: dates down, posts across, people as chips; plain values."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from app.calendar import Day as CalendarDay
from app.calendar import DayKind
from app.duties.month import DutyMonth
from app.duties.planning import Cell, Day, DayClass
from app.duties.records import Way

WEEKDAYS = "一二三四五六日"
WAITING = "待定"
CONFLICT, MISSING, LOCKED, STAND_IN = "conflict", "missing", "locked", "stand_in"
_SLIPS = (Way.STAND_IN, Way.SWAPPED)
_KINDS = {
    DayKind.HOLIDAY: "休",
    DayKind.MAKE_UP: "班",
    DayKind.VACATION: "假",
    DayKind.FARM: "农忙",
    DayKind.EXAM: "考试",
}


class Chip(NamedTuple):
    """One person in a cell; ``is_broken`` where a rule speaks against it."""

    person_uid: str
    name: str
    is_locked: bool
    is_broken: bool
    is_slip: bool


class GridCell(NamedTuple):
    """One post on one day; ``cell`` is None where nobody is to stand there."""

    cell: Cell | None
    chips: tuple[Chip, ...] = ()
    missing: int = 0
    is_broken: bool = False

    @property
    def tags(self) -> frozenset[str]:
        """The numbers above the grid it counts for."""
        found = {CONFLICT} if self.is_broken or any(c.is_broken for c in self.chips) else set()
        found |= {MISSING} if self.missing else set()
        found |= {LOCKED} if any(chip.is_locked for chip in self.chips) else set()
        found |= {STAND_IN} if any(chip.is_slip for chip in self.chips) else set()
        return frozenset(found)


class GridRow(NamedTuple):
    """One day; ``tag`` is the short word beside the date, ``tip`` the whole of it."""

    on: date
    label: str
    tag: str
    tip: str
    is_waiting: bool
    is_work: bool
    cells: tuple[GridCell, ...]


class MonthGridValues(NamedTuple):
    """Everything the grid paints."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]

    def count(self, tag: str = "") -> int:
        """Count the people who stand, or what carries a tag: missing people, else cells."""
        cells = [cell for row in self.rows for cell in row.cells]
        if not tag:
            return sum(len(cell.chips) for cell in cells)
        if tag == MISSING:
            return sum(cell.missing for cell in cells)
        return sum(tag in cell.tags for cell in cells)


def grid_of(month: DutyMonth, days: list[CalendarDay], *, today: date) -> MonthGridValues:
    """Return the grid of a month; two posts of one name, one after the other, share a column.

    Nobody is called missing before the first day and after the last that somebody has planned.
    """
    columns = tuple(
        dict.fromkeys(post.name for post in month.posts.values() if _used(month, post.uid))
    )
    by_name: dict[str, list[str]] = {}
    for uid, post in month.posts.items():
        by_name.setdefault(post.name, []).append(uid)
    rows = tuple(
        GridRow(
            day.on,
            f"{day.on.month}-{day.on.day} {WEEKDAYS[day.on.weekday()]}",
            "今天" if day.on == today else WAITING if day.provisional else _KINDS.get(day.kind, ""),
            _tip(day),
            day.provisional,
            known.kind is DayClass.WORK,
            tuple(_cell(month, known, by_name[name]) for name in columns),
        )
        for day, known in zip(days, month.days, strict=True)
    )
    return MonthGridValues(columns, rows)


def _used(month: DutyMonth, uid: str) -> bool:
    return any(
        Cell(day.on, uid) in month.cells or month.is_asked_on(uid, day) for day in month.days
    )


def _cell(month: DutyMonth, day: Day, uids: list[str]) -> GridCell:
    on, is_planned = day.on, month.is_planned(day.on)
    uid = next((u for u in uids if month.is_asked_on(u, day)), None)
    uid = uid or next((u for u in uids if Cell(on, u) in month.cells), None)
    if uid is None:
        return GridCell(None)
    cell = Cell(on, uid)
    breaks = month.breaks.get(cell, [])
    gap = month.gaps.get(cell) if is_planned else None
    chips = tuple(
        Chip(
            seat.person_uid,
            month.name(seat.person_uid),
            seat.locked,
            any(one.person_uid == seat.person_uid for one in breaks),
            seat.way in _SLIPS,
        )
        for seat in month.cells.get(cell, ())
    )
    whole = [one for one in breaks if not one.person_uid]
    return GridCell(cell, chips, gap.missing if gap else 0, bool(whole) and is_planned)


def _tip(day: CalendarDay) -> str:
    said = [f"{day.on.month}月{day.on.day}日 周{WEEKDAYS[day.on.weekday()]}", str(day.kind)]
    if day.note:
        said.append(day.note)
    if day.provisional:
        said.append("放假安排还没有通知，这天的班是待定")
    return " · ".join(said)
