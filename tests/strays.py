"""Parts of a page that the program shows before they have a place: they flash up as windows."""

import sys
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

OPENERS = ("entrance.py",)  # puts one whole window in the place of another
APP = str(Path(__file__).parents[1] / "app")
# What is meant to open by itself: windows, dialogs, menus, tips, the lists of choices.
WINDOWS = (QMainWindow, QDialog, QMenu)
MEANT = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Tool, Qt.WindowType.Drawer)


class _Watch(QObject):
    def __init__(self):
        super().__init__()
        self.strays = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and self._is_stray(watched):
            caller = sys._getframe(1)
            name = caller.f_code.co_filename
            if name.startswith(APP) and Path(name).name not in OPENERS:
                place = f"{Path(caller.f_code.co_filename).name}:{caller.f_lineno}"
                self.strays.append(f"{type(watched).__name__} at {place}")
        return False

    def _is_stray(self, watched):
        return (
            isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, WINDOWS)
            and watched.windowType() not in MEANT
        )


@contextmanager
def watch_for_strays():
    """Yield a list that fills with what the program shows outside any window."""
    watch = _Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        yield watch.strays
    finally:
        QApplication.instance().removeEventFilter(watch)
