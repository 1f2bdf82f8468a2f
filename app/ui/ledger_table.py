"""The ledger's table on the screen: widths, heights, and what the hands do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui import theme as t
from app.ui.delegates import DELEGATES
from app.ui.paint import LEFT
from app.ui.tables import UID, Column, LedgerModel, as_lines

_LEAST_REST = 9  # characters a column of the rest is left while others can make room for it
_NARROW_REST = 6  # and where none can
_BOTH = 20  # characters where and what need to stand side by side
_MARK = {"status": 0.72, "mark": 0.74}  # characters the shape takes


class LedgerTable(QTableView):
    """Whole rows, zebra, no grid; Enter or a double click opens, Ctrl+C copies, Del asks.

    Rows take two lines where the window is narrow, the font large, or ``is_always_tight``.
    """

    opened = Signal(str)
    struck = Signal()
    chosen = Signal()
    arranged = Signal()  # the person has changed a width or the order of columns

    def __init__(
        self,
        columns: Sequence[Column],
        parent: QWidget | None = None,
        *,
        is_always_tight: bool = False,
    ) -> None:
        super().__init__(parent)
        self._is_always_tight = is_always_tight
        self.ledger = LedgerModel(columns, self)
        self.is_tight = False
        self._widths: dict[str, float] = {}
        self._is_measuring = False
        self.setModel(self.ledger)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for number, column in enumerate(columns):
            self.setItemDelegateForColumn(number, DELEGATES[column.kind](self))
        self._prepare_head()
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        self.measure()

    def chosen_uid(self) -> str | None:
        """Return the record of the current row, None if there is none."""
        index = self.currentIndex()
        return index.data(UID) if index.isValid() else None

    def chosen_uids(self) -> list[str]:
        """Return the records of every selected row, in their order on the screen."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.ledger.shown_rows()[row].uid for row in rows]

    def choose(self, uid: str | None) -> None:
        """Select the row of this record; if it is not shown, the first one."""
        row = self.ledger.row_of(uid) if uid else None
        if row is None:
            row = 0 if self.ledger.rowCount() else -1
        index = self.ledger.index(row, 0) if row >= 0 else QModelIndex()
        how = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)
        if index.isValid():
            self.scrollTo(index)

    def copy(self) -> None:
        """Put the selected rows, as they are shown, where WPS and Excel can paste them."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        head = self.horizontalHeader()
        columns = sorted(
            (c for c in range(len(self.ledger.columns)) if not self.isColumnHidden(c)),
            key=head.visualIndex,
        )
        QGuiApplication.clipboard().setText(as_lines(self.ledger, rows, columns))

    def arrangement(self) -> dict[str, Any]:
        """Return the widths and the order the person has chosen, by column titles."""
        head = self.horizontalHeader()
        order = sorted(range(len(self.ledger.columns)), key=head.visualIndex)
        return {
            "widths": dict(self._widths),
            "order": [self.ledger.columns[number].title for number in order],
        }

    def arrange(self, kept: Mapping[str, Any]) -> None:
        """Give the columns the widths and the order of an earlier day."""
        titles = [column.title for column in self.ledger.columns]
        self._widths = {k: float(v) for k, v in kept.get("widths", {}).items() if k in titles}
        head = self.horizontalHeader()
        self._is_measuring = True
        for place, title in enumerate(x for x in kept.get("order", ()) if x in titles):
            head.moveSection(head.visualIndex(titles.index(title)), place)
        self._is_measuring = False
        self.measure()

    def measure(self) -> None:
        """Give every column and row the room the font and the window allow."""
        if self._is_measuring:
            return
        self._is_measuring = True
        self.horizontalHeader().setFixedHeight(t.row())
        room = self.viewport().width()
        wanted = [self._wanted(column) for column in self.ledger.columns]
        shown = self._fitting(wanted, room)
        free = room - sum(wanted[n] for n in shown)
        rest = [n for n in shown if not wanted[n]]
        for number, width in enumerate(wanted):
            self.setColumnHidden(number, number not in shown)
            if number in rest:
                self.setColumnWidth(number, max(_NARROW_REST * t.em(), free // len(rest)))
            elif number in shown:
                self.setColumnWidth(number, width)
        self._is_measuring = False
        self._measure_rows()

    def _fitting(self, wanted: Sequence[int], room: int) -> set[int]:
        """Return the columns to show, and settle whether rows take two lines."""
        columns = self.ledger.columns
        easy = [
            w or (_BOTH if c.kind == "two" else _LEAST_REST) * t.em()
            for w, c in zip(wanted, columns, strict=True)
        ]
        least = [w or _LEAST_REST * t.em() for w in wanted]
        self.is_tight = self._is_always_tight or t.is_large() or sum(easy) > room
        shown = set(range(len(columns)))
        for number in reversed(range(len(columns))):
            is_short = t.is_large() or sum(least[n] for n in shown) > room
            if columns[number].spare and is_short:
                shown.discard(number)
        return shown

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Delete) and self.currentIndex().isValid():
            self.struck.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "ledger"):
            self.measure()

    def _prepare_head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(LEFT)
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(2 * t.S)
        head.setSortIndicatorShown(False)
        head.setSortIndicatorClearable(True)
        head.sectionResized.connect(self._on_resized)
        head.sectionMoved.connect(self._on_moved)
        head.sectionClicked.connect(self._order)

    def _order(self, column: int) -> None:
        """Order by a column, then the other way round, then as the ledger is."""
        head = self.horizontalHeader()
        if self.ledger.columns[column].kind == "sealed" and not self.ledger.is_unsealed:
            return
        uid = self.chosen_uid()
        is_same = head.isSortIndicatorShown() and head.sortIndicatorSection() == column
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        if is_same and head.sortIndicatorOrder() == down:
            head.setSortIndicatorShown(False)
            self.ledger.order_by(-1)
        else:
            head.setSortIndicatorShown(True)
            head.setSortIndicator(column, down if is_same else up)
            self.ledger.order_by(column, is_descending=is_same)
        self.choose(uid)

    def _wanted(self, column: Column) -> int:
        """Return how wide a column wants to be in pixels, 0 for one that takes the rest."""
        if column.title in self._widths:
            return round(self._widths[column.title] * t.em())
        if not column.width:
            return 0
        mark = _MARK.get(column.kind)
        extra = round(t.em() * mark) + 24 if mark else 18 if column.kind == "sealed" else 2
        own = round(t.em() * column.width) + extra
        return max(own, t.wide(column.title, "note") + 4) + 2 * t.S

    def _on_resized(self, number: int, _old: int, width: int) -> None:
        if self._is_measuring:
            return
        columns = self.ledger.columns
        if any(not self._wanted(c) for n, c in enumerate(columns) if n != number):
            self._widths[columns[number].title] = max(2 * t.em(), width) / t.em()
        self.measure()
        self.arranged.emit()

    def _on_moved(self, *_: int) -> None:
        if not self._is_measuring:
            self.arranged.emit()

    def _measure_rows(self) -> None:
        has_two = any(column.kind == "two" for column in self.ledger.columns)
        tall = t.line() + t.line("note") + 14 if self.is_tight and has_two else t.row()
        room = self.viewport().height()
        if self.ledger.rowCount() * tall > room > tall:
            tall = room // (room // tall)  # never half a row
        if self.verticalHeader().defaultSectionSize() != tall:
            self.verticalHeader().setDefaultSectionSize(tall)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(UID))
