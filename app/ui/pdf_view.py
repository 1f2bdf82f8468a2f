"""A PDF on the screen: its pages as pictures, a list of small ones, one large one."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import pypdfium2
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QListView, QWidget

from app.ui import theme as t

_FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_BGR888,
    4: QImage.Format.Format_RGB32,
}
# PDFium is one machine for the whole program and must not be entered by two threads at once.
_pdfium = threading.RLock()
_KEPT, _IN_SIGHT = 200, 30  # small pictures
_Index = QModelIndex | QPersistentModelIndex


class PdfPages:
    """The pages of a PDF that is held in memory; may be used from any thread."""

    def __init__(self, data: bytes) -> None:
        with _pdfium:
            self._document = pypdfium2.PdfDocument(data)
            self.count = len(self._document)
        self.is_open = True

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of a page in points."""
        with _pdfium:
            wide, tall = self._document.get_page_size(page)
            return float(wide), float(tall)

    def image(self, page: int, scale: float, *, grey: bool = False) -> QImage:
        """Return a page as a picture, ``scale`` dots to the point."""
        with _pdfium:
            sheet = self._document[page]
            bitmap = sheet.render(scale=scale, grayscale=grey)
            form = _FORMATS[bitmap.n_channels]
            shot = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()
            bitmap.close()
            sheet.close()
            return shot

    def close(self) -> None:
        """Give the memory back."""
        self.is_open = False
        with _pdfium:
            self._document.close()


class PageView(QAbstractScrollArea):
    """One page, whole or enlarged; it turns with the wheel and the keys."""

    turned = Signal(int)
    zoomed = Signal()

    LEAST, MOST = 0.3, 5.0

    def __init__(self, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._zoom: float | None = None  # None: the page whole
        self._shot = lru_cache(maxsize=4)(self._render)
        self.page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("页面")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.horizontalScrollBar().setSingleStep(20)
        self.verticalScrollBar().setSingleStep(20)

    def turn_to(self, page: int) -> None:
        """Show this page; the first or last where there is none such."""
        page = min(max(page, 0), self._pages.count - 1)
        if page != self.page:
            self.page = page
            self.verticalScrollBar().setValue(0)
            self._measure()
            self.turned.emit(page)

    def zoom_by(self, factor: float) -> None:
        """Enlarge or make smaller."""
        self._set_zoom(min(max(self.scale() * factor, self.LEAST), self.MOST))

    def show_whole(self) -> None:
        """Show the page whole, however large the window is."""
        self._set_zoom(None)

    def show_width(self) -> None:
        """Let the page fill the width."""
        wide, tall = self._pages.size(self.page)
        room = self.width() - 2 * t.L
        if room / wide * tall + 2 * t.L > self.height():
            room -= self.verticalScrollBar().sizeHint().width()
        self._set_zoom(room / wide)

    def scale(self) -> float:
        """Return how many pixels a point of the page takes."""
        if self._zoom is not None:
            return self._zoom
        wide, tall = self._pages.size(self.page)
        room = self.viewport().size()
        return max(min((room.width() - 2 * t.L) / wide, (room.height() - 2 * t.L) / tall), 0.1)

    def _set_zoom(self, zoom: float | None) -> None:
        self._zoom = zoom
        self._measure()
        self.zoomed.emit()

    def _measure(self) -> None:
        room, sheet = self.viewport().size(), self._sheet()
        for bar, wide, have in (
            (self.horizontalScrollBar(), sheet.width(), room.width()),
            (self.verticalScrollBar(), sheet.height(), room.height()),
        ):
            bar.setRange(0, max(wide + 2 * t.L - have, 0))
            bar.setPageStep(have)
        self.viewport().update()

    def _sheet(self) -> QSize:
        wide, tall = self._pages.size(self.page)
        return QSize(round(wide * self.scale()), round(tall * self.scale()))

    def _render(self, page: int, scale: float) -> QImage:
        return self._pages.image(page, scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), t.colour(t.PLAIN_BG))
        room, sheet = self.viewport().size(), self._sheet()
        x = max((room.width() - sheet.width()) // 2, t.L) - self.horizontalScrollBar().value()
        y = max((room.height() - sheet.height()) // 2, t.L) - self.verticalScrollBar().value()
        place = QRect(x, y, sheet.width(), sheet.height())
        painter.fillRect(place.translated(3, 3), QColor(0, 0, 0, 28))
        shot = self._shot(self.page, round(self.scale() * self.devicePixelRatioF(), 3))
        painter.drawImage(place, shot)
        painter.setPen(t.colour(t.LINE))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:
        down = event.angleDelta().y() < 0
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 / 1.15 if down else 1.15)
            return
        bar = self.verticalScrollBar()
        if bar.value() == (bar.maximum() if down else bar.minimum()):
            before = self.page
            self.turn_to(self.page + (1 if down else -1))
            if self.page < before:
                bar.setValue(bar.maximum())
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_PageUp: self.page - 1,
            Qt.Key.Key_PageDown: self.page + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._pages.count - 1,
        }
        if (page := ways.get(Qt.Key(event.key()))) is not None:
            self.turn_to(page)
        else:
            super().keyPressEvent(event)


