"""A blank of several lines, each of several cells: posts, routes, counts, gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.core.values import read_number
from app.drills.doing.rules import clock, read_seconds
from app.ui import theme as t
from app.ui.blanks import Offer
from app.ui.combo_blanks import ComboBlank
from app.ui.text_blanks import DayBlank, LineBlank
from app.ui.widgets import button, hbox, label, vbox

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SecondsBlank(LineBlank):
    """How long something took, typed as a stopwatch shows it: 1:52 or 152."""

    def __init__(self, hint: str = "如 1:52") -> None:
        super().__init__(read_seconds, hint)

    def put(self, value: Any) -> None:
        self.setText(clock(value) if isinstance(value, int) else value or "")

    def fault(self) -> str | None:
        return f"“{self.text()}”看不懂，要写成1:52" if isinstance(self.value(), str) else None


class CountBlank(LineBlank):
    """A number of people."""

    def __init__(self) -> None:
        super().__init__(_heads)

    def fault(self) -> str | None:
        return f"“{self.text()}”不是人数" if isinstance(self.value(), str) else None


class _Day(DayBlank):
    def put(self, value: Any) -> None:
        self.setText(value.isoformat() if isinstance(value, date) else value or "")

    def fault(self) -> str | None:
        return f"“{self.text()}”不是日期" if isinstance(self.value(), str) else None


@dataclass(frozen=True)
class Cell:
    """One column: what it is called, its share of the width, what it takes."""

    key: str
    label: str
    share: int = 1
    kind: Literal["fixed", "text", "person", "number", "seconds", "day", "choice"] = "text"
    offers: tuple[str, ...] = ()


class RowsBlank(QWidget):
    """Lines of cells; ``name`` tells them apart to who hears the screen, with the fixed word.

    With ``grows`` an empty line stands at the end. What a line holds besides its cells is kept.
    ``name`` may be empty where there is one line alone. ``entered`` says that Enter was pressed
    in a cell; the next one is taken unless ``heeds``.
    """

    edited = Signal()
    entered = Signal(int, str)

    def __init__(
        self,
        cells: Sequence[Cell],
        *,
        name: str,
        people: Sequence[Offer] = (),
        today: Callable[[], date] = date.today,
        grows: str = "",
        heeds: bool = False,
    ) -> None:
        super().__init__()
        self._cells, self._name, self._people, self._today = tuple(cells), name, people, today
        self._heeds = heeds
        self._rows: list[dict[str, Any]] = []
        self._blanks: list[dict[str, Any]] = []
        self._waiting: list[dict[str, Any]] | None = None  # lines nobody has looked at yet
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(t.XS)
        self._grid.setVerticalSpacing(t.XS)
        for column, cell in enumerate(self._cells):
            self._grid.addWidget(label(cell.label, "note"), 0, column)
            self._grid.setColumnStretch(column, cell.share)
        more = [hbox(button(grows, "link", "plus", self.add), None)] if grows else []
        self._grows = bool(grows)
        self.setLayout(vbox(self._grid, *more, gap=t.XS))

    def value(self) -> Any:
        """Return the lines that say anything, each as it was given with what its cells say now."""
        if self._waiting is not None:
            return [self._as_read(line) for line in self._waiting] or None
        lines = []
        for given, blanks in zip(self._rows, self._blanks, strict=True):
            said = {key: blank.value() for key, blank in blanks.items()}
            if not self._grows or any(value not in (None, "") for value in said.values()):
                lines.append(given | said)
        return lines or None

    def put(self, value: Any) -> None:
        """Take these lines; their blanks are made when somebody looks."""
        self._waiting = [dict(line) for line in value or ()]
        if self.isVisible():
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        self._make()
        super().showEvent(event)

    def fault(self) -> str | None:
        """Say what cannot be read, and in which line."""
        for row, blanks in enumerate(self._blanks):
            for key, blank in blanks.items():
                if why := blank.fault():
                    return f"{self._called(row, key)}{why}"
        return None

    def add(self) -> None:
        """Add an empty line and go there."""
        self._make()
        self._add({})
        self.cell(len(self._blanks) - 1, self._first()).setFocus()
        self.edited.emit()

    def cell(self, row: int, key: str) -> Any:
        """Return the blank of one cell."""
        self._make()
        return self._blanks[row][key]

    def go_to(self, row: int, key: str) -> bool:
        """Go to a cell, what stands there ready to be typed over; False past the end."""
        self._make()
        if row >= len(self._blanks):
            return False
        blank = self.cell(row, key)
        blank.setFocus(Qt.FocusReason.TabFocusReason)
        line = blank if isinstance(blank, QLineEdit) else blank.lineEdit()
        line.selectAll()
        return True

    def given(self, row: int) -> Mapping[str, Any]:
        """Return a line as it was given, cells included as they are now."""
        self._make()
        return self._rows[row] | {key: blank.value() for key, blank in self._blanks[row].items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER:
                return self._enter(watched)
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and isinstance(watched, LineBlank):
                return self._step(watched, 1 if event.key() == Qt.Key.Key_Down else -1)
        return super().eventFilter(watched, event)

    def _as_read(self, line: dict[str, Any]) -> dict[str, Any]:
        """Return a line as its blanks would give it back."""
        keys = [cell.key for cell in self._cells if cell.kind != "fixed"]
        return line | {key: None if line.get(key) == "" else line.get(key) for key in keys}

    def _make(self) -> None:
        """Make the blanks of the lines that wait."""
        if self._waiting is None:
            return
        lines, self._waiting = self._waiting, None
        for row in range(1, self._grid.rowCount()):
            for column in range(len(self._cells)):
                item = self._grid.itemAtPosition(row, column)
                if item is not None and (old := item.widget()) is not None:
                    self._grid.removeWidget(old)
                    old.hide()
                    old.deleteLater()
        self._rows, self._blanks = [], []
        for line in lines or ([{}] if self._grows else []):
            self._add(line)

    def _enter(self, watched: QObject) -> bool:
        row, key = self._place(watched)
        if self._heeds:
            self.entered.emit(row, key)
            return True
        keys = list(self._blanks[row])
        if keys.index(key) + 1 < len(keys):
            self.go_to(row, keys[keys.index(key) + 1])
        elif not self.go_to(row + 1, keys[0]):
            if self._grows and self.given(row)[keys[0]]:
                self.add()
            else:
                self.focusNextChild()
        return True

    def _step(self, watched: QObject, by: int) -> bool:
        row, key = self._place(watched)
        return 0 <= row + by < len(self._blanks) and self.go_to(row + by, key)

    def _place(self, watched: QObject) -> tuple[int, str]:
        for row, blanks in enumerate(self._blanks):
            for key, blank in blanks.items():
                if blank is watched or blank.isAncestorOf(watched):
                    return row, key
        raise LookupError

    def _first(self) -> str:
        return next(cell.key for cell in self._cells if cell.kind != "fixed")

    def _called(self, row: int, key: str) -> str:
        fixed = [str(self._rows[row].get(c.key) or "") for c in self._cells if c.kind == "fixed"]
        word = next(cell.label for cell in self._cells if cell.key == key)
        line = f"{self._name}{row + 1}" if self._name and not any(fixed) else ""
        return " ".join(filter(None, (*fixed, line, word)))

    def _add(self, line: dict[str, Any]) -> None:
        row = len(self._blanks)
        self._rows.append(line)
        blanks: dict[str, Any] = {}
        self._blanks.append(blanks)
        for column, cell in enumerate(self._cells):
            if cell.kind == "fixed":
                self._grid.addWidget(label(str(line.get(cell.key) or "")), row + 1, column)
                continue
            blank = self._blank(cell)
            blank.put(line.get(cell.key))
            blank.setAccessibleName(self._called(row, cell.key))
            inner = blank if isinstance(blank, QLineEdit) else blank.lineEdit()
            inner.setCursorPosition(0)
            inner.installEventFilter(self)
            blank.edited.connect(self.edited)
            blanks[cell.key] = blank
            self._grid.addWidget(blank, row + 1, column)

    def _blank(self, cell: Cell) -> Any:
        makers: Mapping[str, Callable[[], Any]] = {
            "person": lambda: ComboBlank(lambda: self._people, is_free=True),
            "choice": lambda: ComboBlank(lambda: cell.offers),
            "number": CountBlank,
            "seconds": lambda: SecondsBlank(""),
            "day": partial(_Day, self._today),
        }
        if cell.kind in makers:
            made = makers[cell.kind]()
        else:
            made = LineBlank()
            if cell.offers:
                made.offer(cell.offers)
        made.setMinimumWidth(2 * t.em())
        return made


def _heads(text: str) -> int:
    number: Decimal = read_number(text)
    if number < 0 or number != int(number):
        raise ValueError(text)
    return int(number)
