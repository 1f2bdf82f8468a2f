"""The holiday notices that come with the program, and those a school reads from a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.calendar.holidays import notice_faults
from app.calendar.rules import Holiday
from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault


@dataclass(frozen=True)
class HolidayLine:
    """One holiday as its file has it."""

    name: str
    first: str
    last: str
    work: tuple[str, ...] = ()


@dataclass(frozen=True)
class HolidayBook:
    """The holidays of one year, and the number of the notice that gives them."""

    year: int
    confirmed: bool
    holiday: tuple[HolidayLine, ...]
    number: str = ""
    title: str = ""

    @property
    def id(self) -> str:
        """The year."""
        return str(self.year)

    @property
    def holidays(self) -> list[Holiday]:
        """The holidays by their days."""
        return [
            Holiday(
                line.name,
                date.fromisoformat(line.first),
                date.fromisoformat(line.last),
                tuple(map(date.fromisoformat, line.work)),
            )
            for line in self.holiday
        ]


def _whole(book: HolidayBook) -> HolidayBook:
    """Return a book whose days are days and agree with each other."""
    for line in book.holiday:
        for key, word in (
            ("from", line.first),
            ("to", line.last),
            *(("work", w) for w in line.work),
        ):
            try:
                date.fromisoformat(word)
            except ValueError:
                raise Fault(f'“{line.name}”的{key}写了“{word}”，要写成"2027-01-01"') from None
    if book.confirmed and (found := notice_faults(book.year, book.holidays)):
        raise Fault("；".join(found))
    return book


HOLIDAY_BOOKS = Drawer(
    HolidayBook,
    _whole,
    name="放假安排文件",
    others="其他年份的放假安排",
    folder="原来的文件夹",
    parts={"holiday": ("holiday", "个假期"), "first": ("from", ""), "last": ("to", "")},
)


def load_holiday_books(folder: Path) -> tuple[dict[str, HolidayBook], list[UserError]]:
    """Read the notices that came with the program; a broken file stops no other."""
    found: dict[str, HolidayBook] = {}
    faults: list[UserError] = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].toml")):
        try:
            book = HOLIDAY_BOOKS.load(path)
        except UserError as fault:
            faults.append(fault)
        else:
            found[book.id] = book
    return found, faults
