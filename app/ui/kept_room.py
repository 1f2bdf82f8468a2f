"""Room kept in a dialog for blanks that are wanted only now and then, so that nothing jumps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from app.ui import theme as t
from app.ui.widgets import label, vbox


class KeptRoom(QWidget):
    """The blanks while they are wanted, else a quiet word about when they come.

    In large letters no room is kept: the list above needs it more.
    """

    def __init__(self, blanks: QWidget | QLayout, words: str) -> None:
        super().__init__()
        self._said = label(words, "note", wrap=True)
        self._said.setObjectName("spare")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if isinstance(blanks, QLayout):
            inside = QWidget()
            inside.setLayout(blanks)
            blanks = inside
        self._blanks = blanks
        self.setLayout(vbox((self._said, 1), self._blanks, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_blanks(False)

    def show_blanks(self, is_wanted: bool) -> None:
        """Show the blanks, or the word about them."""
        self._said.setVisible(not is_wanted)
        self._blanks.setVisible(is_wanted)
        self.setMinimumHeight(0 if t.is_large() else self._blanks.sizeHint().height())
