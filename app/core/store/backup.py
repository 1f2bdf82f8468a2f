"""Copies of the database that a teacher can go back to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from app.core.store.database import connect, is_plain

_NAME = re.compile(r"校安台-(\d{8})-(\d{8})-\d{6}\.db")
DAYS_ALL, DAILY, WEEKLY, MONTHLY = 2, 12, 10, 9
MOST_LOOSE = 60


class DamagedCopy(Exception):  # noqa: N818 - a finding about a file
    """A copy does not read back; it has been removed again."""


@dataclass(frozen=True, order=True)
class Copy:
    """One backup: the newest action it holds, and the day the clock showed."""

    number: int
    day: date
    path: Path = field(default=Path(), compare=False)


def back_up(database: Path, key: bytes, folder: Path, now: datetime) -> Path:
    """Copy the live database whole, check that the copy reads, and return where it lies.

    ``VACUUM INTO`` sees the write-ahead log, goes on beside a writer, and leaves no free pages.
    The name carries the number of the newest action, since the clock of an old PC may jump.

    Raises:
        DamagedCopy: the copy does not read back; it has been removed again.

    """
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / "校安台.part"
    half.unlink(missing_ok=True)
    try:
        with closing(connect(database, key)) as source:
            source.execute("VACUUM INTO ?", (str(half),))
        number = _check(half, key)
        _sync(half)  # the check itself writes to the header
        target = folder / f"校安台-{number:08}-{now:%Y%m%d-%H%M%S}.db"
        half.replace(target)
    finally:
        for rest in folder.glob(f"{half.name}*"):
            rest.unlink()
    _sync(folder)
    return target


def copies_in(folder: Path) -> list[Copy]:
    """Return the copies in this folder, the oldest first; other files are not ours to judge."""
    found = []
    for path in folder.glob("*.db"):
        if name := _NAME.fullmatch(path.name):
            try:
                day = datetime.strptime(name[2], "%Y%m%d").date()
            except ValueError:
                continue
            found.append(Copy(int(name[1]), day, path))
    return sorted(found)


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


def _check(copy: Path, key: bytes) -> int:
    """Return the newest action in a copy that reads back whole, on its own, with its key."""
    if is_plain(copy):
        raise DamagedCopy("the copy is not encrypted")
    with closing(connect(copy, key)) as opened:
        for question in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
            verdict = [row for row in opened.execute(f"PRAGMA {question}") if row != ("ok",)]
            if verdict:
                raise DamagedCopy(f"{question}: {len(verdict)} faults")
        (number,) = opened.execute("SELECT coalesce(max(id), 0) FROM action").fetchone()
        opened.execute("PRAGMA journal_mode = DELETE")  # a copy also opens on a read-only disk
    return int(number)


def _sync(path: Path) -> None:
    """Have the disk itself keep a file or a folder; Windows cannot do so for a folder."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
