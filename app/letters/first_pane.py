"""What the letters page shows before the first letter was sent."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from app.ui.states import Empty, centred
from app.ui.widgets import button, hide_unless, label


def first_pane(empty: Empty) -> QFrame:
    """Return the first step: bringing in the roster, sending a letter, or whom to ask."""
    first = button(empty.button_text, "primary", press=empty.press)
    hide_unless(first, bool(empty.button_text))
    return centred(label(empty.text, "h2", wrap=True), first)
