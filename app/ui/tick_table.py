"""A table of lines to tick: what is ticked is taken, the rest is left."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from app.ui import fonts
from app.ui import theme as t

_KEY = Qt.ItemDataRole.UserRole


class TickTable(QTableWidget):
    """Lines by key, each with a box in its first cell; the space bar ticks the chosen line.

    ``off`` are the keys of lines that are not ticked to begin with. ``counted`` says how many are.
    """

    counted = Signal(int)

    def __init__(
        self,
        titles: Sequence[str],
        lines: Sequence[tuple[str, Sequence[str]]],
        *,
        name: str,
        off: Collection[str] = (),
    ) -> None:
        super().__init__(len(lines), len(titles))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(titles))
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        for row, (key, cells) in enumerate(lines):
            fonts.meet(cells)
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                if column == 0:
                    cell.setData(_KEY, key)
                    cell.setFlags(cell.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    cell.setCheckState(_state(is_on=key not in off))
                self.setItem(row, column, cell)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        self._measure()
        if lines:
            self.setCurrentCell(0, 0)
        self.itemChanged.connect(lambda _: self.count())

    def ticked(self) -> list[str]:
        """Return the keys of the lines that are ticked, in their order."""
        boxes = [self._box(row) for row in range(self.rowCount())]
        return [box.data(_KEY) for box in boxes if box.checkState() is Qt.CheckState.Checked]

    def tick_all(self, *, is_on: bool) -> None:
        """Tick every line, or none."""
        for row in range(self.rowCount()):
            self._box(row).setCheckState(_state(is_on=is_on))

    def count(self) -> None:
        """Say how many lines are ticked."""
        self.counted.emit(len(self.ticked()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            box = self._box(self.currentRow())
            box.setCheckState(_state(is_on=box.checkState() is not Qt.CheckState.Checked))
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._measure)

    def _measure(self) -> None:
        """Give every column what its words need, and some air behind them."""
        self.verticalHeader().setDefaultSectionSize(t.row())
        for column in range(self.columnCount() - 1):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, self.columnWidth(column) + 2 * t.M)

    def _box(self, row: int) -> QTableWidgetItem:
        item = self.item(row, 0)
        assert item is not None
        return item


def _state(*, is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
