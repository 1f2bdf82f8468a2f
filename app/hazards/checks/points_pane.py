"""The points of a checklist while they are typed back, and the line for what is wrong at one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.core.forms import Field
from app.core.pinyin import search_text
from app.hazards.checks.lists import Point
from app.hazards.checks.rules import MARKS, Fault, Mark
from app.hazards.words import Grade
from app.ui import fonts
from app.ui import theme as t
from app.ui.blanks import Offer, Sources, make_blank
from app.ui.choice_blanks import ComboBlank
from app.ui.editor import FieldBox

_NUMBER, _TEXT, _MARK, _WORDS = range(4)
_TITLES = ("序号", "检查要点", "结果", "问题")
_SAID = {Mark.FINE: t.DONE, Mark.FAULT: t.LATE, Mark.NOT_HERE: t.SOFT}
# What could be edited would turn the input method on, which then takes the x for itself.
_READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PointTable(QTableWidget):
    """The points in the order of the sheet; a key marks the one that is chosen.

    ``pressed_mark`` says which mark was asked for, "" being Enter.
    """

    pressed_mark = Signal(str)

    def __init__(self, points: Sequence[Point]) -> None:
        super().__init__(len(points), len(_TITLES))
        self.setAccessibleName("检查要点")
        self.setHorizontalHeaderLabels(_TITLES)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        fonts.meet(point.text for point in points)
        middle = Qt.AlignmentFlag.AlignCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for column in (_TEXT, _WORDS):
            title = self.horizontalHeaderItem(column)
            assert title is not None
            title.setTextAlignment(left)
        for row, point in enumerate(points):
            for column, text in enumerate((str(row + 1), point.text, "", "")):
                cell = QTableWidgetItem(text)
                cell.setFlags(_READ_ONLY)
                cell.setToolTip(point.clause)
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

    def put(self, row: int, mark: Mark | None, words: str) -> None:
        """Show how a point stands."""
        cell = self._cell(row, _MARK)
        cell.setText(str(mark or ""))
        cell.setForeground(t.colour(_SAID[mark] if mark else t.INK))
        self._cell(row, _WORDS).setText(words)
        fonts.meet((words,))

    def go_to(self, row: int) -> None:
        """Choose a point and bring it in sight, with the one after it."""
        self.setCurrentCell(row, _TEXT)
        self.scrollToItem(self._cell(min(row + 1, self.rowCount() - 1), _TEXT))
        self.scrollToItem(self._cell(row, _TEXT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter or event.text() in MARKS:
            if not event.isAutoRepeat():  # a key held down marks one point, not all
                self.pressed_mark.emit("" if is_enter else MARKS[event.text()])
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_to(max(0, self.currentRow() - 1))
        else:
            super().keyPressEvent(event)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.item(row, column)
        assert cell is not None
        return cell


class FaultLine(QWidget):
    """What is wrong at a point, where, how grave, and who puts it right."""

    edited = Signal()

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        grades = [Offer(grade, str(grade), search_text(grade)) for grade in Grade]
        fields = {
            "what": Field("what", "问题", required=True),
            "place": Field("place", "部位", required=True),
            "grade": Field("grade", "等级"),
            "owner": Field("owner", "责任人", "person"),
        }
        self.boxes = {
            key: FieldBox(
                field,
                ComboBlank(lambda: grades) if key == "grade" else make_blank(field, sources),
            )
            for key, field in fields.items()
        }
        self._lay_out()
        for box in self.boxes.values():
            box.blank.edited.connect(self.edited)

    def blanks(self) -> list[Any]:
        """Return the blanks in the order in which Enter goes through them."""
        return [box.blank for box in self.boxes.values()]

    def put(self, fault: Fault) -> None:
        """Show a fault."""
        for key, box in self.boxes.items():
            box.blank.put(fault.get(key))
            box.blame(None)

    def value(self) -> Fault:
        """Return what stands in the blanks."""
        said: Any = {key: box.blank.value() or "" for key, box in self.boxes.items()}
        found: Fault = said
        return found

    def blame(self) -> str | None:
        """Say beside the first blank what is wrong with it; return its key."""
        for key, box in self.boxes.items():
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                return key
        return None

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(t.M)
        grid.setVerticalSpacing(t.XS)
        top = Qt.AlignmentFlag.AlignTop
        what, *others = self.boxes.values()
        grid.addWidget(what, 0, 0, 1, 3, top)
        for column, (box, stretch) in enumerate(zip(others, (4, 2, 3), strict=True)):
            grid.addWidget(box, 1, column, top)
            grid.setColumnStretch(column, stretch)
        self.setLayout(grid)
