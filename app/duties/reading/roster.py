"""A hand-made roster from a spreadsheet: who stands where, and each break with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.core.imports import Question
from app.core.sheets import Book
from app.core.views import Row
from app.duties.planning import Break, Cell, Roster, Rule, Seat, check
from app.duties.reading.cells import names_in
from app.duties.reading.matching import Known, Matching
from app.duties.reading.tables import Place, Unread, lines_of

UNREAD = "没有读懂"
SEVERAL = "同名"
_FAR = timedelta(days=400)


@dataclass(frozen=True)
class Fault:
    """A rule that the file breaks, or what in it could not be read, at its place."""

    place: Place
    rule: str
    why: str

    def row(self) -> Row:
        """Return it as the command says it."""
        return self.place._asdict() | {"rule": self.rule, "why": self.why}


@dataclass
class Reading:
    """What a file says: ``cells`` with who stands there, where that is written, what is wrong.

    ``headings`` are the words each post goes by in the file.
    """

    cells: dict[Cell, list[str]] = field(default_factory=dict)
    places: dict[Cell, Place] = field(default_factory=dict)
    own: dict[tuple[Cell, str], Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day that the file says anything of."""
        days = [cell.on for cell in self.cells]
        return (min(days), max(days)) if days else None

    @property
    def seats(self) -> list[Seat]:
        """Everybody where the file puts him."""
        return [Seat(cell, uid) for cell, uids in self.cells.items() for uid in uids]


def read_roster(
    book: Book, known: Known, *, today: date, answers: Mapping[str, str] | None = None
) -> Reading:
    """Read every roster in a file; nothing is written, and what is not clear is asked."""
    reading, matching = Reading(), Matching(known, answers or {})
    for line in lines_of(book, today=today):
        if isinstance(line, Unread):
            reading.faults.append(Fault(line.place, UNREAD, line.why))
            continue
        if abs(line.on - today) > _FAR:
            why = f"写的是{line.on.year}年的日子，离今天一年多了，不收；请看看是不是拿错了表。"
            reading.faults.append(Fault(line.place, UNREAD, why))
            continue
        post = matching.post(line.heading, line.on)
        if post is None:
            continue
        cell = Cell(line.on, post.uid)
        reading.headings.setdefault(post.name, line.heading)
        reading.places.setdefault(cell, line.place)
        reading.cells.setdefault(cell, [])
        for name, mark in names_in(line.value, matching.names):
            _seat(reading, matching, cell, line.place, name, mark)
    reading.questions = list(matching.questions.values())
    return reading


def _seat(
    reading: Reading, matching: Matching, cell: Cell, place: Place, name: str, mark: str
) -> None:
    person = matching.person(name, mark)
    if person is None:
        if matching.is_several(name):
            why = f"叫{name}的不止一位，要说明是哪一位。"
            reading.faults.append(Fault(place, SEVERAL, why))
        else:
            why = f"名册上没有“{name}”。"
            reading.faults.append(Fault(place, str(Rule.UNKNOWN), why))
        return
    if person.uid in reading.cells[cell]:
        reading.faults.append(Fault(place, str(Rule.DOUBLE), f"{name}在这一格写了两次。"))
        return
    reading.cells[cell].append(person.uid)
    reading.own[cell, person.uid] = place


def checked(reading: Reading, roster: Callable[[date, date], Roster]) -> Reading:
    """Return the reading with every rule it breaks, as it would stand beside what is kept.

    ``roster`` gives what is kept on the days of the file; the file's own cells take its place.
    """
    if reading.span is None:
        return reading
    kept = roster(*reading.span)
    after = merged(reading, kept)
    found = [_placed(reading, one) for one in check(after)]
    broken = [fault for fault in found if fault]
    faults = list(dict.fromkeys([*reading.faults, *broken]))
    return replace(reading, faults=sorted(faults, key=lambda one: (one.place.sheet, one.place.row)))


def merged(reading: Reading, kept: Roster) -> Roster:
    """Return the roster with the file's cells in place of those that are kept."""
    stay = tuple(seat for seat in kept.seats if seat.cell not in reading.cells)
    return Roster(kept.frame, (*stay, *reading.seats))


def _placed(reading: Reading, one: Break) -> Fault | None:
    """Return a break at its place in the file; None for one the file has no part in."""
    place = reading.own.get((one.cell, one.person_uid)) or reading.places.get(one.cell)
    if place is None and one.person_uid:
        near = [
            spot
            for (cell, uid), spot in reading.own.items()
            if uid == one.person_uid and abs((cell.on - one.cell.on).days) <= 1
        ]
        place = near[0] if near else None
    return Fault(place, str(one.rule), one.why) if place else None


def report(reading: Reading) -> Row:
    """Return what the command says of a file: every break, what is asked too."""
    breaks = [fault.row() for fault in reading.faults]
    blank = {"sheet": "", "row": 0, "column": "", "value": ""}
    breaks += [
        blank | {"rule": "要问清", "why": question.text}
        for question in reading.questions
        if question.key.startswith("岗位")
    ]
    return {"ok": not breaks, "breaks": breaks, "seats": len(reading.seats)}
