"""What stands where the table is: its rows, or why there are none and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QStackedWidget, QWidget

from app.core.errors import UserError
from app.ui import theme as t
from app.ui.widgets import button, hbox, hide_unless, label, vbox


class Empty(NamedTuple):
    """What a ledger without a line says, and the first step it offers."""

    text: str
    button_text: str = ""
    press: Callable[[], object] = lambda: None


def leading(text: str, word: str, go: Callable[[], object] | None) -> Empty:
    """Return what an empty ledger says that begins on another page, if ``go`` leads there."""
    return Empty(text, word, go) if go else Empty(text)


class States(QStackedWidget):
    """A table, or a sheet that says: nothing found, nothing yet, not for you."""

    def __init__(self, table: QWidget, empty: Empty, clear: Callable[[], object]) -> None:
        super().__init__()
        first = button(empty.button_text, "primary", press=empty.press)
        hide_unless(first, bool(empty.button_text))
        self._table = table
        self._said = label("", wrap=True)
        self._nothing = centred(
            label("没有符合条件的记录。", "h2"), button("清除筛选", press=clear)
        )
        self._empty = centred(label(empty.text, "h2", wrap=True), first)
        self._before: Callable[[], bool] = lambda: False
        self._missing: QWidget = self._empty
        self._refused = centred(self._said)
        for sheet in (table, self._nothing, self._empty, self._refused):
            self.addWidget(sheet)

    def show_count(self, shown: int, total: int) -> None:
        """Show the table if it has rows, else why it has none."""
        if shown or total:
            self.setCurrentWidget(self._table if shown else self._nothing)
        else:
            self.setCurrentWidget(self._missing if self._before() else self._empty)

    def put_before(self, empty: Empty, lacks: Callable[[], bool]) -> None:
        """Offer this first step instead, as long as something else must be there before."""
        self._before = lacks
        self._missing = centred(
            label(empty.text, "h2", wrap=True),
            button(empty.button_text, "primary", press=empty.press),
        )
        self.addWidget(self._missing)

    def refuse(self, error: UserError) -> None:
        """Say why the ledger may not be read."""
        self._said.setText("\n".join(x for x in (error.what, error.safe, error.do) if x))
        self.setCurrentWidget(self._refused)


def centred(*parts: QLabel | QPushButton) -> QFrame:
    """Return a white sheet with these parts in its middle."""
    made = QFrame()
    made.setObjectName("card")
    for part in parts:
        if isinstance(part, QLabel):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
    rows = [hbox(None, (part, 6 if isinstance(part, QLabel) else 0), None) for part in parts]
    made.setLayout(vbox(None, *rows, None, gap=t.M, edge=t.XL))
    return made
