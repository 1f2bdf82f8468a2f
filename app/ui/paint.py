"""Painting what widgets and table cells share: texts, status shapes, pills."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.ui import theme as t

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

# Who is told of a text that had to be shortened; a test listens here.
on_shortened: list[Callable[[str], None]] = []


def put(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    colour: str = t.INK,
    *,
    role: str = "body",
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write one line of text inside a rectangle; what does not fit is shortened."""
    room = rect.toRect() if isinstance(rect, QRectF) else rect
    painter.setFont(t.font(role))
    painter.setPen(t.colour(colour))
    shown = text
    if t.wide(text, role) > room.width():
        shown = t.metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        for tell in on_shortened:
            tell(text)
    painter.drawText(room, align, shown)


def _late(p: QPainter, r: QRectF, c: QColor) -> None:
    path = QPainterPath(QPointF(r.center().x(), r.top()))
    low = r.bottom() - r.width() * 0.08
    path.lineTo(r.right(), low)
    path.lineTo(r.left(), low)
    path.closeSubpath()
    p.fillPath(path, c)


def _soon(p: QPainter, r: QRectF, _c: QColor) -> None:
    middle = r.center()
    p.drawEllipse(r.adjusted(0.8, 0.8, -0.8, -0.8))
    p.drawPolyline(
        [
            QPointF(middle.x(), r.top() + r.width() * 0.25),
            middle,
            QPointF(r.right() - r.width() * 0.28, middle.y()),
        ]
    )


def _done(p: QPainter, r: QRectF, _c: QColor) -> None:
    side = r.width()
    p.drawPolyline(
        [
            QPointF(r.left() + side * 0.08, r.top() + side * 0.55),
            QPointF(r.left() + side * 0.38, r.top() + side * 0.85),
            QPointF(r.right() - side * 0.05, r.top() + side * 0.18),
        ]
    )


def _work(p: QPainter, r: QRectF, c: QColor) -> None:
    p.drawEllipse(r.adjusted(0.8, 0.8, -0.8, -0.8))
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(c)
    p.drawPie(r.adjusted(2, 2, -2, -2), 270 * 16, 180 * 16)


def _check(p: QPainter, r: QRectF, _c: QColor) -> None:
    p.drawRect(r.adjusted(1.4, 1.4, -1.4, -1.4))


def _hold(p: QPainter, r: QRectF, _c: QColor) -> None:
    side = r.width()
    for x in (0.28, 0.72):
        p.drawLine(
            QPointF(r.left() + side * x, r.top() + side * 0.12),
            QPointF(r.left() + side * x, r.bottom() - side * 0.12),
        )


def _major(p: QPainter, r: QRectF, c: QColor) -> None:
    path = QPainterPath(QPointF(r.center().x(), r.top()))
    for x, y in (
        (r.right(), r.center().y()),
        (r.center().x(), r.bottom()),
        (r.left(), r.center().y()),
    ):
        path.lineTo(x, y)
    path.closeSubpath()
    p.fillPath(path, c)


def _none(p: QPainter, r: QRectF, _c: QColor) -> None:
    p.drawEllipse(r.adjusted(0.8, 0.8, -0.8, -0.8))


def _dot(p: QPainter, r: QRectF, c: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(c)
    p.drawEllipse(r)


def _cross(p: QPainter, r: QRectF, _c: QColor) -> None:
    inner = r.adjusted(1.5, 1.5, -1.5, -1.5)
    p.drawLine(inner.topLeft(), inner.bottomRight())
    p.drawLine(inner.topRight(), inner.bottomLeft())


def _bars(count: int) -> Callable[[QPainter, QRectF, QColor], None]:
    def paint(p: QPainter, r: QRectF, c: QColor) -> None:
        side = r.width()
        p.setPen(Qt.PenStyle.NoPen)
        for n in range(3):
            tall = side * (0.4 + 0.3 * n)
            p.setBrush(c if n < count else t.colour(t.LINE))
            p.drawRect(QRectF(r.left() + n * side * 0.36, r.bottom() - tall, side * 0.26, tall))

    return paint


SHAPES: dict[str, Callable[[QPainter, QRectF, QColor], None]] = {
    "late": _late,  # a solid triangle
    "soon": _soon,  # a clock
    "done": _done,  # a tick
    "work": _work,  # a ring, half full
    "check": _check,  # a square to be ticked
    "hold": _hold,  # two bars
    "major": _major,  # a solid diamond
    "none": _none,  # an empty ring
    "dot": _dot,
    "cross": _cross,
    "1": _bars(1),  # one to three bars, like a signal
    "2": _bars(2),
    "3": _bars(3),
}


def draw_shape(painter: QPainter, rect: QRectF, kind: str, colour: str) -> None:
    """Draw the shape of a status, which tells it without colour and on a grey print."""
    if not kind:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(colour, max(1.6, rect.width() * 0.13)))
    SHAPES[kind](painter, rect, t.colour(colour))
    painter.restore()


@cache
def _pen(colour: str, width: float) -> QPen:
    solid, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(QColor(colour), width, solid, cap, join)


def tint(painter: QPainter, rect: QRectF, ground: str) -> None:
    """Fill a rounded ground without an edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(t.colour(ground))
    painter.drawRoundedRect(rect, t.RADIUS, t.RADIUS)
    painter.restore()


def pill_width(text: str, shape: str) -> int:
    """Return how wide a pill with this text is in pixels."""
    return round((t.em() * 0.72 + 6 if shape else 0) + t.wide(text)) + 17


def pill(painter: QPainter, rect: QRect, text: str, shape: str, *, tone: str) -> None:
    """Draw shape and word on a tint, at the left of ``rect``."""
    ink, ground = t.TONES[tone]
    side, tall = t.em() * 0.72, t.line() + 2
    width = min(rect.width(), pill_width(text, shape))
    body = QRectF(rect.left(), rect.center().y() - tall / 2 + 0.5, width, tall)
    tint(painter, body, ground)
    middle = body.center().y() - side / 2
    draw_shape(painter, QRectF(body.left() + 7, middle, side, side), shape, ink)
    put(painter, body.adjusted(side + 13 if shape else 8, 0, -3, 0), text, ink)
