"""A pupil as the page of the roster lists it: cells, what a search finds, what narrows it."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.pinyin import search_text
from app.students.consents import NOT_SAID, Consent
from app.students.lines import Pupil
from app.students.rules import LeftBehind, Status
from app.students.words import village_of
from app.ui.rows import Row

HERE, BOARDS, LEFT, NO_PHONE, AWAY = "here", "boards", "left", "no_phone", "away"
_AWAY = frozenset({AWAY})


def row_of(pupil: Pupil, opened: Mapping[str, str], agreed: Mapping[str, Consent]) -> Row:
    """Return a pupil as the page lists it; ``opened`` is what the eye has opened."""
    boards = {True: "住校", False: "走读", None: ""}[pupil.boarder]
    is_left = pupil.left_behind not in (None, LeftBehind.NO)
    has_phone = bool(pupil.phone1 or pupil.phone2)
    tags = {
        HERE: True,
        BOARDS: pupil.boarder is True,
        LEFT: is_left,
        NO_PHONE: not has_phone,
    }
    is_here = pupil.status == Status.HERE
    cells = (
        pupil.class_name,
        pupil.seat_no,
        pupil.name,
        pupil.sex,
        pupil.guardian1,
        pupil.phone1,
        boards,
        pupil.left_behind if is_left else "",
        opened.get("family", ""),
        opened.get("health", ""),
    )
    others = (pupil.guardian2, pupil.phone2, pupil.grade, pupil.address)
    return Row(
        pupil.uid,
        cells,
        search=" ".join((search_text(pupil.name), *filter(None, others))),
        tags=frozenset(tag for tag, is_so in tags.items() if is_so) if is_here else _AWAY,
        facets={
            "grade": pupil.grade,
            "class": pupil.class_name,
            "village": village_of(pupil.address),
            "travel": pupil.travel or "",
            "consent": agreed.get(pupil.uid, NOT_SAID).state,
        },
    )
