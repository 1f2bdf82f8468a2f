"""The left of the letters page: which batch, and which of its classes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from app.letters.batches_pane import batch_list, class_list
from app.letters.lines import BatchLine
from app.ui import theme as t
from app.ui.widgets import card, hbox, label, vbox


class ChoosingPane(QWidget):
    """The batches and the classes of one; in large type the batches fold into a box above."""

    def __init__(self) -> None:
        super().__init__()
        self.batches, self.classes = batch_list(), class_list()
        self.batches.setStyleSheet("QListView { border: 0; }")  # it has a card around it
        self._pick = QComboBox()
        self._pick.setAccessibleName("选批次")
        self._pick.activated.connect(
            lambda row: self.batches.setCurrentIndex(self.batches.lines.index(row, 0))
        )
        self._listing = card(label("批次", "h2"), (self.batches, 1), gap=t.XS, edge=t.S)
        self._middle = QFrame()
        self._middle.setLayout(vbox(self._pick, (self.classes, 1), gap=t.S))
        self.setLayout(hbox(self._listing, self._middle, gap=t.M))

    def put_batches(self, batches: Sequence[BatchLine], code: str) -> None:
        """Show these batches and choose the one of this code, else the first."""
        self.batches.put(batches, lambda line: str(line.code), code)
        self._pick.clear()
        self._pick.addItems([f"{line.title} {line.code}" for line in batches])
        self.follow()

    def follow(self) -> None:
        """Let the box say which batch is chosen."""
        self._pick.setCurrentIndex(self.batches.currentIndex().row())

    def choose_class(self, uid: str) -> None:
        """Choose this class, which is one of those shown."""
        classes = self.classes.lines.lines()
        row = next(n for n, one in enumerate(classes) if one.uid == uid)
        self.classes.setCurrentIndex(self.classes.lines.index(row, 0))

    def class_uid(self) -> str | None:
        """Return the uid of the chosen class, None if there is none."""
        line = self.classes.line()
        return None if line is None else str(line.uid)

    def measure(self) -> None:
        """Take the room this size of type asks for."""
        large = t.is_large()
        self._listing.setVisible(not large)
        self._pick.setVisible(large)
        self._listing.setFixedWidth(round(t.em() * 15.6))
        self._middle.setFixedWidth(round(t.em() * 13.5))
