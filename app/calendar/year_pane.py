"""A school year at one look: twelve small months, each day in the dress of its kind."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.calendar.days import Day
from app.calendar.rules import DayKind
from app.calendar.words import full_day, telling
from app.ui import theme as t
from app.ui.flow import Flow
from app.ui.widgets import hbox, label

MONTHS, ACROSS, ROWS = 12, 4, 6
FIRST_MONTH = 8  # so that a term that begins in the last days of August is whole
_WEEK = "一二三四五六日"
_GROUNDS = {
    DayKind.REST: t.GROUND,
    DayKind.HOLIDAY: "#CFE6DA",
    DayKind.VACATION: t.PLAIN_BG,
    DayKind.FARM: t.SOON_BG,
}
_BARS = {DayKind.MAKE_UP: t.LATE, DayKind.EXAM: t.BLUE, DayKind.EVENT: t.ORANGE}
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


def months_of(year: int) -> list[date]:
    """Return the first days of the months of a school year, August to July."""
    return [
        date(year + (FIRST_MONTH + n - 1) // MONTHS, (FIRST_MONTH + n - 1) % MONTHS + 1, 1)
        for n in range(MONTHS)
    ]


def span_of(year: int) -> tuple[date, date]:
    """Return the first and the last day the picture of a school year shows."""
    return date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH, 1) - timedelta(days=1)


class YearView(QWidget):
    """Twelve months; the mouse or the arrows choose a day, or with Shift a span of days.

    ``chosen`` gives the span whenever it changes, ``opened`` when Enter or a double click asks
    for it.
    """

    chosen = Signal(object, object)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._days: Mapping[date, Day] = {}
        self._months: Sequence[date] = ()
        self._today: date | None = None
        self._first = self._last = date.min
        self._cells: dict[date, QRect] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("学年")
        t.look.changed.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        cell, wide = t.line("note") - 2, t.wide("30", "note") + t.XS
        return QSize(ACROSS * (7 * wide + t.S), 3 * (ROWS * cell + self._head() + t.S))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def show_year(self, year: int, days: Sequence[Day], today: date) -> None:
        """Show a school year; what was chosen stays if it lies in it."""
        self._months, self._today = months_of(year), today
        self._days = {day.on: day for day in days}
        if self._first not in self._days or self._last not in self._days:
            start = today if today in self._days else date(year, 9, 1)
            self._first = self._last = start
        self._cells = {}
        self.update()
        self._tell()

    def span(self) -> tuple[date, date]:
        """Return the days that are chosen."""
        return min(self._first, self._last), max(self._first, self._last)

    def choose(self, first: date, last: date | None = None) -> None:
        """Choose a day, or the days from the first to the last."""
        self._first, self._last = first, last or first
        self.update()
        self._tell()

    def day_at(self, point: QPoint) -> date | None:
        """Return the day under a point."""
        return next((on for on, cell in self._lay().items() if cell.contains(point)), None)

    def cell(self, on: date) -> QRect:
        """Return where a day is drawn."""
        return self._lay()[on]

    def _tell(self) -> None:
        if self._days:
            self.chosen.emit(*self.span())

    def _month_box(self, number: int) -> QRect:
        wide, tall = self.width() / ACROSS, self.height() / (MONTHS // ACROSS)
        left, top = number % ACROSS * wide, number // ACROSS * tall
        return QRect(round(left) + 2, round(top), round(wide) - t.S, round(tall) - t.S)

    def _head(self) -> int:
        return 2 * t.line("note") - t.XS

    def _lay(self) -> dict[date, QRect]:
        if self._cells:
            return self._cells
        for number, first in enumerate(self._months):
            box, head = self._month_box(number), self._head()
            wide, tall = box.width() / 7, (box.height() - head) / ROWS
            for day in range(monthrange(first.year, first.month)[1]):
                row, column = divmod(first.weekday() + day, 7)
                x, y = box.left() + column * wide, box.top() + head + row * tall
                cell = QRect(round(x), round(y), round(x + wide) - round(x) - 1, round(tall) - 1)
                self._cells[first + timedelta(days=day)] = cell
        return self._cells

    # --- hands ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (on := self.day_at(event.position().toPoint())) is None:
            return
        is_longer = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.choose(self._first if is_longer else on, on)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and (
            on := self.day_at(event.position().toPoint())
        ):
            self.choose(self._first, on)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.day_at(event.position().toPoint()) is not None:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        to = self._last + timedelta(days=step)
        if to in self._days:
            is_longer = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.choose(self._first if is_longer else to, to)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            on = self.day_at(event.pos())
            said = f"{full_day(on)}\n{telling(self._days[on])}" if on else ""
            QToolTip.showText(event.globalPos(), said, self)
            return True
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._cells = {}
        return super().event(event)

    # --- drawing ---

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, first in enumerate(self._months):
            self._draw_head(painter, self._month_box(number), first)
        cells = self._lay()
        painter.setFont(self._figures())
        for on, cell in cells.items():
            draw_day(painter, QRectF(cell), self._days[on], is_today=on == self._today)
            ink = t.PAPER if on == self._today else _ink(self._days[on])
            painter.setPen(t.colour(ink))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(on.day))
        self._draw_choice(painter, cells)

    def _figures(self) -> QFont:
        """Return the type of the numbers, never higher than the cell."""
        made = QFont(t.font("note"))
        low = (self._month_box(0).height() - self._head()) / ROWS
        made.setPixelSize(max(9, min(t.metrics("note").height() - 3, round(low * 0.74))))
        return made

    def _draw_head(self, painter: QPainter, box: QRect, first: date) -> None:
        tall = t.line("note")
        line = QRect(box.left(), box.top(), box.width(), tall)
        painter.setFont(t.font("note"))
        painter.setPen(t.colour(t.INK))
        name = (
            f"{first.month}月"
            if first.month not in (1, FIRST_MONTH)
            else f"{first.year}年{first.month}月"
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(t.colour(t.FAINT))
        wide = box.width() / 7
        for column, word in enumerate(_WEEK):
            place = QRect(
                round(box.left() + column * wide), box.top() + tall - t.XS, round(wide), tall
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)

    def _draw_choice(self, painter: QPainter, cells: Mapping[date, QRect]) -> None:
        first, last = self.span()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = t.ACCENT_DARK if self.hasFocus() else t.EDGE
        painter.setPen(QPen(t.colour(ink), 2))
        for on, cell in cells.items():
            if first <= on <= last:
                painter.drawRect(QRectF(cell).adjusted(1, 1, -1, -1))


def _ink(day: Day) -> str:
    if day.kind in (DayKind.VACATION, DayKind.REST) and not day.provisional:
        return t.FAINT
    return t.INK


def draw_day(painter: QPainter, cell: QRectF, day: Day, *, is_today: bool = False) -> None:
    """Draw the ground of a day: its kind, a bar below what has school, hatched while it waits."""
    ground = t.ACCENT if is_today else _GROUNDS.get(day.kind, t.PAPER)
    painter.fillRect(cell, t.colour(ground))
    if day.provisional and not is_today:
        painter.fillRect(cell, QBrush(t.colour("#C9A24B"), Qt.BrushStyle.BDiagPattern))
    if bar := _BARS.get(day.kind):
        painter.fillRect(QRectF(cell.left(), cell.bottom() - 2, cell.width(), 2.0), t.colour(bar))
    if day.themes:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = QRectF(cell.right() - 6, cell.top() + 1, 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour(t.PAPER if is_today else t.ACCENT))
        painter.drawEllipse(dot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class _Swatch(QWidget):
    """A day as the picture draws it, to stand before its word."""

    def __init__(self, day: Day) -> None:
        super().__init__()
        self._day = day
        self.setFixedSize(t.em() + 4, t.em())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_day(painter, QRectF(self.rect()), self._day)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(t.colour(t.LINE))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


def legend() -> Flow:
    """Return what the dress of a day means."""
    kinds = (
        *((DayKind.HOLIDAY, "放假"), (DayKind.REST, "休息"), (DayKind.VACATION, "寒暑假")),
        *((DayKind.MAKE_UP, "补课"), (DayKind.EXAM, "考试"), (DayKind.EVENT, "活动")),
        (DayKind.FARM, "农忙"),
    )
    days = [(Day(date.min, kind, "", False, (), "", "", None), word) for kind, word in kinds]
    days.append((Day(date.min, DayKind.SCHOOL, "", True, (), "", "", None), "待定"))
    days.append((Day(date.min, DayKind.SCHOOL, "", False, (" ",), "", "", None), "主题日"))
    parts = []
    for day, word in days:
        part = QWidget()
        part.setLayout(hbox(_Swatch(day), label(word, "note"), gap=t.XS))
        parts.append(part)
    return Flow(*parts, gap=t.M)
