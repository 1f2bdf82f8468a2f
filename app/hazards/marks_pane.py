"""A list that is marked line after line with single keys, as a sheet of paper is typed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.ui import fonts
from app.ui import theme as t

_NUMBER, _TEXT, _MARK, _WORDS = range(4)
# What could be edited would turn the input method on, which then takes the x for itself.
_READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class MarkLine(NamedTuple):
    """One line to be marked; ``tip`` is shown when the mouse rests on it."""

    number: str
    text: str
    tip: str = ""


class MarkTable(QTableWidget):
    """Lines in the order of a sheet; a key marks the one that is chosen.

    ``keys`` say which mark a key gives, ``tones`` in which colour a mark stands. ``pressed_mark``
    says which mark was asked for, "" being Enter.
    """

    pressed_mark = Signal(str)

    def __init__(
        self,
        lines: Sequence[MarkLine],
        *,
        titles: tuple[str, str, str, str],
        keys: Mapping[str, str],
        tones: Mapping[str, str],
    ) -> None:
        super().__init__(len(lines), len(titles))
        self._keys, self._tones = keys, tones
        self.setAccessibleName(titles[_TEXT])
        self.setHorizontalHeaderLabels(titles)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        fonts.meet(line.text for line in lines)
        middle = Qt.AlignmentFlag.AlignCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for column in (_TEXT, _WORDS):
            title = self.horizontalHeaderItem(column)
            assert title is not None
            title.setTextAlignment(left)
        for row, line in enumerate(lines):
            for column, text in enumerate((line.number, line.text, "", "")):
                cell = QTableWidgetItem(text)
                cell.setFlags(_READ_ONLY)
                cell.setToolTip(line.tip)
                if column in (_NUMBER, _MARK):
                    cell.setTextAlignment(middle)
                self.setItem(row, column, cell)
        self.measure()

    def measure(self) -> None:
        """Give the columns the room their texts need in the size worn now."""
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(t.em())
        for column, width in ((_NUMBER, 3.4), (_MARK, 3.4), (_WORDS, 9)):
            header.setSectionResizeMode(column, modes.Fixed)
            self.setColumnWidth(column, round(width * t.em()))
        header.setSectionResizeMode(_TEXT, modes.Stretch)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(t.row())
        rows.setSectionResizeMode(modes.ResizeToContents)

    def put(self, row: int, mark: str | None, words: str) -> None:
        """Show how a point stands."""
        cell = self._cell(row, _MARK)
        cell.setText(str(mark or ""))
        cell.setForeground(t.colour(self._tones[mark] if mark else t.INK))
        self._cell(row, _WORDS).setText(words)
        fonts.meet((words,))

    def go_to(self, row: int) -> None:
        """Choose a point and bring it in sight, with the one after it."""
        self.setCurrentCell(row, _TEXT)
        self.scrollToItem(self._cell(min(row + 1, self.rowCount() - 1), _TEXT))
        self.scrollToItem(self._cell(row, _TEXT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (chosen := self.currentItem()) is not None:
            self.scrollToItem(chosen)  # also when the blanks below have taken some of the room

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter or event.text() in self._keys:
            if not event.isAutoRepeat():  # a key held down marks one point, not all
                self.pressed_mark.emit("" if is_enter else self._keys[event.text()])
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_to(max(0, self.currentRow() - 1))
        else:
            super().keyPressEvent(event)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.item(row, column)
        assert cell is not None
        return cell
