"""How private each fact is and who may see it: the one place that decides, from the forms.

A blank says once, in its form, how sensitive it is (敏0–3), how it is masked, and under which
other keys views give it. Papers, spreadsheets and lists ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.core.forms import MOST_SENSITIVE, Field, Form
from app.core.paper.shapes import OPEN_TO, Cell, Column, PaperForm, Tear
from app.core.paper.shapes import Row as PaperRow
from app.core.paper.wording import masked
from app.core.views import Row

SEALED = MOST_SENSITIVE


class Sensitivity:
    """The levels of every room's facts. A room's own form wins where two name one key."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._rooms: dict[str, dict[str, Field]] = {}
        for form in sorted(forms, key=lambda form: form.id):
            self.learn(form)

    def learn(self, form: Form) -> None:
        """Take in how private one more form's facts are."""
        for room in form.rooms:
            known = self._rooms.setdefault(room, {})
            is_own = room == form.rooms[0]
            for blank in form.every:
                for key in (blank.key, *blank.known_as):
                    if is_own or key not in known:
                        known[key] = blank

    def level(self, room: str, key: str) -> int:
        """Return how sensitive a fact of a room's views is; what no form asks for is open."""
        blank = self._rooms.get(room, {}).get(key)
        return blank.sensitive if blank else 0

    def label(self, room: str, key: str) -> str | None:
        """Return what the form calls a fact, None where no form asks for it."""
        blank = self._rooms.get(room, {}).get(key)
        return blank.label if blank else None

    def keys(self, room: str, level: str) -> list[str]:
        """Return the keys one may read at a print level, masked ones included."""
        known = self._rooms.get(room, {})
        return [
            key
            for key, blank in known.items()
            if blank.sensitive <= OPEN_TO[level] or (blank.mask and blank.sensitive < SEALED)
        ]

    def cover(
        self, room: str, rows: Iterable[Mapping[str, Any]], level: str, *, opens: Sequence[str] = ()
    ) -> list[Row]:
        """Return the rows, and the rows within them, as they may be read at a print level.

        What is too sensitive is masked as its form says, else left out. ``opens`` are keys a paper
        gives out on purpose, such as what a teacher must do for a child in need.
        """
        known = self._rooms.get(room, {})
        covered = {
            key: blank.mask
            for key, blank in known.items()
            if blank.sensitive > OPEN_TO[level] and key not in opens
        }
        return [_covered(row, covered) for row in rows] if covered else [dict(row) for row in rows]

    def strengthen(self, form: PaperForm) -> PaperForm:
        """Return a paper whose columns and boxes are at least as sensitive as the forms say.

        So a paper that forgot to say so, as one a school wrote itself may, leaks nothing.
        """
        room = room_of(form)

        def meet(blank: Any) -> Any:
            field = self._rooms.get(room, {}).get(blank.key)
            if field is None or blank.key in form.opens or field.sensitive <= blank.sensitive:
                return blank
            return replace(blank, sensitive=field.sensitive, mask=blank.mask or field.mask)

        def meet_row(row: PaperRow) -> PaperRow:
            cells: tuple[Cell, ...] = tuple(meet(cell) for cell in row.cells)
            columns: tuple[Column, ...] = tuple(meet(column) for column in row.columns)
            return replace(row, cells=cells, columns=columns)

        def meet_tear(tear: Tear) -> Tear:
            return replace(tear, rows=tuple(meet_row(row) for row in tear.rows))

        return replace(
            form,
            columns=tuple(meet(column) for column in form.columns),
            rows=tuple(meet_row(row) for row in form.rows),
            tears=tuple(meet_tear(tear) for tear in form.tears),
        )


def room_of(form: PaperForm) -> str:
    """Return whose facts a paper prints."""
    return form.room or form.source.partition(".")[0]


def _covered(row: Mapping[str, Any], covered: Mapping[str, str]) -> Row:
    return {
        key: (masked(value, covered[key]) if covered[key] else None)
        if key in covered
        else _within(value, covered)
        for key, value in row.items()
    }


def _within(value: Any, covered: Mapping[str, str]) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return [_covered(row, covered) for row in value]
    return value
