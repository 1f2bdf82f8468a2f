"""From which day on each room has records: before it a number is 未登记, never 0."""

from __future__ import annotations

from datetime import date

from app.handover.reports.books import Books

_LONG_AGO = date(1950, 1, 1)


def hazard(books: Books) -> date | None:
    """Return the day of the first hazard in the ledger."""
    return min((one.found_on for one in books.hazards.lines()), default=None)


def check(books: Books) -> date | None:
    """Return the day of the first check."""
    return min((one.checked_on for one in books.checks.all()), default=None)


def drill(books: Books) -> date | None:
    """Return the day of the first drill that was held."""
    return min((one.done_on for one in books.drills.all() if one.done_on), default=None)


def meeting(books: Books) -> date | None:
    """Return the day of the first meeting."""
    held = books.meetings.done(_LONG_AGO, books.today())
    return min((one.on for one in held), default=None)


def lesson(books: Books) -> date | None:
    """Return the day of the first lesson or training."""
    return min((one.held_on for one in books.education.all()), default=None)


def letter(books: Books) -> date | None:
    """Return the day of the first letter."""
    return min((one.issued_on for one in books.letters.batches()), default=None)


def act(books: Books) -> date | None:
    """Return the day the first pupil was cared for."""
    return min((one.opened_on for one in books.care.lines()), default=None)


def leave(books: Books) -> date | None:
    """Return the day of the first leave of a boarder."""
    return min((one.from_at.date() for one in books.leaves.lines()), default=None)


def around(books: Books) -> date | None:
    """Return the day the first place around the school was entered."""
    return min((one.found_on for one in books.surroundings.all()), default=None)


def plan(books: Books) -> date | None:
    """Return the day of the first plan for emergencies."""
    return min((one.on for one in books.contingencies.done(_LONG_AGO, books.today())), default=None)


def school(books: Books) -> date:
    """Return the first day anything is owed."""
    return books.began()


def is_kept(books: Books, ledger: str, until: date) -> bool:
    """Say whether a ledger was kept by this day; before the school began only its lines say so."""
    if not books.ledgers.is_used(ledger):
        return False
    return books.began() <= until or books.ledgers.count(ledger, _LONG_AGO, until) > 0


def always(_books: Books) -> date:
    """Return a day before all others, for numbers that say themselves whether they are kept."""
    return _LONG_AGO
