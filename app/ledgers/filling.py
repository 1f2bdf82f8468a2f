"""What is filled in on a line: kept as JSON, read back, and what follows from it by the form."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from app.core.forms import Field, Form
from app.ledgers.records import LedgerLine
from app.ledgers.relations import day_of, is_after, torn

LONGEST = {"text": 200, "person": 50, "long": 4000}
_TOO_MUCH = Decimal(10**12)
_EMPTY: tuple[Any, ...] = (None, "", [])


class Expiry(NamedTuple):
    """A day of a line that somebody is reminded of."""

    field: Field
    on: date


def pack(form: Form, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said as JSON keeps it, with the days that follow from it; blanks are left."""
    full = with_followers(form, said)
    return {
        field.key: as_kept(value)
        for field in form.fields
        if (value := full.get(field.key)) not in _EMPTY
    }


def unpack(form: Form, stored: Mapping[str, Any], *, away: bool = False) -> dict[str, Any]:
    """Return what is kept, every blank of the form by its key, None where it is empty.

    Blanks that are put away are left out, unless ``away`` asks for them.
    """
    fields = form.every if away else form.fields
    return {field.key: read(field, stored.get(field.key)) for field in fields}


def read(field: Field, value: Any) -> Any:
    """Return one value as its blank holds it; a text where the form has changed its kind since."""
    if value in _EMPTY:
        return None
    try:
        return _READ[field.kind](value) if field.kind in _READ else value
    except (ValueError, TypeError, InvalidOperation):
        return value if isinstance(value, str) else str(value)


def tidy(form: Form, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said without blanks at the edges; what no blank asks for is left out."""
    kept: dict[str, Any] = {}
    for field in form.fields:
        value = said.get(field.key)
        if isinstance(value, str):
            value = value.strip()
        if field.asked:
            kept[field.key] = None if value in _EMPTY else value
    return kept


def faults(
    form: Form, said: Mapping[str, Any], now: datetime, *, in_season: bool = False
) -> Iterator[str]:
    """Yield what cannot be, beyond what each blank and ``Form.check`` tell of themselves."""
    for field in form.fields:
        value = said.get(field.key)
        if value in _EMPTY:
            continue
        longest = LONGEST.get(field.kind)
        if longest and isinstance(value, str) and len(value) > longest:
            yield f"“{field.label}”写了{len(value)}个字，最多{longest}个"
        if isinstance(value, Decimal) and abs(value) >= _TOO_MUCH:
            yield f"“{field.label}”的数太大了"
        if isinstance(value, date) and not 1950 <= day_of(value).year <= 2100:
            yield f"“{field.label}”要在1950年到2100年之间"
        elif isinstance(value, date) and field.past and is_after(value, now):
            yield f"“{field.label}”还没有到"
    yield from torn(form, with_followers(form, said), in_season=in_season)


def with_followers(form: Form, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said, and each day that follows another, as far as that one is known."""
    full = dict(said)
    for field in form.fields:
        if field.follows:
            full[field.key] = _following(field, said)
    return full


def _following(field: Field, said: Mapping[str, Any]) -> date | None:
    start = said.get(field.follows)
    if not isinstance(start, date):
        return None
    if field.hours and not isinstance(start, datetime):
        start = datetime.combine(start, time())
    months = field.months
    if field.by:
        steps = dict(step.split("=", 1) for step in field.months_by)
        chosen = said.get(field.by)
        if chosen not in steps:
            return None
        months = int(steps[chosen])
    try:
        found = _later(start, months) + timedelta(days=field.days, hours=field.hours)
    except (OverflowError, ValueError):
        return None
    if field.kind == "date":
        return day_of(found)
    return found if isinstance(found, datetime) else datetime.combine(found, time())


def _later(start: date, months: int) -> date:
    """Return the same day so many months later, the last of that month where it has none such."""
    if not months:
        return start
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))


def settle(line: LedgerLine, form: Form) -> None:
    """Write on a line the days that follow from what it says, as its form now counts them."""
    full = unpack(form, line.said, away=True)
    coming = expiries(form, full)
    line.line_on = line_on(form, full)
    line.closed_on = closed_on(form, full)
    line.next_on = coming[0].on if coming else None


def closed_on(form: Form, said: Mapping[str, Any]) -> date | None:
    """Return the day a line ended, if it did."""
    value = said.get(form.closing[0]) if form.closing else None
    return day_of(value) if isinstance(value, date) else None


def line_on(form: Form, said: Mapping[str, Any]) -> date:
    """Return the day a line stands under."""
    value = said[form.day]
    assert isinstance(value, date)
    return day_of(value)


def expiries(form: Form, said: Mapping[str, Any]) -> list[Expiry]:
    """Return the days of a line that somebody is reminded of; a closed line has none."""
    if closed_on(form, said) is not None:
        return []
    found = []
    for field in form.fields:
        value = said.get(field.key)
        is_settled = field.settled_by and said.get(field.settled_by) not in (*_EMPTY, False)
        if field.expires_days and isinstance(value, date) and not is_settled:
            found.append(Expiry(field, day_of(value)))
    return sorted(found, key=lambda one: one.on)


def as_kept(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    if isinstance(value, (date, time)):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


_READ: Mapping[str, Callable[[Any], Any]] = {
    "number": Decimal,
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "time": time.fromisoformat,
}
