"""The blank for a photo: pick a file or drop one; the picture stands in it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.core.errors import UserError
from app.ui import icons
from app.ui import theme as t
from app.ui.errors import show_error
from app.ui.files import PHOTOS, choose_file
from app.ui.paint import put
from app.ui.photos import read_photo
from app.ui.widgets import button, hbox


class PhotoTile(QAbstractButton):
    """A photo's place: the picture when there is one, else what to do."""

    dropped = Signal(Path)

    def __init__(self, word: str) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self.setText(word)
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())

    def show_photo(self, data: bytes | None) -> None:
        """Show this picture, or none."""
        self._picture = QPixmap()
        if not data or not self._picture.loadFromData(data):
            self._picture = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(t.em() * 8.5), round(t.em() * 5.4))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedSize(self.sizeHint())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.dropped.emit(Path(url.toLocalFile()))
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = t.ACCENT if self.hasFocus() else t.LINE if self._picture else t.EDGE
        p.setPen(QPen(t.colour(edge), 2 if self.hasFocus() else 1))
        p.setBrush(t.colour(t.HOVER if self.underMouse() else t.PAPER))
        p.drawRoundedRect(rect, t.RADIUS, t.RADIUS)
        if self._picture is not None:
            keep, smooth = (
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown = self._picture.scaled(rect.size().toSize() - QSize(6, 6), keep, smooth)
            place = shown.rect()
            place.moveCenter(rect.center().toPoint())
            p.drawPixmap(place, shown)
            return
        side = t.em() * 1.3
        middle = rect.center()
        camera = QRectF(middle.x() - side / 2, middle.y() - side, side, side)
        icons.draw(p, camera, "camera", t.SOFT)
        below = QRectF(rect.left(), middle.y() + 2, rect.width(), t.line("note"))
        put(p, below, self.text(), role="note", align=Qt.AlignmentFlag.AlignCenter)


class PhotoBlank(QWidget):
    """One photo; its value is the hash it will be kept under, ``taken`` the bytes still to keep."""

    edited = Signal()

    def __init__(self, load: Callable[[str], bytes | None] | None = None) -> None:
        super().__init__()
        self._load = load
        self._name: str | None = None
        self.taken: bytes | None = None
        self._tile = PhotoTile("添加照片")
        self._tile.clicked.connect(self._choose)
        self._tile.dropped.connect(self.take)
        self._away = button("去掉照片", "link", press=lambda: self._show(None, None))
        self._away.hide()
        self.setLayout(hbox(self._tile, self._away, None))
        self.setFocusProxy(self._tile)

    def value(self) -> Any:
        return self._name

    def put(self, value: Any) -> None:
        self._show(value, self._load(value) if value and self._load else None)
        self.taken = None

    def fault(self) -> str | None:
        return None

    def take(self, path: Path) -> None:
        """Take the picture of this file; what is wrong with it is said."""
        try:
            data = read_photo(path)
        except UserError as error:
            show_error(self.window(), error)
            return
        self._show(sha256(data).hexdigest(), data)
        self.taken = data

    def _choose(self) -> None:
        choose_file(self.window(), "选一张照片", PHOTOS, self.take)

    def _show(self, name: str | None, data: bytes | None) -> None:
        self._name, self.taken = name, None
        self._tile.show_photo(data)
        self._tile.setText("已有照片" if name and not data else "添加照片")
        self._away.setVisible(bool(name))
        self.edited.emit()
