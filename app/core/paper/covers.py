"""Sheets that lie on the stacks of the classes, printed among what they cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.paper.shapes import PaperForm
from app.core.paper.sheets import Context, Sheets
from app.core.paper.table import draw_table
from app.core.paper.wording import demand_keys, facts_of


@dataclass(frozen=True)
class Covers:
    """A list for each stack: ``rows`` by the room whose stack it is."""

    form: PaperForm
    context: Context
    rows: Mapping[str, Sequence[Mapping[str, Any]]]

    def lay(self, sheets: Sheets, room: str, pen: list[str]) -> None:
        """Draw the cover of a stack, if it has one, before what lies in it.

        Raises:
            UserError: the form asks for keys that the rows do not have.

        """
        rows = self.rows.get(room, ())
        if not rows:
            return
        if self.context.cover is not None:
            rows = self.context.cover(rows)
        demand_keys(self.form, rows, facts_of(self.form, self.context))
        pen += draw_table(sheets, self.form, rows, self.context)


def begins(covers: Covers | None, rooms: Sequence[str], number: int) -> bool:
    """Say whether a stack that has a cover begins with this one (from 0) of the papers."""
    return covers is not None and (number == 0 or rooms[number] != rooms[number - 1])
