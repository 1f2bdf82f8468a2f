"""Photos picked from a folder by their small pictures, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.core.errors import UserError
from app.core.photos import glance, newest_first
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.errors import show_error
from app.ui.jobs import Job, run_quietly
from app.ui.paint import draw_shape, put, tint
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

MOST_LISTED = 300  # the newest; nobody looks through more of them for today's walk
_WIDE_EM, _HIGH_EM, _HEIGHT_PX = 9, 5.6, 620
_PICTURE, _DAY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class PhotoPicker(Sheet):
    """The photos of one folder; ``take`` hears which of them were picked."""

    def __init__(
        self,
        parent: QWidget,
        folder: Path,
        files: Sequence[Path],
        take: Callable[[list[Path]], None],
    ) -> None:
        self._files, self._take = list(files[:MOST_LISTED]), take
        self._made: dict[int, bytes] = {}
        self._list = _tray()
        for path in self._files:
            self._list.addItem(_line(path))
        self._add_button = button("添加选中的照片", "primary", press=self._add)
        said = f"{folder.name or folder}：共 {len(files)} 张，新的在前"
        if len(files) > MOST_LISTED:
            said += f"，只列出最新的 {MOST_LISTED} 张"
        how = "点一下选上，再点一下不选；用键盘时按方向键走、按空格选，回车添加。"
        body = vbox(label(said), label(how, "note", wrap=True), (self._list, 1))
        self._count = label("", "note")
        foot = (self._count, None, self._add_button, button("取消", press=self.reject))
        super().__init__(parent, "从文件夹里挑照片", body, foot, height=_HEIGHT_PX)
        self._list.itemSelectionChanged.connect(self._say)
        self._list.activated.connect(lambda _: self._add())
        self._job = run_quietly(self, self._glance_at_all, self._show)
        self.finished.connect(lambda _: self._job.cancel())
        self._say()
        self._list.setFocus()
        self._list.setCurrentRow(0)
        self._list.clearSelection()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._list.doItemsLayout)

    def _add(self) -> None:
        picked = [self._files[index.row()] for index in self._list.selectedIndexes()]
        if picked:
            self.accept()
            self._take(sorted(picked, key=self._files.index))

    def _say(self) -> None:
        number = len(self._list.selectedIndexes())
        self._count.setText(f"已选 {number} 张" if number else "还没有选")
        self._add_button.setEnabled(bool(number))

    def _glance_at_all(self, job: Job) -> None:
        """Make the small pictures, each shown as soon as it is there; runs off the screen."""
        for number, path in enumerate(self._files):
            try:
                self._made[number] = glance(path, 240)
            except UserError:
                self._made[number] = b""
            job.step(number, len(self._files))

    def _show(self, number: int) -> None:
        item, picture = self._list.item(number), QPixmap()
        is_one = picture.loadFromData(self._made.pop(number, b""))
        item.setData(_PICTURE, picture if is_one else "打不开")


def pick_photos(parent: QWidget, folder: Path, take: Callable[[list[Path]], None]) -> None:
    """Show the photos of a folder to be picked; ``take`` hears which were."""
    try:
        files = newest_first(folder)
    except UserError as error:
        show_error(parent, error)
        return
    if not files:
        detail = "这里认得JPG、PNG、WEBP和BMP；下级文件夹里的不算，请直接选那个文件夹。"
        tell(parent, f"文件夹“{folder.name or folder}”里没有照片。", detail=detail)
        return
    PhotoPicker(parent, folder, files, take).open()


class _Cell(QStyledItemDelegate):
    """A photo with its day and its name below; what is picked has an edge and a tick."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(_WIDE_EM * t.em(), round(_HIGH_EM * t.em()) + 2 * t.line("note") + 3 * t.S)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        shown: Any = option
        state, flags = shown.state, QStyle.StateFlag
        rect = QRectF(shown.rect).adjusted(2, 2, -2, -2)
        is_picked = bool(state & flags.State_Selected)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_here = bool(state & flags.State_HasFocus)
        edge = t.ACCENT if is_picked or is_here else t.LINE
        dotted = is_here and not is_picked
        line = Qt.PenStyle.DashLine if dotted else Qt.PenStyle.SolidLine
        p.setPen(QPen(t.colour(edge), 2 if is_picked or is_here else 1, line))
        p.setBrush(t.colour(t.PICK if is_picked else t.PAPER))
        p.drawRoundedRect(rect, t.RADIUS, t.RADIUS)
        p.restore()
        inner = rect.adjusted(t.S, t.S, -t.S, -t.XS)
        room = QRectF(inner.left(), inner.top(), inner.width(), _HIGH_EM * t.em() - t.XS)
        _draw_picture(p, room, index.data(_PICTURE))
        middle = Qt.AlignmentFlag.AlignCenter
        below = QRectF(inner.left(), room.bottom() + t.XS, inner.width(), t.line("note"))
        put(p, below, index.data(_DAY), t.SOFT, role="note", align=middle)
        put(p, below.translated(0, t.line("note")), index.data(), role="note", align=middle)
        if is_picked:
            side = t.em() * 1.3
            badge = QRectF(rect.right() - side - 4, rect.top() + 4, side, side)
            tint(p, badge, t.ACCENT)
            draw_shape(p, badge.adjusted(4, 4, -4, -4), "done", t.PAPER)


def _draw_picture(p: QPainter, room: QRectF, picture: QPixmap | str) -> None:
    """Draw the small picture, or say why there is none."""
    if isinstance(picture, str):
        put(p, room, picture, t.SOFT, role="note", align=Qt.AlignmentFlag.AlignCenter)
        return
    size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(room.center())
    p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    p.drawPixmap(place, picture, QRectF(picture.rect()))


def _tray() -> QListWidget:
    made = QListWidget()
    made.setViewMode(QListView.ViewMode.IconMode)
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setMovement(QListView.Movement.Static)
    made.setSelectionMode(QListWidget.SelectionMode.MultiSelection)
    made.setUniformItemSizes(True)
    made.setItemDelegate(_Cell(made))
    made.setSpacing(t.XS)
    made.setAccessibleName("照片")
    return made


def _line(path: Path) -> QListWidgetItem:
    made = QListWidgetItem(path.name)
    made.setToolTip(path.name)
    made.setData(_DAY, _when(path))
    made.setData(_PICTURE, "……")
    return made


def _when(path: Path) -> str:
    try:
        return f"{datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d %H:%M}"
    except OSError:
        return ""
