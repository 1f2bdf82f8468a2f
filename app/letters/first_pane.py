"""What the letters page shows before the first letter was sent."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui import theme as t
from app.ui.widgets import button, card, hbox, label, vbox


def first_pane(issue: Callable[[], object] | None, *, lacks_class: bool) -> QWidget:
    """Return the first step: sending a letter, or whom to ask if one may not."""
    word = "还没有发过信。"
    if issue is not None:
        word += "选一封信，打印出来让学生带回家。"
    elif lacks_class:
        word = "这里还没有您能看的信。请让安全员给您指定班级。"
    first = button("发一批信", "primary", "plus", press=issue)
    first.setVisible(issue is not None)
    inside = vbox(None, label(word, "h2"), first, None, gap=t.M)
    inside.setAlignment(first, Qt.AlignmentFlag.AlignCenter)
    return card(hbox(None, inside, None))
