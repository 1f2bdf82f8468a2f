"""A photo in a small frame, to be pressed; its picture is made only once it is seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QToolButton

from app.ui import icons
from app.ui import theme as t
from app.ui.paint import put
from app.ui.widgets import hide_unless

LoadPhoto = Callable[[str], bytes | None]
WIDE_EM, HIGH_EM = 8.5, 6.4
_HELD = 240  # pictures a page keeps: some ledgers' worth of hazards looked at in a row


def picture_of(data: bytes | None, room: QSize) -> QPixmap | None:
    """Return a photo as large as it fits into a room of so many pixels, None if it is none."""
    if not data:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    if (size := reader.size()).isValid():
        fitted = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitted.boundedTo(size).expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else QPixmap.fromImage(image)


class Thumbs:
    """The small pictures a page has shown, so that each photo is unpacked once."""

    def __init__(self, load: LoadPhoto) -> None:
        self.load = load
        self._held: OrderedDict[tuple[str, int, int], QPixmap] = OrderedDict()

    def held(self, name: str, room: QSize) -> QPixmap | None:
        """Return a picture that was made before."""
        return self._held.get((name, room.width(), room.height()))

    def make(self, name: str, room: QSize) -> QPixmap | None:
        """Return the picture of a kept photo, None if it is gone or cannot be read."""
        key = (name, room.width(), room.height())
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        made = picture_of(self.load(name), room)
        if made is not None:
            self._held[key] = made
            if len(self._held) > _HELD:
                self._held.popitem(last=False)
        return made


class PhotoTile(QAbstractButton):
    """One photo; pressing it shows it large. Where it may go, it has a cross, and Delete works."""

    gone = Signal()

    def __init__(self, name: str, said: str, thumbs: Thumbs, *, may_go: bool = False) -> None:
        super().__init__()
        self.name = name
        self._thumbs, self._may_go = thumbs, may_go
        self._picture: QPixmap | None = None
        self._asked = self._is_lost = False
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._cross = QToolButton(self)
        self._cross.setObjectName("cross")
        self._cross.setIcon(icons.icon("cross", t.INK))
        self._cross.setToolTip("去掉这张照片")
        self._cross.setAccessibleName(f"去掉{said}")
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setStyleSheet(
            f"#cross {{ background: {t.PAPER}; border: 1px solid {t.EDGE}; border-radius: 4px; }}"
        )
        self._cross.clicked.connect(self.gone)
        hide_unless(self._cross, may_go)
        self._measure()

    def has_picture(self) -> bool:
        """Say whether the picture itself is shown by now."""
        return self._picture is not None

    def sizeHint(self) -> QSize:
        return QSize(round(t.em() * WIDE_EM), round(t.em() * HIGH_EM))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cross.move(self.width() - self._cross.width() - 4, 4)
        self._picture, self._asked = self._thumbs.held(self.name, self._room()), False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._may_go and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.gone.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None and not self._asked:
            self._asked = True
            QTimer.singleShot(0, self, self._make)  # one picture between two of the user's acts
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = draw_frame(p, self)
        if self._picture is not None:
            size = self._picture.size() / self._picture.devicePixelRatio()
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(rect.center())
            p.drawPixmap(place.topLeft(), self._picture)
        elif self._is_lost:
            middle = Qt.AlignmentFlag.AlignCenter
            put(p, rect, "照片已清除", t.SOFT, role="note", align=middle)

    def _make(self) -> None:
        self._picture = self._thumbs.make(self.name, self._room())
        if self._picture is not None:
            self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._is_lost = self._picture is None
        self.update()

    def _room(self) -> QSize:
        return (self.size() - QSize(8, 8)) * self.devicePixelRatioF()

    def _measure(self) -> None:
        self.setFixedSize(self.sizeHint())
        side = t.em() + 6
        self._cross.setFixedSize(side, side)
        self._cross.move(self.width() - side - 4, 4)


def draw_frame(p: QPainter, of: QAbstractButton, *, is_dashed: bool = False) -> QRectF:
    """Draw the frame of a tile and return what is inside; the focus shows by its edge."""
    rect = QRectF(of.rect()).adjusted(1, 1, -1, -1)
    pen = QPen(t.colour(t.ACCENT if of.hasFocus() else t.EDGE), 2 if of.hasFocus() else 1)
    if is_dashed and not of.hasFocus():
        pen.setStyle(Qt.PenStyle.DashLine)
    p.setPen(pen)
    p.setBrush(t.colour(t.HOVER if of.underMouse() else t.PAPER))
    p.drawRoundedRect(rect, t.RADIUS, t.RADIUS)
    return rect
