"""Enter goes from blank to blank, for what is typed from a sheet without a look at the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget


def go_on(blanks: Sequence[Any], at: QWidget | None) -> bool:
    """Put the cursor in the blank after the one that has it; say whether there was one.

    Blanks that are hidden or greyed out are passed over.
    """
    place = place_of(blanks, at)
    if place is None:
        return False
    for blank in blanks[place + 1 :]:
        if blank.isEnabled() and not blank.isHidden():
            enter(blank)
            return True
    return False


def place_of(blanks: Sequence[Any], at: QWidget | None) -> int | None:
    """Return which of these has the cursor, None if none has."""
    for number, blank in enumerate(blanks):
        if at is not None and (blank is at or blank.isAncestorOf(at)):
            return number
    return None


def enter(blank: Any) -> None:
    """Put the cursor in a blank, what stands there ready to be typed over."""
    blank.setFocus()
    line = blank.lineEdit() if isinstance(blank, QComboBox) else blank
    if isinstance(line, QLineEdit):
        line.selectAll()