class _Thumbs(QAbstractListModel):
    """The pages as small pictures, drawn one by one once they come into sight."""

    def __init__(self, pages: PdfPages, side: int) -> None:
        super().__init__()
        self._pages, self._side = pages, side
        self._small: dict[int, QPixmap] = {}
        self._wanted: list[int] = []
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._draw_next)

    def size(self) -> QSize:
        """Return the size of the small pictures; the pages of a paper are alike."""
        wide, tall = self._pages.size(0)
        scale = self._side / max(wide, tall)
        return QSize(round(wide * scale), round(tall * scale))

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._pages.count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def _picture(self, page: int) -> QPixmap:
        """Return a page if it is drawn; else an empty sheet for the moment."""
        if page in self._small:
            return self._small[page]
        if page not in self._wanted:
            self._wanted = [*self._wanted, page][-_IN_SIGHT:]
            self._soon.start()
        sheet = QPixmap(self.size())
        sheet.fill(t.colour(t.PAPER))
        return sheet

    def _draw_next(self) -> None:
        """Draw one page and let the window listen before the next; a row of them holds it."""
        if not self._wanted or not self._pages.is_open:
            return
        page = self._wanted.pop(0)
        if len(self._small) >= _KEPT:
            self._small.pop(next(iter(self._small)))
        self._small[page] = self._draw(page)
        place = self.index(page)
        self.dataChanged.emit(place, place, [Qt.ItemDataRole.DecorationRole])
        if self._wanted:
            self._soon.start()

    def _draw(self, page: int) -> QPixmap:
        size = self.size()
        shot = self._pages.image(page, size.width() / self._pages.size(page)[0] * 2)
        smooth = Qt.TransformationMode.SmoothTransformation
        made = QPixmap.fromImage(shot.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
        painter = QPainter(made)
        painter.setPen(t.colour(t.EDGE))
        painter.drawRect(0, 0, made.width() - 1, made.height() - 1)
        painter.end()
        return made


class PageList(QListView):
    """The pages downwards, small; the one shown is marked."""

    chosen = Signal(int)

    SIDE_PX = 116

    def __init__(self, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbs = _Thumbs(pages, self.SIDE_PX)
        self.setModel(self._thumbs)
        self.setAccessibleName("页面列表")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        size = self._thumbs.size()
        cell = size + QSize(t.XL, t.line() + t.M)
        self.setIconSize(size)
        self.setGridSize(cell)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(cell.width() + self.verticalScrollBar().sizeHint().width() + t.S)
        self.selectionModel().currentChanged.connect(lambda now, _: self.chosen.emit(now.row()))

    def mark(self, page: int) -> None:
        """Mark the page that is shown and bring it into sight."""
        if self.currentIndex().row() != page:
            self.setCurrentIndex(self._thumbs.index(page))
