"""Photos on their way in: dragged, or on the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

Source = Path | QImage


class PhotoCatcher(QObject):
    """Has ``take`` called with the photos that are pasted or dropped anywhere in a dialog."""

    def __init__(self, dialog: QWidget, take: Callable[[Sequence[Source]], object]) -> None:
        super().__init__(dialog)
        self._take = take
        dialog.setAcceptDrops(True)
        texts = (*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit))
        for watched in (dialog, *texts):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and photos_in(event.mimeData()):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            if found := photos_in(event.mimeData()):
                event.acceptProposedAction()
                self._take(found)
            return bool(found)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.matches(QKeySequence.StandardKey.Paste)
            and (found := photos_in(QGuiApplication.clipboard().mimeData(), is_text_first=True))
        ):
            self._take(found)
            return True
        return super().eventFilter(watched, event)


def photos_in(mime: QMimeData | None, *, is_text_first: bool = False) -> list[Source]:
    """Return the files, or else the picture, that are dragged or on the clipboard.

    With ``is_text_first`` a picture counts only where no words came with it.
    """
    if mime is None:  # another program holds the clipboard
        return []
    files: list[Source] = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files or not mime.hasImage() or (is_text_first and mime.hasText()):
        return files
    image = mime.imageData()
    return [image] if isinstance(image, QImage) and not image.isNull() else []
