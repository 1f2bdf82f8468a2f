"""The columns of a printed list above its picture, each as wide as it prints, dragged by sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.forms import Form
from app.core.plainforms import NUMBER_MM, ROOM_MM, RUNNING_MM, STATUS_MM, printed_fields
from app.ledgers.designing import LEAST_MM
from app.ui import theme as t

SHEET_MM = {"landscape": 297, "portrait": 210}
_NEAR_PX = 5
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Span(NamedTuple):
    """One column: its key (none for the fixed ones), where it begins, how wide it is."""

    key: str
    label: str
    left_mm: int
    width_mm: int


class WidthStrip(QWidget):
    """Drawn to the scale of the sheet below; ← and → narrow and widen the chosen column."""

    def __init__(
        self, widened: Callable[[str, int], object], chosen: Callable[[str], object]
    ) -> None:
        """``widened`` hears a key and its new width in millimetres, once let go."""
        super().__init__()
        self._widened, self._choose = widened, chosen
        self._spans: list[_Span] = []
        self._key, self._sheet_mm, self._room_mm = "", 297, 267
        self._dragged: _Span | None = None
        self.setAccessibleName("各空印多宽")
        self.setToolTip("拖两栏之间的线改宽窄；选中以后按 ← → 也行")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, t.line("note") * 2 + t.S)

    def show_form(self, form: Form, chosen: str) -> None:
        """Show the columns of a form, one of them chosen."""
        self._key, self._dragged = chosen, None
        self._sheet_mm, self._room_mm = SHEET_MM[form.orientation], ROOM_MM[form.orientation]
        at, spans = (self._sheet_mm - self._room_mm) // 2, []
        columns = [("", "序号", RUNNING_MM), ("", "编号", NUMBER_MM)]
        columns += [(f.key, f.short or f.label, f.width) for f in printed_fields(form)]
        columns += [("", "状态", STATUS_MM)] if form.closing else []
        for key, label, wide in columns:
            spans.append(_Span(key, label, at, wide))
            at += wide
        self._spans = spans
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        span = next((one for one in self._spans if one.key and one.key == self._key), None)
        if step is None or span is None:
            super().keyPressEvent(event)
        else:
            self._widened(span.key, max(LEAST_MM, span.width_mm + step))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        edge = self._edge_at(event.position())
        inside = edge or self._span_at(event.position())
        if inside is not None and inside.key:
            self._choose(inside.key)
        self._dragged = edge

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            wide = round(event.position().x() / self._scale()) - self._dragged.left_mm
            self._spans = [
                one._replace(width_mm=max(LEAST_MM, wide)) if one.key == self._dragged.key else one
                for one in self._spans
            ]
            self.update()
        is_edge = self._dragged or self._edge_at(event.position())
        self.setCursor(Qt.CursorShape.SplitHCursor if is_edge else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            key, self._dragged = self._dragged.key, None
            wide = next(one.width_mm for one in self._spans if one.key == key)
            self._widened(key, wide)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.colour(t.PLAIN_BG))
        scale, at = self._scale(), self._spans[0].left_mm if self._spans else 0
        for span in self._spans:
            place = QRectF(at * scale, 1, span.width_mm * scale, self.height() - 3)
            at += span.width_mm
            self._paint_span(painter, place, span)
        end = (self._sheet_mm + self._room_mm) / 2 * scale
        painter.setPen(QPen(t.colour(t.LATE), 2))
        painter.drawLine(QPointF(end, 0), QPointF(end, self.height()))
        if self.hasFocus():
            painter.setPen(QPen(t.colour(t.ACCENT), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_span(self, painter: QPainter, place: QRectF, span: _Span) -> None:
        is_on = bool(span.key) and span.key == self._key
        painter.setPen(t.colour(t.ACCENT if is_on else t.LINE))
        painter.setBrush(t.colour(t.PICK if is_on else t.PAPER if span.key else t.PLAIN_BG))
        painter.drawRect(place)
        painter.setFont(t.font("note"))
        painter.setPen(t.colour(t.INK if span.key else t.SOFT))
        wide, mid = t.metrics("note").horizontalAdvance, Qt.AlignmentFlag.AlignHCenter
        for row, text in enumerate((span.label, str(span.width_mm))):
            line = QRectF(place.left(), 2 + row * t.line("note"), place.width(), t.line("note"))
            room = (n for n in range(len(text), 0, -1) if wide(text[:n]) <= place.width())
            painter.drawText(line, mid, text[: next(room, 0)])

    def _scale(self) -> float:
        """Return how many pixels a millimetre of the sheet takes."""
        return self.width() / self._sheet_mm

    def _span_at(self, at: QPointF) -> _Span | None:
        mm = at.x() / self._scale()
        inside = (one for one in self._spans if one.left_mm <= mm < one.left_mm + one.width_mm)
        return next(inside, None)

    def _edge_at(self, at: QPointF) -> _Span | None:
        """Return the column whose right edge is near."""
        for one in self._spans:
            right = (one.left_mm + one.width_mm) * self._scale()
            if one.key and abs(right - at.x()) <= _NEAR_PX:
                return one
        return None
