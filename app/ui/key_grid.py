"""A grid that is filled in by single keys, line after line, as a sheet of paper is typed back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.ui import fonts
from app.ui import theme as t

# What could be edited would turn the input method on, which then takes the keys for itself.
_READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class KeyGrid(QTableWidget):
    """Lines in the order of a sheet.

    ``titles`` are the columns with their width in characters, 0 taking what is left; ``keys`` those
    that mean something. ``pressed`` says which key was pressed at the chosen line, "" being Enter.
    """

    pressed = Signal(str)

    def __init__(
        self,
        name: str,
        titles: Sequence[tuple[str, float]],
        lines: Sequence[Sequence[str]],
        keys: Collection[str],
    ) -> None:
        super().__init__(len(lines), len(titles))
        self._keys, self._titles = frozenset(keys), tuple(titles)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([title for title, _ in titles])
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for column in range(len(titles)):
            if (title := self.horizontalHeaderItem(column)) is not None:
                title.setTextAlignment(left)
        for row, line in enumerate(lines):
            self._fill(row, line)
        self.measure()

    def add(self, line: Sequence[str]) -> None:
        """Put one line more below the others."""
        row = self.rowCount()
        self.insertRow(row)
        self._fill(row, line)

    def _fill(self, row: int, line: Sequence[str]) -> None:
        fonts.meet(line)
        for column, text in enumerate(line):
            cell = QTableWidgetItem(text)
            cell.setFlags(_READ_ONLY)
            cell.setToolTip(text)
            self.setItem(row, column, cell)

    def measure(self) -> None:
        """Give the columns the room their texts need in the size worn now."""
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(t.em())
        for column, (_, width) in enumerate(self._titles):
            if width:
                header.setSectionResizeMode(column, modes.Fixed)
                self.setColumnWidth(column, round(width * t.em()) + 2 * t.XS)
            else:
                header.setSectionResizeMode(column, modes.Stretch)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(modes.Fixed)
        rows.setDefaultSectionSize(t.row())

    def put(self, row: int, column: int, text: str, tone: str = t.INK) -> None:
        """Show a text in one cell, in a colour."""
        cell = self.item(row, column)
        assert cell is not None
        cell.setText(text)
        cell.setToolTip(text)
        cell.setForeground(t.colour(tone))
        fonts.meet((text,))

    def go_to(self, row: int) -> None:
        """Choose a line and bring it in sight, with the one after it."""
        self.setCurrentCell(row, 0)
        for near in (min(row + 1, self.rowCount() - 1), row):
            if (cell := self.item(near, 0)) is not None:
                self.scrollToItem(cell)

    def go_on(self) -> bool:
        """Choose the next line; False at the last one."""
        is_last = self.currentRow() + 1 >= self.rowCount()
        if not is_last:
            self.go_to(self.currentRow() + 1)
        return not is_last

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (chosen := self.currentItem()) is not None:
            self.scrollToItem(chosen)  # also when the blanks below have taken some of the room

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_titles"):
            self.measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter or event.text() in self._keys:
            if not event.isAutoRepeat():  # a key held down marks one line, not all
                self.pressed.emit("" if is_enter else event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_to(max(0, self.currentRow() - 1))
        else:
            super().keyPressEvent(event)
