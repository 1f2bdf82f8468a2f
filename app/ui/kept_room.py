"""Room kept in a dialog for blanks that are wanted only now and then, so that nothing jumps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QSizePolicy, QStackedWidget, QWidget

from app.ui.widgets import label


class KeptRoom(QStackedWidget):
    """The blanks while they are wanted, else a quiet word about when they come."""

    def __init__(self, blanks: QWidget | QLayout, words: str) -> None:
        super().__init__()
        said = label(words, "note", wrap=True)
        said.setObjectName("spare")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(said)
        if isinstance(blanks, QLayout):
            inside = QWidget()
            inside.setLayout(blanks)
            blanks = inside
        self.addWidget(blanks)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_blanks(self, is_wanted: bool) -> None:
        """Show the blanks, or the word about them."""
        self.setCurrentIndex(1 if is_wanted else 0)
