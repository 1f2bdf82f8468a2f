"""A year in boxes: a row of turns, each where it lies in the year, with a mark and few words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from app.agenda.rules import State
from app.agenda.wording import LOOKS, Box
from app.ui import fonts
from app.ui import theme as t
from app.ui.marks import Measured
from app.ui.paint import draw_shape, put

_GAP = 6
_NARROW = 2  # pixels between the edge of a box and its words where there is little room
_LEAST = 3  # pixels of a box that is a day or a week
_MARKED = 10  # pixels a box must be wide to carry its mark, smaller than usual if need be
MONTHS = tuple(f"{month}月" for month in range(1, 13))


class BoxRow(Measured):
    """Boxes one can press; ``is_tall`` gives them their month above what they say.

    ``pressed`` carries which one. The arrows walk along them, Enter presses.
    """

    pressed = Signal(int)

    def __init__(self, boxes: Sequence[Box], name: str, *, is_tall: bool = False) -> None:
        super().__init__()
        self._boxes, self._is_tall = list(boxes), is_tall
        self._at = next((n for n, box in enumerate(boxes) if box.is_now), 0)
        self.setAccessibleName(f"{name}：" + "；".join(box.tip for box in boxes))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        fonts.meet(word for box in boxes for word in (box.title, *box.words))
        self.measure()

    def measure(self) -> None:
        """Take the height of one line of text, or of two."""
        self.setFixedHeight(t.line() + t.line("note") + 12 if self._is_tall else t.row() - 4)

    def boxes(self) -> list[Box]:
        """Return what is drawn."""
        return list(self._boxes)

    def rect_of(self, number: int) -> QRectF:
        """Return where a box stands."""
        box, beyond = self._boxes[number], _GAP if self._is_tall else 0
        width = self.width() + beyond  # half a gap sticks out at each end: the boxes are flush
        left, right = box.begins * width - beyond / 2, box.ends * width - beyond / 2
        gap = min(_GAP if self._is_tall else 3, max(0.0, (right - left) / 4))
        return QRectF(left + gap / 2, 0.5, max(_LEAST, right - left - gap), self.height() - 1)

    def at(self, spot: QPoint) -> int | None:
        """Return which box lies there."""
        return next(
            (n for n in range(len(self._boxes)) if self.rect_of(n).contains(spot.toPointF())), None
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, box in enumerate(self._boxes):
            self._draw(painter, self.rect_of(number), box, is_here=number == self._at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.at(event.position().toPoint())
        if number is not None:
            self._at = number
            self.update()
            self.pressed.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._boxes:
            self._at = max(0, min(len(self._boxes) - 1, self._at + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._boxes and not event.isAutoRepeat():
                self.pressed.emit(self._at)
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
            tip = "" if number is None else self._boxes[number].tip
            QToolTip.showText(event.globalPos(), tip)
            return True
        return super().event(event)

    def _draw(self, painter: QPainter, room: QRectF, box: Box, *, is_here: bool) -> None:
        shape, tone = LOOKS[box.state]
        ink, ground = t.TONES[tone] if tone else (t.SOFT, t.PAPER)
        is_focus = is_here and self.hasFocus()
        edge = t.ACCENT if is_focus or (box.is_now and self._is_tall) else t.LINE
        painter.setPen(QPen(t.colour(edge), 2 if edge == t.ACCENT else 1))
        painter.setBrush(t.colour(ground))
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        if box.provisional:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(t.colour(t.LINE), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(room.adjusted(2, 2, -2, -2), t.RADIUS, t.RADIUS)
        (self._write_tall if self._is_tall else self._write)(painter, room, box, shape, ink)

    def _write_tall(self, painter: QPainter, room: QRectF, box: Box, shape: str, ink: str) -> None:
        inside = room.adjusted(t.S, 3, -t.S, -4)
        side = t.em() * 0.72
        if inside.width() < _least_width(box, side):
            inside = room.adjusted(_NARROW, 3, -_NARROW, -4)
        head = QRectF(inside.left(), inside.top(), inside.width(), t.line())
        faint = box.state in (State.EXCUSED, State.NOT_BEGUN, State.WAIVED)
        put(painter, head, box.title, t.SOFT if faint else t.INK)
        if shape and t.wide(box.title) + side <= head.width():
            spot = QRectF(head.right() - side, head.center().y() - side / 2, side, side)
            draw_shape(painter, spot, shape, ink)
        low = QRectF(inside.left(), head.bottom(), inside.width(), t.line("note"))
        if word := _fitting(box.words, low.width(), "note"):
            put(painter, low, word, ink, role="note")

    def _write(self, painter: QPainter, room: QRectF, box: Box, shape: str, ink: str) -> None:
        side = t.em() * 0.66
        free = room.width() - (side + 3 * t.XS if shape else 0)
        word = _fitting(box.words, free, "note")
        wide = t.wide(word, "note") if word else 0
        mark = min(side, room.width() - 2) if shape and room.width() >= _MARKED else 0
        gap = t.XS if mark and wide else 0
        left = room.center().x() - (mark + gap + wide) / 2
        if mark:
            spot = QRectF(left, room.center().y() - mark / 2, mark, mark)
            draw_shape(painter, spot, shape, ink)
        if word:
            rest = QRectF(left + mark + gap, room.top(), wide + 1, room.height())
            put(painter, rest, word, ink, role="note")


class MonthHead(Measured):
    """The names of the months above rows of boxes."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.measure()

    def measure(self) -> None:
        """Take the height of a small line."""
        self.setFixedHeight(t.line("note") + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, width = QPainter(self), self.width() / 12
        for number, name in enumerate(MONTHS):
            room = QRectF(number * width, 0, width, self.height())
            put(painter, room, name, t.SOFT, role="note", align=Qt.AlignmentFlag.AlignCenter)


def _least_width(box: Box, mark: float) -> float:
    """Return what a box needs for its title beside its mark, and the shortest of its words."""
    short = box.words[-1] if box.words else ""
    return max(t.wide(box.title) + mark, t.wide(short, "note"))


def _fitting(words: Sequence[str], width: float, role: str) -> str:
    return next((word for word in words if t.wide(word, role) <= width), "")
