"""Choosing a file to read or a place to write to: the one way all rooms ask for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QDir,
    QSettings,
    QStandardPaths,
    QStorageInfo,
    Qt,
    QUrl,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialogButtonBox,
    QFileDialog,
    QFileSystemModel,
    QHeaderView,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.ui import theme as t

SPREADSHEETS = "表格文件 (*.xlsx *.xls *.csv)"
PHOTOS = "照片 (*.jpg *.jpeg *.png *.bmp *.webp *.heic *.heif)"
SCANS = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.bmp *.webp)"
DOCUMENTS = "PDF 文件 (*.pdf)"

_WORDS = {
    QFileDialog.DialogLabel.Reject: "取消",
    QFileDialog.DialogLabel.LookIn: "位置：",
    QFileDialog.DialogLabel.FileName: "文件名：",
    QFileDialog.DialogLabel.FileType: "类型：",
}
_WIDTH_PX, _WIDTH_EM, _SIDE_EM = 920, 54, 9
_TYPE, _CHANGED = 2, 3  # columns of the list
_last_folder = ""


def choose_file(
    parent: QWidget, title: str, kinds: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask which file to read and hand it to ``then``; nothing happens if none is chosen.

    ``kinds`` is a Qt name filter such as ``SPREADSHEETS``.
    """
    dialog = _dialog(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _open(dialog, "打开", then)


def choose_files(
    parent: QWidget, title: str, kinds: str, then: Callable[[list[Path]], object]
) -> QFileDialog:
    """Ask which files to read, one or many, and hand them all to ``then``."""
    dialog = _dialog(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _open_many(dialog, "打开", then)


def choose_place(
    parent: QWidget, title: str, kinds: str, name: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask where to write a file called ``name`` and hand the place to ``then``."""
    dialog = _dialog(parent, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    return _open(dialog, "保存", then)


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask for a folder and hand it to ``then``."""
    dialog = _dialog(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, "选这里", then)


def _dialog(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    folders = [_last_folder, _desktop(), QDir.homePath()]
    start = next(folder for folder in folders if folder and QDir(folder).exists())
    dialog = QFileDialog(parent, title, start, kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    for part, word in _WORDS.items():
        dialog.setLabelText(part, word)
    dialog.setSidebarUrls([QUrl.fromLocalFile(place) for place in _places()])
    dialog.resize(min(max(_WIDTH_PX, _WIDTH_EM * t.em()), parent.window().width()), 520)
    _arrange(dialog)
    return dialog


class _Day(QStyledItemDelegate):
    """Writes when a file was changed as all dates here are written, whatever the PC prefers."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Any) -> None:
        super().initStyleOption(option, index)
        files = index.model()
        if isinstance(files, QFileSystemModel):
            shown: Any = option  # the stubs do not know that a text is painted
            shown.text = files.lastModified(index).toString("yyyy-MM-dd HH:mm")


def _arrange(dialog: QFileDialog) -> None:
    """Let the columns of the list fill it, the names taking what the others leave."""
    view = dialog.findChild(QTreeView, "treeView")
    middle = dialog.findChild(QSplitter, "splitter")
    if view is None or middle is None:
        return
    view.setItemDelegateForColumn(_CHANGED, _Day(view))
    modes, header = QHeaderView.ResizeMode, view.header()
    header.setMinimumSectionSize(2 * t.em())
    header.hideSection(_TYPE)  # the name ends in it
    for column in range(header.count()):
        header.setSectionResizeMode(column, modes.ResizeToContents if column else modes.Stretch)
    side = _SIDE_EM * t.em()
    middle.setSizes([side, dialog.width() - side])


def _open(dialog: QFileDialog, word: str, then: Callable[[Path], object]) -> QFileDialog:
    return _open_many(dialog, word, lambda paths: then(paths[0]))


def _open_many(dialog: QFileDialog, word: str, then: Callable[[list[Path]], object]) -> QFileDialog:
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, word)
    for made in dialog.findChildren(QAbstractButton):
        if isinstance(made.parent(), QDialogButtonBox):
            made.setIcon(QIcon())  # some desktops put a cross and a floppy disk on them

    def take(chosen: list[str]) -> None:
        global _last_folder
        paths = [Path(one) for one in chosen]
        _last_folder = str(paths[0].parent)
        then(paths)

    dialog.filesSelected.connect(take)
    dialog.destroyed.connect(_forget_places)
    dialog.open()
    return dialog


def _forget_places() -> None:
    """Take back what Qt has just noted of the folders one went through.

    It keeps them in a file of its own for all programs, and a folder may be called as a child is.
    """
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for place in ("FileDialog/history", "FileDialog/lastVisited"):
        kept.remove(place)


def said_of(folder: Path) -> str:
    """Return what a person calls a folder: 桌面, or its own name in quotes."""
    return "桌面" if folder == Path(_desktop()) else f"“{folder.name or folder}”"


def _desktop() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)


def _places() -> list[str]:
    """Return the desktop, the documents, and every disk and stick one can see."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    own = [_desktop(), QStandardPaths.writableLocation(documents)]
    disks = [
        volume.rootPath()
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid()
        and volume.isReady()
        and (
            volume.rootPath().startswith(("/media", "/run/media", "/mnt"))
            or ":" in volume.rootPath()
        )
    ]
    return [place for place in dict.fromkeys(own + disks) if place and QDir(place).exists()]
