"""Photos one at a time, as large as the screen; arrow keys turn, Esc closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QWidget

from app.ui import theme as t
from app.ui.asking import ask
from app.ui.paint import put
from app.ui.photo_tile import LoadPhoto, picture_of
from app.ui.widgets import button, hbox, label, vbox

_KEYS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
}


@dataclass(frozen=True)
class Shot:
    """One photo among others: its hash, what is said of it, the uid of the record it is in."""

    name: str
    caption: str
    record: str = ""


class PhotoViewer(QDialog):
    """Shows ``shots`` from number ``at`` on; with ``remove`` each may be taken off again."""

    def __init__(
        self,
        parent: QWidget,
        shots: Sequence[Shot],
        at: int,
        load: LoadPhoto,
        remove: Callable[[Shot], object] | None = None,
        *,
        title: str = "看照片",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self._shots, self._at, self._load = list(shots), at, load
        self._remove = remove
        self._canvas = _Canvas()
        self._caption, self._where = label("", "h2"), label("")
        self._back = button("上一张", "plain", "left", lambda: self.turn(-1))
        self._on = button("下一张", "plain", "right", lambda: self.turn(1))
        bar = QFrame()
        bar.setObjectName("bar")
        away = [button("去掉这张照片", "plain", "trash", self._ask)] if remove else []
        parts = (self._back, self._where, self._on, t.M, (self._caption, 1), *away)
        close = button("关闭", press=self.close)
        bar.setLayout(hbox(*parts, close, edge=(t.L, t.S, t.L, t.S)))
        for pressed in bar.findChildren(QPushButton):
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the photo
        self.setLayout(vbox(bar, (self._canvas, 1), gap=0))
        self._canvas.setFocus()
        self._show()

    def turn(self, by: int) -> None:
        """Go on by so many photos, never past the first or the last."""
        self._at = min(max(0, self._at + by), len(self._shots) - 1)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.turn(len(self._shots) * (1 if key is Qt.Key.Key_End else -1))
        elif key is Qt.Key.Key_Delete and self._remove:
            self._ask()
        elif key in _KEYS:
            self.turn(_KEYS[key])
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        shot = self._shots[self._at]
        self._canvas.put(self._load(shot.name), shot.caption)
        self._caption.setText(shot.caption)
        self._where.setText(f"第 {self._at + 1} 张，共 {len(self._shots)} 张")
        self._back.setEnabled(self._at > 0)
        self._on.setEnabled(self._at + 1 < len(self._shots))

    def _ask(self) -> None:
        detail = "改动历史里会记下这一步；去掉以后按 Ctrl+Z 撤销，照片就回来。"
        question = f"要去掉“{self._shots[self._at].caption}”这张照片吗？"
        ask(self, question, yes="去掉", then=self._take_off, detail=detail)

    def _take_off(self) -> None:
        assert self._remove is not None
        self._remove(self._shots[self._at])
        del self._shots[self._at]
        if self._shots:
            self.turn(0)
        else:
            self.close()


class _Canvas(QWidget):
    """The photo in the middle of its room, never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self._data: bytes | None = None
        self._made: tuple[QSize, QPixmap | None] = (QSize(), None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def put(self, data: bytes | None, said: str) -> None:
        """Show another photo; ``said`` is what a screen reader says of it."""
        self._data, self._made = data, (QSize(), None)
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), t.colour(t.GROUND))
        ratio = self.devicePixelRatioF()
        room = (self.size() - QSize(2 * t.M, 2 * t.M)) * ratio
        if self._made[0] != room:
            self._made = (room, picture_of(self._data, room))
        picture = self._made[1]
        if picture is None:
            middle = Qt.AlignmentFlag.AlignCenter
            put(p, self.rect(), "这张照片已经清除，或者打不开。", t.SOFT, align=middle)
            return
        picture.setDevicePixelRatio(ratio)
        place = QRect(0, 0, round(picture.width() / ratio), round(picture.height() / ratio))
        place.moveCenter(self.rect().center())
        p.drawPixmap(place.topLeft(), picture)


def view_photos(
    parent: QWidget,
    shots: Sequence[Shot],
    at: int,
    load: LoadPhoto,
    remove: Callable[[Shot], object] | None = None,
    *,
    title: str = "看照片",
) -> PhotoViewer:
    """Show photos large, maximised; ``remove`` hears which one is to be taken off."""
    viewer = PhotoViewer(parent.window(), shots, at, load, remove, title=title)
    viewer.showMaximized()
    return viewer
