"""One line of a ledger as it is read: what was filled in, as far as whoever reads may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from app.core.forms import MOST_SENSITIVE, Field, Form
from app.core.paper.wording import masked
from app.core.roles import Right, Sitter
from app.core.values import show
from app.core.views import Row
from app.ledgers.filling import Expiry, expiries, read, unpack

_PRIVATE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``stored`` is what was filled in as JSON keeps it, less what is covered."""

    form: Form
    uid: str
    rev: int
    number: str
    on: date
    closed_on: date | None
    next_on: date | None
    stored: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        """Return what stands in a blank, None if nothing does.

        Raises:
            KeyError: the form has no such blank.

        """
        return read(self.form.field(key), self.stored.get(key))

    @property
    def values(self) -> dict[str, Any]:
        """All that was filled in, every blank by its key."""
        return unpack(self.form, self.stored)

    @property
    def is_closed(self) -> bool:
        """Whether it has ended."""
        return self.closed_on is not None

    @property
    def status(self) -> str:
        """How it stands, in the words of its form; empty for a ledger whose lines do not end."""
        if not self.form.closing:
            return ""
        return self.form.closed if self.is_closed else self.form.open

    @property
    def name(self) -> str:
        """What it is called in lists and reminders."""
        words = [show(self[key]) for key in self.form.name]
        return " ".join(word for word in words if word) or self.number

    def expiries(self) -> list[Expiry]:
        """Return the days of it that somebody is reminded of, the nearest first."""
        return (
            [] if self.is_closed else expiries(self.form, unpack(self.form, self.stored, away=True))
        )

    def row(self) -> Row:
        """Return it as papers, spreadsheets and commands take it."""
        values = {k: show(v) if isinstance(v, time) else v for k, v in self.values.items()}
        own = {"number": self.number, "status": self.status, "line_on": self.on}
        return own | values | {"year": str(self.on.year), "month": f"{self.on:%Y-%m}"}


def blank_row(form: Form) -> Row:
    """Return a row as ``Line.row`` gives it with nothing filled in, for a sheet to write on."""
    own = ("number", "status", "line_on", "year", "month", "season_said", "slip_said")
    keys = (*own, *(f.key for f in form.fields))
    return dict.fromkeys(keys)


def line_of(form: Form, found: Any, hidden: Mapping[str, str]) -> Line:
    """Return a line of a record or of a row with its columns, less what is hidden."""
    return Line(
        form,
        found.uid,
        found.rev,
        found.number,
        found.line_on,
        found.closed_on,
        found.next_on,
        cover(found.said, hidden),
    )


def may_read(field: Field, sitter: Sitter) -> bool:
    """Say whether a blank is read without more ado; a sealed one only after the eye."""
    if field.sensitive >= MOST_SENSITIVE:
        return False
    return field.sensitive < _PRIVATE or sitter.may(Right.SEE_STUDENTS)


def covered(form: Form, sitter: Sitter, *, opened: bool) -> dict[str, str]:
    """Return the blanks this person may not read, with how each is masked; "" is left out."""
    if opened and sitter.may(Right.SEE_SEALED):
        return {}
    return {
        field.key: field.mask if field.sensitive < MOST_SENSITIVE else ""
        for field in form.every
        if not may_read(field, sitter)
    }


def cover(stored: Mapping[str, Any], hidden: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what may be read of a line."""
    if not hidden:
        return stored
    kept = {key: value for key, value in stored.items() if key not in hidden}
    return kept | {
        key: masked(stored[key], mask) for key, mask in hidden.items() if mask and key in stored
    }


def sealed_of(form: Form) -> frozenset[str]:
    """Return the keys of the blanks that are read after the eye alone."""
    return frozenset(f.key for f in form.fields if f.sensitive >= MOST_SENSITIVE)
