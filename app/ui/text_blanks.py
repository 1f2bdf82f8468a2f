"""Blanks one types into: a line, several lines, a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCompleter,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
)

from app.core.values import read_date, show
from app.ui import fonts, icons
from app.ui import theme as t
from app.ui.widgets import vbox

_LINES_SHOWN = 3
_WEEKDAY = re.compile(r"\s*星期[一二三四五六日]$")


class StartingLine(QLineEdit):
    """A line whose text is read from its beginning, however short the blank is."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason and not self.hasSelectedText():
            self.end(False)  # one goes on where the text ends

    def show_start(self) -> None:
        """Show the beginning of what was put in; whoever is typing here is left alone."""
        if not self.hasFocus():
            self.setCursorPosition(0)


class LineBlank(StartingLine):
    """A line of text, read by ``read`` once it is complete: a number, a day, a time."""

    edited = Signal()

    def __init__(self, read: Callable[[str], Any] = str, hint: str = "") -> None:
        super().__init__()
        self._read = read
        self.setPlaceholderText(hint)
        self.editingFinished.connect(self._tidy)
        self.textChanged.connect(lambda text: fonts.meet((text,)))
        self.textChanged.connect(lambda _: self.edited.emit())

    def value(self) -> Any:
        text = self.text().strip()
        if not text:
            return None
        try:
            return self._read(text)
        except ValueError:
            return text

    def put(self, value: Any) -> None:
        self.setText(show(value))
        self.show_start()

    def fault(self) -> str | None:
        return None

    def offer(self, texts: Sequence[str]) -> None:
        """Offer what was typed here before."""
        completer = QCompleter(list(texts), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def _tidy(self) -> None:
        value = self.value()
        if not isinstance(value, str):
            self.put(value)


class DayBlank(LineBlank):
    """A day, typed as teachers do (3-5, 今天, 周五) or picked from the month."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(self._day, "如 3-5、今天、周五")
        self._today = today
        pick = self.addAction(icons.icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        pick.setToolTip("从月历里选")
        pick.triggered.connect(self._show_month)
        for inner in self.findChildren(QToolButton):
            inner.setCursor(Qt.CursorShape.PointingHandCursor)

    def put(self, value: Any) -> None:
        week = f" 星期{'一二三四五六日'[value.weekday()]}" if isinstance(value, date) else ""
        self.setText(show(value) + week)
        self.show_start()

    def _day(self, text: str) -> date:
        return read_date(_WEEKDAY.sub("", text), self._today())

    def _show_month(self) -> None:
        chosen = self.value()
        start = chosen if isinstance(chosen, date) else self._today()
        month = QCalendarWidget()
        month.setGridVisible(False)
        month.setMinimumSize(22 * t.em(), 19 * t.em())
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            ink = QTextCharFormat()
            ink.setForeground(t.colour(t.LATE))
            month.setWeekdayTextFormat(day, ink)
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setSelectedDate(QDate(start.year, start.month, start.day))
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("选日期")
        dialog.setLayout(vbox(month, edge=t.S))

        def take(day: QDate) -> None:
            self.put(date(day.year(), day.month(), day.day()))
            dialog.accept()

        month.clicked.connect(take)
        month.activated.connect(take)
        dialog.open()


class LongBlank(QPlainTextEdit):
    """Several lines of text."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(t.line() * _LINES_SHOWN + t.M)
        self.textChanged.connect(self.edited)

    def value(self) -> Any:
        return self.toPlainText().strip() or None

    def put(self, value: Any) -> None:
        self.setPlainText(value or "")
        fonts.meet((value or "",))

    def fault(self) -> str | None:
        return None


class LinesBlank(LongBlank):
    """A list, one entry a line."""

    def value(self) -> Any:
        return [line.strip() for line in self.toPlainText().splitlines() if line.strip()] or None

    def put(self, value: Any) -> None:
        super().put("\n".join(map(show, value or ())))
