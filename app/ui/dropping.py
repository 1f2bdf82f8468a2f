"""Files that are dragged onto a page from the folder where they lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class _Drops(QObject):
    def __init__(self, widget: QWidget, take: Callable[[list[Path]], object]) -> None:
        super().__init__(widget)
        self._take = take

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.mimeData().hasUrls():
            event.acceptProposedAction()
            urls = event.mimeData().urls()
            paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
            if paths and event.type() == QEvent.Type.Drop:
                self._take(paths)
            return True
        if isinstance(event, QDragEnterEvent) and event.mimeData().hasUrls():
            event.acceptProposedAction()
            return True
        return False


def let_drop(widget: QWidget, take: Callable[[list[Path]], object]) -> None:
    """Let files and folders be dropped on a widget; ``take`` gets their paths."""
    widget.setAcceptDrops(True)
    widget.installEventFilter(_Drops(widget, take))
