"""What stands around the school, as lines of its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.pinyin import search_text
from app.hazards.surroundings.records import Surrounding
from app.hazards.surroundings.rules import Standing, ring_of
from app.ui.rows import Row

LOOKS: Mapping[Standing, tuple[str, str]] = {
    Standing.LISTED: ("none", "plain"),
    Standing.TO_NOTIFY: ("soon", "soon"),
    Standing.NOTIFIED: ("work", "plain"),
    Standing.ANSWERED: ("check", "accent"),
    Standing.CLOSED: ("done", "done"),
}


def row_of(found: Surrounding, rings: Sequence[int]) -> Row:
    """Return the line of one matter; ``rings`` are the school's own, in metres."""
    status = found.status
    tags = {
        "" if status is Standing.CLOSED else "open",
        "to_notify" if status is Standing.TO_NOTIFY else "",
        "waiting" if status is Standing.NOTIFIED else "",
        "place" if found.nature == "场所" else "",
    }
    return Row(
        found.uid,
        (
            (str(status), *LOOKS[status]),
            found.number,
            (found.kind, found.name),
            f"{found.distance}米",
            found.department,
        ),
        f"{search_text(found.name)} {search_text(found.kind)} {found.what or ''}",
        frozenset(tags - {""}),
        {
            "ring": ring_of(found.distance, rings),
            "kind": found.kind,
            "department": found.department or "没有通报",
            "year": str(found.found_on.year),
        },
    )
