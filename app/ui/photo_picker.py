"""Photos picked from a folder by their small pictures, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from app.core.errors import UserError
from app.core.photos import glance, newest_first
from app.ui import icons
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.errors import show_error
from app.ui.jobs import Job, run_quietly
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

MOST_LISTED = 300  # the newest; nobody looks through more of them for today's walk
_SIDE_EM, _HIGH_EM = 7, 5.2
_HEIGHT_PX = 620


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
            QTimer.singleShot(0, self, lambda: _measure(self._list))

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
        if picture.loadFromData(self._made.pop(number, b"")):
            item.setIcon(QIcon(picture))
        else:
            item.setIcon(icons.icon("late", t.SOFT))
            item.setToolTip(f"{self._files[number].name}　打不开")


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


def _tray() -> QListWidget:
    made = QListWidget()
    made.setViewMode(QListView.ViewMode.IconMode)
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setMovement(QListView.Movement.Static)
    made.setSelectionMode(QListWidget.SelectionMode.MultiSelection)
    made.setUniformItemSizes(True)
    made.setSpacing(t.XS)
    made.setWordWrap(False)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    made.setAccessibleName("照片")
    _measure(made)
    return made


def _measure(tray: QListWidget) -> None:
    tray.setIconSize(QSize(_SIDE_EM * t.em(), round(_HIGH_EM * t.em())))
    tray.setGridSize(
        QSize((_SIDE_EM + 2) * t.em(), round(_HIGH_EM * t.em()) + 2 * t.line("note") + 2 * t.M)
    )


def _line(path: Path) -> QListWidgetItem:
    made = QListWidgetItem(icons.icon("camera", t.SOFT), f"{_when(path)}\n{path.name}")
    made.setToolTip(path.name)
    return made


def _when(path: Path) -> str:
    try:
        return f"{datetime.fromtimestamp(path.stat().st_mtime):%m-%d %H:%M}"
    except OSError:
        return ""
