"""Our own icons: 20×20, one 1.6 stroke, round ends; drawn in the colour asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from app.ui import RESOURCES

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

SOFT = "#56635B"  # the colour the files are drawn in
SIDES_PX = (16, 20, 24, 32, 48)


def address(name: str) -> str:
    """Return where an icon's file lies, as a style sheet writes it."""
    return (RESOURCES / "icons" / f"{name}.svg").as_posix()


def draw(painter: QPainter, rect: QRectF, name: str, colour: str = SOFT) -> None:
    """Draw an icon where a delegate wants it."""
    _renderer(name, colour).render(painter, rect)


@cache
def icon(name: str, colour: str = SOFT) -> QIcon:
    """Return an icon for a button or a menu."""
    made = QIcon()
    for side in SIDES_PX:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw(painter, QRectF(0, 0, side, side), name, colour)
        painter.end()
        made.addPixmap(pixmap)
    return made


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer

    shape = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(shape.replace(SOFT, colour).encode()))
