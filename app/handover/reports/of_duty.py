"""The numbers about who was on duty: leaders, shifts stood, posts left empty, the gate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.duties import KeptSeat, SwapKind
from app.handover.reports.books import Books
from app.handover.reports.figures import NONE, Figure, rate, unused
from app.handover.reports.rules import Span

_LEADS = "带班"  # the family of posts a leader of the school stands at


def of_duty(books: Books, span: Span) -> Iterator[Figure]:
    """Yield what the roster says of these days; the names of leaders are those of staff."""
    seats = books.duties.kept(span.first, span.last)
    if not seats:
        yield from (unused(key, label, unit) for key, label, unit in _NUMBERS)
        return
    until = min(span.last, books.today())
    leading = _leading(books, seats)
    known = books.duties.people()
    names = dict.fromkeys(known[one.person_uid].name for one in leading)
    values: dict[str, int | str] = {
        "duty_leaders": "、".join(names) or NONE,
        "duty_days": len({one.cell.on for one in leading if one.cell.on <= until}),
        "duty_shifts": len({one.cell for one in seats if one.cell.on <= until}),
        "duty_absent": sum(
            one.kind == SwapKind.ABSENT and span.first <= one.stood_on <= until
            for one in books.duties.swaps.all()
        ),
    }
    for key, label, unit in _NUMBERS:
        yield Figure(key, label, values[key], unit, (), "duties")


def of_gate(books: Books, span: Span) -> Iterator[Figure]:
    """Yield how many of those who were to stand at the gate were there."""
    found = books.gates.totals(span.first, min(span.last, books.today()))
    said = rate(found.there, found.due)
    yield Figure("gate_rate", "护学岗到岗率", said, "", (), "gates")


def first_gate(books: Books) -> date | None:
    """Return the day of the first sheet of the gate."""
    return min((one.duty_on for one in books.gates.all()), default=None)


def _leading(books: Books, seats: list[KeptSeat]) -> list[KeptSeat]:
    posts = {post.uid for post in books.posts.all() if post.family == _LEADS}
    return [one for one in seats if one.cell.post_uid in posts]


_NUMBERS = (
    ("duty_leaders", "值班领导", ""),
    ("duty_days", "有领导带班", "天"),
    ("duty_shifts", "值班", "班次"),
    ("duty_absent", "缺岗", "次"),
)
