"""A pupil who is cared for as the page lists one: cells, what a search finds, what narrows it."""

from __future__ import annotations

from datetime import date

from app.core.pinyin import search_text
from app.core.values import show
from app.students.care import details_pane as pane
from app.students.care.filing import why
from app.students.care.reading import CareLine, Opened
from app.ui.rows import Row

OPEN, LATE, SOON, UNDATED, ENDED = "open", "late", "soon", "undated", "ended"
_SOON_DAYS = 7


def row_of(line: CareLine, opened: Opened | None, today: date) -> Row:
    """Return a line of the ledger; ``opened`` is what the eye has opened of it."""
    pupil = line.pupil
    categories = tuple(opened.facts["categories"]) if opened else ()
    said = why(opened.facts) if opened else ""
    days = (line.next_on - today).days if line.next_on else None
    tags = {
        OPEN: line.is_open,
        line.level: line.is_open,
        LATE: line.is_open and line.is_late,
        SOON: line.is_open and days is not None and 0 <= days <= _SOON_DAYS,
        UNDATED: line.is_open and days is None,
        ENDED: not line.is_open,
    }
    cells = (
        (line.level, *pane.LOOKS[line.level]),
        pupil.name,
        pupil.class_name,
        show(categories),
        said,
        line.caretaker,
        pane.due_pill(line, today),
    )
    return Row(
        line.uid,
        cells,
        search=f"{search_text(pupil.name)} {pupil.grade}",
        tags=frozenset(tag for tag, is_so in tags.items() if is_so),
        facets={"class": pupil.class_name, "category": categories, "caretaker": line.caretaker},
    )
