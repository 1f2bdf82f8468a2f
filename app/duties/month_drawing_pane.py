"""How the duty grid is painted: the head, a date, a cell, a person in it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from app.duties.chips import Chip, GridRow
from app.duties.layout_pane import missing_words
from app.ui import icons
from app.ui import theme as t
from app.ui.paint import RIGHT, draw_shape, put

_HATCH = "#DCC58E"


def head(painter: QPainter, place: QRect, word: str) -> None:
    """Write what a column is called."""
    painter.fillRect(place, t.colour(t.GROUND))
    _edges(painter, place)
    put(painter, place.adjusted(8, 0, -4, 0), word, t.SOFT, role="note")


def day(painter: QPainter, place: QRect, row: GridRow, *, is_today: bool) -> None:
    """Write a date with what kind of day it is."""
    _ground(painter, place, row)
    _edges(painter, place)
    line = QRect(place.left() + t.S, place.top(), place.width() - t.M, min(t.row(), place.height()))
    put(painter, line, row.label, t.INK if row.is_work or is_today else t.SOFT)
    ink = t.ACCENT_DARK if is_today else t.SOON if row.is_waiting else t.SOFT
    put(painter, line, row.tag, ink, role="note", align=RIGHT)


def cell(painter: QPainter, place: QRect, row: GridRow, *, is_asked: bool) -> None:
    """Paint the ground of a cell; where nobody is to stand it is grey."""
    _ground(painter, place, row)
    if not is_asked and row.is_work:
        painter.fillRect(place, t.colour(t.ZEBRA))
    _edges(painter, place)


def chip(
    painter: QPainter, place: QRect, one: Chip, *, role: str, fades: bool, is_chosen: bool
) -> None:
    """Paint a person: a pin where locked, red with a triangle where a rule is broken."""
    ink, ground = t.INK, t.PLAIN_BG
    if one.is_broken:
        ink, ground = t.LATE, t.LATE_BG
    elif one.is_slip:
        ink, ground = t.DONE, t.DONE_BG
    if fades:
        ink, ground = t.FAINT, t.PAPER
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    dashed = (one.is_slip or one.is_broken) and not fades
    edge = ink if dashed or is_chosen else ground if not fades else t.LINE
    style = Qt.PenStyle.DashLine if dashed and not is_chosen else Qt.PenStyle.SolidLine
    painter.setPen(QPen(t.colour(t.ACCENT if is_chosen else edge), 2 if is_chosen else 1, style))
    painter.setBrush(t.colour(ground))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()
    side = round(t.em() * 0.72)
    words = place.adjusted(7 if role == "body" else 5, 0, -4, 0)
    top = place.center().y() - side // 2 + 1
    if one.is_locked:
        spot = QRect(words.right() - side, top, side, side)
        icons.icon("pin", ink).paint(painter, spot)
        words.setRight(spot.left() - 3)
    if one.is_broken:
        spot = QRect(words.right() - side, top, side, side)
        draw_shape(painter, QRectF(spot), "late", ink)
        words.setRight(spot.left() - 3)
    put(painter, words, one.name, ink, role=role)


def missing(painter: QPainter, place: QRect, many: int, *, role: str, fades: bool) -> None:
    """Say in a dashed frame how many are missing."""
    ink = t.FAINT if fades else t.LATE
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(t.colour(ink), 1, Qt.PenStyle.DashLine))
    painter.setBrush(t.colour(t.PAPER))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()
    put(painter, place.adjusted(7, 0, -3, 0), missing_words(many), ink, role=role)


def current(painter: QPainter, place: QRect, *, has_keys: bool) -> None:
    """Frame the current cell."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(t.colour(t.ACCENT if has_keys else t.EDGE), 2))
    painter.drawRect(place.adjusted(1, 1, -2, -2))


def _ground(painter: QPainter, place: QRect, row: GridRow) -> None:
    painter.fillRect(place, t.colour(t.PAPER if row.is_work else t.GROUND))
    if row.is_waiting:
        painter.fillRect(place, QBrush(t.colour(_HATCH), Qt.BrushStyle.BDiagPattern))


def _edges(painter: QPainter, place: QRect) -> None:
    painter.setPen(QPen(t.colour(t.LINE), 1))
    painter.drawLine(place.bottomLeft(), place.bottomRight())
    painter.drawLine(place.topRight(), place.bottomRight())
