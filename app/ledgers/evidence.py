"""What the lines of a ledger show for the rules of what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Generic, TypeVar

from sqlalchemy import select

from app.core.evidence import Done
from app.core.forms import MOST_SENSITIVE, Form
from app.core.store import Store
from app.ledgers.filling import read
from app.ledgers.records import LedgerLine

PREFIX = "ledger."  # what the evidence of a ledger is called in a rule file, before its id
BLANK = "new:"  # asks a page for a new line of the ledger named after it
_NAMED = 3  # persons named in one line
_COLUMNS = (LedgerLine.uid, LedgerLine.number, LedgerLine.line_on, LedgerLine.said)
_AT_ONCE = 200  # lines read together

T = TypeVar("T")


class ByLedger(Mapping[str, T], Generic[T]):
    """What each ledger kept now gives, by the name of its evidence, and what stands ``beside``.

    A ledger taken in while the program runs is there at once.
    """

    def __init__(
        self,
        forms: Mapping[str, Form],
        give: Callable[[str], T],
        *,
        beside: Mapping[str, T],
        fits: Callable[[Form], object] = bool,
    ) -> None:
        self._forms, self._give, self._beside, self._fits = forms, give, beside, fits

    def __getitem__(self, name: str) -> T:
        """Return what stands under this name."""
        if name in self._beside:
            return self._beside[name]
        form = self._forms.get(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
        if form is None or not self._fits(form):
            raise KeyError(name)
        return self._give(form.id)

    def __iter__(self) -> Iterator[str]:
        """Yield the names, what stands beside first."""
        yield from self._beside
        yield from (f"{PREFIX}{form.id}" for form in self._forms.values() if self._fits(form))

    def __len__(self) -> int:
        """Return how many names there are."""
        return sum(1 for _ in self)


class Shower:
    """Says for each ledger what its lines show; ``staff`` names who works at the school."""

    def __init__(
        self,
        store: Store,
        form: Callable[[str], Form],
        staff: Callable[[], Sequence[str]],
        today: Callable[[], date],
    ) -> None:
        self._store, self._form, self._staff, self._today = store, form, staff, today

    def done(self, id: str, first: date, last: date) -> list[Done]:
        """Return what was done these days, both counted, in the words of the choices made.

        Where a form says ``each``, a year is done on the day the last of those concerned had a
        line of that year, and not before.
        """
        form = self._form(id)
        if form.each:
            return [
                one
                for year in range(first.year, last.year + 1)
                for one in self._whole(form, year)
                if first <= one.on <= last
            ]
        return [_done(form, *row) for row in self._rows(id, first, last)]

    def since(self, id: str, kinds: Sequence[str]) -> date | None:
        """Return the day of the first line entered of these kinds, of any if none is named.

        It says whether the school keeps a ledger for this at all; None where it does not.
        """
        form, wanted = self._form(id), [frozenset(kind.split("·")) for kind in kinds]
        lines = (
            select(*_COLUMNS)
            .where(LedgerLine.ledger == id, LedgerLine.void_reason.is_(None))
            .order_by(LedgerLine.line_on)
            .execution_options(yield_per=_AT_ONCE)
        )
        with self._store.read() as session:
            for row in session.execute(lines):
                said = frozenset(_done(form, *row).kind.split("·"))
                if not wanted or any(kind <= said for kind in wanted):
                    first: date = row.line_on
                    return first
        return None

    def missing(self, id: str) -> str | None:
        """Say who has no line of this year yet, where the ledger is about each person."""
        form = self._form(id)
        lacking = self._lacking(form, self._today().year) if form.each else []
        if not lacking:
            return ""
        rest = "等" if len(lacking) > _NAMED else ""
        return f"还差{len(lacking)}人：{'、'.join(lacking[:_NAMED])}{rest}"

    def _rows(self, id: str, first: date, last: date) -> list[tuple[str, str, date, object]]:
        wanted = select(*_COLUMNS).where(
            LedgerLine.ledger == id,
            LedgerLine.void_reason.is_(None),
            LedgerLine.line_on.between(first, last),
        )
        with self._store.read() as session:
            found = session.execute(wanted.order_by(LedgerLine.line_on, LedgerLine.id)).all()
        return [(uid, number, on, said) for uid, number, on, said in found]

    def _whole(self, form: Form, year: int) -> Iterator[Done]:
        if self._lacking(form, year):
            return
        seen: dict[str, Done] = {}
        for row in self._rows(form.id, date(year, 1, 1), date(year, 12, 31)):
            seen.setdefault(_name(form, row[3]), _done(form, *row))
        if seen:
            last = max(seen.values(), key=lambda one: one.on)
            yield last._replace(what=f"{form.title}：{len(seen)}人都有", at=None)

    def _lacking(self, form: Form, year: int) -> list[str]:
        """Return whom the ledger concerns and who has no line of the year."""
        wanted = select(LedgerLine.said).where(
            LedgerLine.ledger == form.id,
            LedgerLine.void_reason.is_(None),
            LedgerLine.closed_on.is_(None),
            LedgerLine.line_on <= date(year, 12, 31),
        )
        with self._store.read() as session:
            open_lines = session.scalars(wanted).all()
        names = [*self._concerned(form), *(_name(form, said) for said in open_lines)]
        begin, end = date(year, 1, 1), date(year, 12, 31)
        known = {_name(form, row[3]) for row in self._rows(form.id, begin, end)}
        return [name for name in dict.fromkeys(names) if name and name not in known]

    def _concerned(self, form: Form) -> Sequence[str]:
        return self._staff() if form.field(form.each).kind == "person" else ()


def _name(form: Form, said: object) -> str:
    assert isinstance(said, Mapping)
    return str(said.get(form.each, "")).strip()


def _done(form: Form, uid: str, number: str, on: date, said: object) -> Done:
    assert isinstance(said, Mapping)
    words = [
        word
        for field in form.fields
        if field.kind in ("choice", "many") and field.sensitive < MOST_SENSITIVE
        for word in _words(said.get(field.key))
    ]
    return Done(on, "·".join(words), uid, f"{form.title} {number}", _moment(form, on, said))


def _words(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _moment(form: Form, on: date, said: Mapping[str, object]) -> datetime | None:
    """Return when it was done, where the form asks for the minute."""
    for field in form.fields:
        value = read(field, said.get(field.key))
        if field.key == form.day and isinstance(value, datetime):
            return value
    clock = next((f for f in form.fields if f.kind == "time" and f.required), None)
    value = read(clock, said.get(clock.key)) if clock else None
    return datetime.combine(on, value) if isinstance(value, time) else None
