"""The year strip: a box a month, done, planned or owed; a press goes to the month."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.drills.months import Box
from app.drills.rules import State
from app.drills.words import LOOKS
from app.ui import theme as t
from app.ui.marks import Measured
from app.ui.paint import draw_shape, put

_GAP = 6
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class YearStrip(Measured):
    """Boxes side by side, ``columns`` in a line; the one of the month on the grid is outlined."""

    chosen = Signal(object)  # the first day of the month or quarter

    def __init__(self, name: str, columns: int) -> None:
        super().__init__()
        self._boxes: list[Box] = []
        self._columns = columns
        self._month = date.min
        self._states: Collection[str] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)

    def show_boxes(self, boxes: Sequence[Box], month: date, states: Collection[str] = ()) -> None:
        """Show these boxes; those of ``states`` stand out, () being all."""
        self._boxes, self._month, self._states = list(boxes), month, states
        self.setAccessibleDescription("；".join(f"{b.title}{b.state} {b.word}" for b in boxes))
        self.measure()
        self.update()

    def measure(self) -> None:
        lines = -(-len(self._boxes) // self._columns)
        self.setFixedHeight(max(0, lines * (self._tall() + _GAP) - _GAP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, place in self._places():
            self._paint(painter, box, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at: QPointF = event.position()
        for box, place in self._places():
            if place.contains(at.toPoint()):
                self.chosen.emit(box.first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        at = next((n for n, box in enumerate(self._boxes) if self._is_here(box)), None)
        if step is None or at is None:
            super().keyPressEvent(event)
        elif 0 <= at + step < len(self._boxes):
            self.chosen.emit(self._boxes[at + step].first)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def _tall(self) -> int:
        return t.line() + (t.S if t.is_large() else t.line("note") + t.S)

    def _places(self) -> list[tuple[Box, QRect]]:
        found = []
        for number, box in enumerate(self._boxes):
            row, column = divmod(number, self._columns)
            wide = self.width() + _GAP
            left, right = wide * column // self._columns, wide * (column + 1) // self._columns
            top = row * (self._tall() + _GAP)
            found.append((box, QRect(left, top, right - left - _GAP, self._tall())))
        return found

    def _is_here(self, box: Box) -> bool:
        months = 12 // max(1, len(self._boxes))
        first = box.first
        return first.year == self._month.year and 0 <= self._month.month - first.month < months

    def _paint(self, painter: QPainter, box: Box, place: QRect) -> None:
        shape, tone = LOOKS[box.state] if isinstance(box.state, State) else ("", "plain")
        ink, ground = t.TONES[tone]
        ground = t.PAPER if box.state is State.OPEN else ground
        fades = bool(self._states) and box.state not in self._states
        if fades:
            ink, ground = t.FAINT, t.PAPER
        here = self._is_here(box)
        edge = (t.INK if self.hasFocus() else t.ACCENT) if here else t.LINE
        painter.setPen(QPen(t.colour(edge), 2 if here else 1))
        painter.setBrush(t.colour(ground))
        painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        inside = place.adjusted(t.S, t.XS, -t.XS, -t.XS)
        above = QRect(inside.left(), inside.top(), inside.width(), t.line())
        put(painter, above, box.title, t.INK if box.is_asked and not fades else t.FAINT)
        side = t.em() * 0.72
        if shape:
            at = QRectF(above.right() - side - 2, above.center().y() - side / 2, side, side)
            draw_shape(painter, at, shape, ink)
        if t.is_large():  # the shape says it, the word is said to a screen reader
            return
        below = QRect(inside.left(), above.bottom(), inside.width(), t.line("note") + 2)
        fits = (words for words in (box.word, box.word.rpartition(" ")[2]) if _fits(words, below))
        put(painter, below, next(fits, ""), ink, role="note")


def _fits(words: str, room: QRect) -> bool:
    return t.wide(words, "note") <= room.width()
