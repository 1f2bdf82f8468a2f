"""A plain dialog: white paper with a body, and a foot whose buttons are always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QLineEdit, QPushButton, QWidget

from app.ui import theme as t
from app.ui.widgets import hbox, rule, scroll, vbox

_AROUND_PX = 64  # what the screen keeps around a dialog
_LEAST_PX = 480
PAGE_EDGE = (t.S, 0, t.S, 0)


def width_on(dialog: QWidget, width: int = t.DIALOG_PX) -> int:
    """Return how wide a dialog may be that wants this width."""
    return min(width, dialog.screen().availableGeometry().width() - _AROUND_PX)


def most_height(dialog: QWidget) -> int:
    """Return how high a dialog may be: not above its window, not above the screen."""
    parent = dialog.parentWidget()
    window = parent.window().height() - _AROUND_PX // 2 if parent else _LEAST_PX
    screen = dialog.screen().availableGeometry().height() - _AROUND_PX
    return min(screen, max(_LEAST_PX, window))


def take_size(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its size; where it stands already it goes up rather than off the screen.

    Before it is first shown, Qt puts it in the middle of its window by the size it has then.
    """
    dialog.resize(width, height)
    shown = dialog.windowHandle()
    if shown is None or not shown.isVisible():
        return
    screen, frame = dialog.screen().availableGeometry(), dialog.frameGeometry()
    if (below := frame.bottom() - screen.bottom()) > 0:
        dialog.move(frame.x(), max(screen.top(), frame.y() - below))


def height_of(layout: QLayout | None, width: int) -> int:
    """Return how high a layout wants to be at this width."""
    if layout is None:
        return 0
    if layout.hasHeightForWidth():
        return layout.heightForWidth(width)
    return layout.sizeHint().height()


class Sheet(QDialog):
    """A dialog that is freed when it closes; a tall body scrolls.

    ``foot`` goes from left to right, None being the stretch; the primary button comes first of
    the buttons in Tab order. ``height`` 0 means as high as the body wants to be. ``edge`` is what
    stays free around the body; a page brings most of it itself (``PAGE_EDGE``).
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        body: QLayout,
        foot: Sequence[Any],
        *,
        width: int = t.DIALOG_PX,
        height: int = 0,
        edge: tuple[int, int, int, int] = (t.XL, t.M, t.XL, t.M),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._body, self._wanted = body, (width, height)
        buttons = [part for part in foot if isinstance(part, QPushButton)]
        self._main = next((b for b in buttons if b.property("kind") == "primary"), None)
        body.setContentsMargins(*edge)
        self._below = QWidget()
        self._below.setLayout(hbox(*foot, edge=(t.XL, t.M, t.XL, t.M)))
        paper = QWidget()
        paper.setObjectName("sheet")
        paper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = _filling(body) if height else scroll(body)
        paper.setLayout(vbox((inside, 1), rule(), self._below, gap=0))
        self.setLayout(vbox(paper, gap=0))

    def fit(self) -> None:
        """Take the room the body needs, but never more than the screen has."""
        width, height = self._wanted
        self.setFixedWidth(width_on(self, width))
        parts = (self._body, self._below.layout())
        wanted = height or sum(height_of(part, self.width()) for part in parts) + 1
        take_size(self, self.width(), min(wanted, most_height(self)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in a blank end the entry, as the primary button does."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._main and isinstance(self.focusWidget(), QLineEdit):
            self._main.click()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            QTimer.singleShot(0, self, self.fit)


def _filling(body: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(body)
    return made
