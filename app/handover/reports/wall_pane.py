"""The wall drawn: months across, reports down, each turn a box one can press or walk to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from app.handover.reports.details_pane import LOOKS
from app.handover.reports.wall import Cell
from app.handover.reports.words import NAMES, Kind, Standing
from app.ui import fonts
from app.ui import theme as t
from app.ui.marks import Measured
from app.ui.paint import draw_shape, put

_MONTHS = tuple(f"{number}月" for number in range(1, 13))
_ORDER = (Kind.WEEKLY, Kind.DISPUTES, Kind.SELFCHECK, Kind.YEARLY)
_NAMES = {**NAMES, Kind.DISPUTES: "纠纷排查"}  # as short as the side allows
_SIDE_EM, _MARK_EM = 5.5, 0.66
_GAP, _BAND = 3, 8  # between boxes, and between two kinds of report
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Wall(Measured):
    """A year of reports; ``pressed`` carries the key of the box. The arrows walk, Enter presses."""

    pressed = Signal(str)

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__()
        self._cells = list(cells)
        self._tops = self._lines()
        self._at = next((n for n, one in enumerate(self._cells) if one.is_now), 0)
        asking = (Standing.OWED, Standing.SOON, Standing.AMEND)
        owed = [one.tip for one in cells if one.standing in asking]
        self.setAccessibleName("完成墙" + ("：" + "；".join(owed) if owed else ""))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        fonts.meet(word for one in cells for word in one.words)
        self.measure()

    def measure(self) -> None:
        """Take the height of all lines of boxes."""
        lines = sum(count for _, _, count in self._tops)
        self.setFixedHeight(round(self._head() + lines * self._step() + len(self._tops) * _BAND))

    def cells(self) -> list[Cell]:
        """Return what is drawn."""
        return list(self._cells)

    def rect_of(self, number: int) -> QRectF:
        """Return where a box stands."""
        cell = self._cells[number]
        above = next((n, top) for n, (kind, top, _) in enumerate(self._tops) if kind is cell.kind)
        y = self._head() + (above[1] + cell.line) * self._step() + above[0] * _BAND + _BAND / 2
        width = (self.width() - self._side()) / 12
        x = self._side() + cell.month * width
        return QRectF(x + _GAP / 2, y + _GAP / 2, width - _GAP, self._step() - _GAP)

    def at(self, spot: QPoint) -> int | None:
        """Return which box lies there."""
        point = spot.toPointF()
        found = (n for n in range(len(self._cells)) if self.rect_of(n).contains(point))
        return next(found, None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_sides(painter)
        for number, cell in enumerate(self._cells):
            self._draw(painter, self.rect_of(number), cell, is_here=number == self._at)

    def word_of(self, cell: Cell) -> str:
        """Return what a box says: boxes with a mark all as long as the fullest has room for."""
        if not _mark(cell):
            return _fitting(cell.words, self._room(cell))
        marked = [one for one in self._cells if _mark(one)]
        level = max(one.words.index(_fitting(one.words, self._room(one))) for one in marked)
        return cell.words[level]

    def _room(self, cell: Cell) -> float:
        """Return how wide the words of a box may be."""
        width = (self.width() - self._side()) / 12 - _GAP - 2 * t.XS - 1
        return width - (t.em() * _MARK_EM + t.XS if _mark(cell) else 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_box = self.at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_box else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.at(event.position().toPoint())
        if number is not None:
            self._at = number
            self.update()
            self.pressed.emit(self._cells[number].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and self._cells:
            self._walk(*_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._cells and not event.isAutoRepeat():
                self.pressed.emit(self._cells[self._at].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell of the box below the mouse."""
        if isinstance(event, QHelpEvent):
            number = self.at(event.pos())
            QToolTip.showText(event.globalPos(), "" if number is None else self._cells[number].tip)
            return True
        return super().event(event)

    def _walk(self, right: int, down: int) -> None:
        """Go to the nearest box that way."""
        here = self.rect_of(self._at).center()

        def distance(number: int) -> float:
            there = self.rect_of(number).center()
            x, y = there.x() - here.x(), there.y() - here.y()
            ahead = x * right + y * down
            aside = abs(x * down) + abs(y * right)
            return ahead + 3 * aside if ahead > 1 else float("inf")

        nearest = min(range(len(self._cells)), key=distance)
        if distance(nearest) != float("inf"):
            self._at = nearest
            self.update()

    def _lines(self) -> list[tuple[Kind, int, int]]:
        """Return of each kind there is: how many lines stand above it, how many it has."""
        found, above = [], 0
        for kind in _ORDER:
            mine = [one.line for one in self._cells if one.kind is kind]
            if mine:
                found.append((kind, above, max(mine) + 1))
                above += max(mine) + 1
        return found

    def _step(self) -> float:
        return t.line() + 17

    def _head(self) -> float:
        return t.line("note") + t.S

    def _side(self) -> float:
        return _SIDE_EM * t.em()

    def _draw_sides(self, painter: QPainter) -> None:
        width, side = (self.width() - self._side()) / 12, self._side()
        for number, name in enumerate(_MONTHS):
            room = QRectF(side + number * width, 0, width, self._head())
            put(painter, room, name, t.SOFT, role="note", align=Qt.AlignmentFlag.AlignCenter)
        for number, (kind, top, _) in enumerate(self._tops):
            y = self._head() + top * self._step() + number * _BAND
            painter.setPen(QPen(t.colour(t.LINE), 1))
            painter.drawLine(0, round(y), self.width(), round(y))
            room = QRectF(t.S, y + _BAND / 2, side - t.S, self._step() - _GAP)
            put(painter, room, _NAMES[kind], t.INK)

    def _draw(self, painter: QPainter, room: QRectF, cell: Cell, *, is_here: bool) -> None:
        shape, tone = LOOKS[cell.standing]
        ink, ground = (t.SOFT, t.PAPER) if cell.standing is Standing.AHEAD else t.TONES[tone]
        edge = t.ACCENT if (is_here and self.hasFocus()) or cell.is_now else t.LINE
        painter.setPen(QPen(t.colour(edge), 2 if edge == t.ACCENT else 1))
        painter.setBrush(t.colour(ground))
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        mark = t.em() * _MARK_EM if _mark(cell) else 0.0
        inside = room.adjusted(t.XS + 1, 0, -t.XS, 0)
        if mark:
            spot = QRectF(inside.left(), room.center().y() - mark / 2, mark, mark)
            draw_shape(painter, spot, shape, ink)
            inside.setLeft(inside.left() + mark + t.XS)
        put(painter, inside, self.word_of(cell), ink, role="note")


def _mark(cell: Cell) -> bool:
    """Say whether a box bears the shape of how it stands."""
    is_plain = cell.standing in (Standing.AHEAD, Standing.FREE)
    return bool(LOOKS[cell.standing][0]) and not is_plain


def _fitting(words: Sequence[str], room: float) -> str:
    """Return the longest of these that has room, the shortest where none has."""
    return next((word for word in words if t.wide(word, "note") <= room), words[-1])
