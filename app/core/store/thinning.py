"""Which backups to keep when there are many, by the journal's order and not by the clock's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.core.store.backup import Copy

DAYS_ALL, DAILY, WEEKLY, MONTHLY = 2, 12, 10, 9
MOST_LOOSE = 60


def to_drop(copies: Iterable[Copy], today: date) -> list[Copy]:
    """Choose which copies to drop; the newest is never one of them.

    Goes by the journal's order. Kept: all of the last 2 days, then the newest of each of 12
    days, of each of 10 weeks, of each of 9 months. A day after ``today`` or before an older copy's
    is the clock's fault: such a copy fills no day, week or month, and is kept. When more than
    60 copies are kept without a bucket, every second of these goes.
    """
    newest_first = sorted(copies, reverse=True)
    sane = _with_sane_days(newest_first, today)
    left = {"day": DAILY, "week": WEEKLY, "month": MONTHLY}
    seen: set[tuple[str, object]] = set()
    loose: list[Copy] = []
    dropped: list[Copy] = []
    for copy in newest_first:
        if copy not in sane:
            loose.append(copy)
            continue
        buckets = _buckets(copy.day)
        stage = next((b for b in buckets if left[b[0]] > 0), None)
        if (today - copy.day).days < DAYS_ALL:
            loose.append(copy)
        elif stage and stage not in seen:
            left[stage[0]] -= 1
        else:
            dropped.append(copy)
            continue
        seen.update(buckets)
    if len(loose) > MOST_LOOSE:
        dropped += loose[1::2]
    return sorted(dropped)


def _with_sane_days(newest_first: list[Copy], today: date) -> set[Copy]:
    sane: set[Copy] = set()
    latest = date.min
    for copy in reversed(newest_first):
        if latest <= copy.day <= today:
            latest = copy.day
            sane.add(copy)
    return sane


def _buckets(day: date) -> list[tuple[str, object]]:
    return [("day", day), ("week", day.isocalendar()[:2]), ("month", (day.year, day.month))]
