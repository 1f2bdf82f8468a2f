"""A picture that is read by eye: whole, enlarged, dragged about, turned."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.ui import theme as t
from app.ui.paint import put

_STEP = 1.25
_MOST = 6.0


class PictureView(QAbstractScrollArea):
    """One picture in all the room there is; the wheel enlarges, a drag moves it about."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self._zoom: float | None = None  # None: the whole of it
        self._is_at_foot = False
        self._held: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("扫描的这一页")

    def put(self, data: bytes | None) -> None:
        """Show another picture, its foot first; None where there is none to be shown."""
        self._picture = QImage.fromData(data) if data else QImage()
        self.show_foot()

    def turn(self) -> None:
        """Turn it a quarter to the right."""
        self._picture = self._picture.transformed(QTransform().rotate(90))
        self.show_foot()

    def show_whole(self) -> None:
        """Let all of it be seen."""
        self._zoom, self._is_at_foot = None, False
        self._measure()

    def show_foot(self) -> None:
        """Let the picture fill the width, its foot in sight: there a receipt stands."""
        self._zoom, self._is_at_foot = max(self._whole(), self._filling()), True
        self._measure()
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def scroll_by(self, pages: float) -> None:
        """Go up or down by so many rooms."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(pages * bar.pageStep()))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge it about a point of the room, the middle unless said."""
        if self._picture.isNull():
            return
        room = self.viewport().rect()
        about, self._is_at_foot = at or QPointF(room.center()), False
        before = (about - QPointF(self._place().topLeft())) / self.scale()
        self._zoom = min(max(self.scale() * factor, self._whole()), _MOST)
        if self._zoom <= self._whole():
            self._zoom = None
        self._measure()
        after = before * self.scale() - about
        self.horizontalScrollBar().setValue(round(after.x()))
        self.verticalScrollBar().setValue(round(after.y()))

    def scale(self) -> float:
        """Return how many pixels a dot of the picture takes."""
        return self._whole() if self._zoom is None else self._zoom

    def _whole(self) -> float:
        room, size = self.viewport().size(), self._picture.size()
        if size.isEmpty():
            return 1.0
        return min((room.width() - 2) / size.width(), (room.height() - 2) / size.height(), _MOST)

    def _filling(self) -> float:
        wide = self.viewport().width() - self.verticalScrollBar().sizeHint().width()
        return min(wide / max(1, self._picture.width()), _MOST)

    def _place(self) -> QRect:
        size = (self._picture.size().toSizeF() * self.scale()).toSize()
        room = self.viewport().size()
        x = max((room.width() - size.width()) // 2, 0) - self.horizontalScrollBar().value()
        y = max((room.height() - size.height()) // 2, 0) - self.verticalScrollBar().value()
        return QRect(QPoint(x, y), size)

    def _measure(self) -> None:
        size = QSize() if self._zoom is None else self._picture.size() * self._zoom
        room = self.viewport().size()
        for bar, wide, have in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setRange(0, max(wide - have, 0))
            bar.setPageStep(have)
            bar.setSingleStep(t.em())
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self.viewport())
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        p.fillRect(self.viewport().rect(), t.colour(t.PLAIN_BG))
        if self._picture.isNull():
            middle = Qt.AlignmentFlag.AlignCenter
            put(p, self.viewport().rect(), "这一页坏了，画不出来。", t.SOFT, align=middle)
            return
        place = self._place()
        p.fillRect(place.translated(2, 2), QColor(0, 0, 0, 28))
        ratio = self.devicePixelRatioF()
        dots = place.size() * ratio
        if self._zoom is None and dots.width() < self._picture.width():
            smooth = Qt.TransformationMode.SmoothTransformation
            small = self._picture.scaled(dots, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            p.drawImage(place, small)
        else:
            p.drawImage(place, self._picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_at_foot:
            self.show_foot()
        else:
            self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:
        up = event.angleDelta().y() > 0
        self.zoom_by(_STEP if up else 1 / _STEP, event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        moved = event.position().toPoint() - self._held
        self._held = event.position().toPoint()
        for bar, by in (
            (self.horizontalScrollBar(), moved.x()),
            (self.verticalScrollBar(), moved.y()),
        ):
            bar.setValue(bar.value() - by)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self.viewport().unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._zoom is None:
            self.zoom_by(max(2.0, 1 / self.scale()), event.position())
        else:
            self.show_whole()
