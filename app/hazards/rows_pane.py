"""A hazard as one line of the ledger on the screen: how it is drawn, found and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from app.core.pinyin import search_text
from app.hazards.grades import grade_of, is_major
from app.hazards.lines import HazardLine, copied_word, times_of
from app.hazards.standing import SOON_DAYS
from app.hazards.words import Status
from app.ui.pages import LateRow, Line, Row

OPEN, LATE, MAJOR, SOON, CLOSED = "open", "late", "major", "soon", "closed"
SHELVED, CARRIED = "shelved", "结转"
# How a status is drawn: its shape and its tone.
LOOKS: Mapping[Status, tuple[str, str]] = {
    Status.LATE: ("late", "late"),
    Status.SOON: ("soon", "soon"),
    Status.TO_ACCEPT: ("check", "accent"),
    Status.TO_CLOSE: ("check", "accent"),
    Status.TO_ASSESS: ("none", "plain"),
    Status.TO_REPORT: ("none", "plain"),
    Status.TO_WATCH: ("none", "plain"),
    Status.TO_PLAN: ("none", "plain"),
    Status.IN_WORK: ("work", "plain"),
    Status.RETURNED: ("soon", "soon"),
    Status.SHELVED: ("none", "accent"),
    Status.CLOSED: ("done", "done"),
}
_CELLS = {word: (str(word), *look) for word, look in LOOKS.items()}
_CLOSED = frozenset({CLOSED})


def rows_of(lines: Iterable[HazardLine], today: date) -> list[Line]:
    """Return the lines of the ledger; how one reads is written out when it is looked at."""
    by_uid = {line.uid: line for line in lines}

    def write(uid: str) -> Row:
        return row_of(by_uid[uid], today)

    return [LateRow(line.uid, tags_of(line, today), write) for line in by_uid.values()]


def row_of(line: HazardLine, today: date) -> Row:
    """Return one hazard as a line of the ledger."""
    keeper, grade, day = line.keeper or line.owner or "", line.grade, line.look_on or line.due_on
    return Row(
        line.uid,
        (
            _status(line, today),
            line.number,
            (line.place, line.what),
            _mark(grade),
            keeper,
            _short(day, today.year) if day else "",
        ),
        _sounds(line.category, keeper),
        tags_of(line, today),
        {
            "year": _years(line.years),
            "category": line.category,
            "grade": grade,
            "owner": keeper,
            "campaign": line.campaign or "",
            "copied": copied_word(line),
            "time": times_of(line) or "",
        },
    )


def _status(line: HazardLine, today: date) -> tuple[str, str, str]:
    if line.look_on and line.is_late(today):
        return (str(line.status), "late", "late")
    return _CELLS[line.status]


@lru_cache(maxsize=256)
def _years(years: range) -> str | tuple[str, ...]:
    """Return the years whose ledger a line stands in; one carried over says so too."""
    if len(years) == 1:
        return str(years[0])
    return (*(str(year) for year in years), CARRIED)


def tags_of(line: HazardLine, today: date) -> frozenset[str]:
    """Return the chips a hazard counts for."""
    if line.step is None:
        return _CLOSED
    is_late, is_due = line.status is Status.LATE, line.status is Status.SOON
    if line.look_on:
        is_late, is_due = line.is_late(today), line.is_soon(today, SOON_DAYS)
    return _tag_set(is_late, is_due, is_major(line.grade), line.look_on is not None)


@lru_cache(maxsize=16)
def _tag_set(is_late: bool, is_due: bool, is_major: bool, is_shelved: bool) -> frozenset[str]:
    marks = ((LATE, is_late), (SOON, is_due), (MAJOR, is_major), (SHELVED, is_shelved))
    return frozenset({OPEN, *(tag for tag, is_on in marks if is_on)})


@lru_cache(maxsize=64)
def _mark(grade: str) -> tuple[str, str, str]:
    known = grade_of(grade)
    return (grade, known.shape, known.tone) if known else (grade, "", "plain")


@lru_cache(maxsize=4096)
def _sounds(category: str, owner: str) -> str:
    """Return what else finds a line: its category and how its owner's name is spelled."""
    return f"{category} {search_text(owner)}" if owner else category


@lru_cache(maxsize=4096)
def _short(day: date, this_year: int) -> str:
    short = f"{day.month:02}-{day.day:02}"
    return short if day.year == this_year else f"{day.year % 100:02}-{short}"
