"""F1 where no page stands: in a dialog, at the first start, and before the desk is unlocked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.core.paths import find_paths

PAGE, TAB = "page", "tab"
_MET = "has F1"


class DialogHelp(QObject):
    """Lets F1 open the manual in each dialog over a window, from when it takes the keys."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._meet)

    def _meet(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not isinstance(dialog := now.window(), QDialog) or dialog.property(_MET):
            return
        if any(self.parent() is one for one in _behind(dialog)):
            dialog.setProperty(_MET, True)
            if not _listens(dialog):
                help_on_f1(dialog)


def help_on_f1(window: QWidget, *words: str) -> None:
    """Let F1 open the chapter of the manual that these words, or those on the window, lead to."""
    keys = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window)
    keys.activated.connect(lambda: open_chapter(window, *words))


def open_chapter(window: QWidget, *words: str, title: str = "", text: str = "") -> None:
    """Open the manual at the chapter of a window, below its own help if it has one."""
    from app.ui.manual_window import show_manual

    known = (*words, *words_of(window))
    show_manual(window, find_paths().manual, title=title, text=text, words=known)


def words_of(window: QWidget) -> tuple[str, ...]:
    """Return what leads to a window's chapter, the nearest first.

    These are its title, what of it stands before a colon, and the page and tab behind it.
    """
    words: list[str] = []
    for one in (window, *_behind(window)):
        title = one.windowTitle()
        words += (title, title.partition("：")[0], one.property(PAGE), one.property(TAB))
    return tuple(word for word in words if word)


def _behind(window: QWidget) -> Iterator[QWidget]:
    """Yield the windows a window stands over, the nearest first."""
    above = window.parentWidget()
    while above is not None:
        yield above.window()
        above = above.window().parentWidget()


def _listens(dialog: QDialog) -> bool:
    """Say whether F1 does something in a dialog already, or the dialog is the manual itself."""
    from app.ui.manual_window import ManualWindow

    keys = QKeySequence(QKeySequence.StandardKey.HelpContents)
    with suppress(RuntimeError):  # a part that is being taken down
        return isinstance(dialog, ManualWindow) or any(
            one.key() == keys for one in dialog.findChildren(QShortcut)
        )
    return True
