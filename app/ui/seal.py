"""The seal: after a pause everything is covered, after a longer one the desk locks; and the eye."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from app.core.errors import UserError
from app.ui import icons
from app.ui import theme as t
from app.ui.jobs import run_job
from app.ui.widgets import button, card, hbox, icon_label, label, vbox

COVER_AFTER_S = 5 * 60
LOCK_AFTER_S = 30 * 60
_LOOK_EVERY_MS = 5_000
_HANDS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Guard(QObject):
    """Watches the hands; covers every window after 5 minutes without them, locks after 30.

    ``check`` gets what was typed (a PIN or the password) off the screen's thread and says whether
    it is right; it may raise a UserError. ``covered`` is the word for every eye to close,
    ``locked`` for the program to be left; what was typed below a cover stays.
    """

    covered = Signal()
    uncovered = Signal()
    locked = Signal()

    def __init__(
        self,
        window: QWidget,
        check: Callable[[str], bool],
        who: str,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(window)
        self._window, self._check, self._who, self._clock = window, check, who, clock
        self._last = clock()
        self._covers: list[Cover] = []
        self._is_locked = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def is_covered(self) -> bool:
        """Whether everything is covered now."""
        return any(isValid(cover) for cover in self._covers)

    def look(self) -> None:
        """Cover or lock if the hands have rested long enough."""
        rested = self._clock() - self._last
        if rested >= LOCK_AFTER_S and not self._is_locked:
            self._is_locked = True
            self.cover()
            self.locked.emit()
        elif rested >= COVER_AFTER_S:
            self.cover()

    def cover(self) -> None:
        """Cover every open window of the program; Ctrl+L."""
        if self.is_covered:
            return
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        tops = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
        self._covers = [Cover(window, self._who, self._try) for window in tops]
        self.covered.emit()
        front = QApplication.activeModalWidget() or self._window
        for cover in self._covers:
            if cover.parentWidget() is front:
                cover.blank.setFocus()

    def uncover(self) -> None:
        """Take the covers away."""
        self._last = self._clock()
        for cover in self._covers:
            if isValid(cover):
                cover.lift()
        self._covers = []
        self.uncovered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS and not self.is_covered:
            self._last = self._clock()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWindow | None) -> None:
        # A filter on the windows alone hears every hand and costs nothing otherwise.
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _try(self, cover: Cover, text: str) -> None:
        def done(is_right: bool) -> None:
            if is_right:
                self.uncover()
            else:
                cover.refuse("不对，请再输一次。")

        def check(_job: Any) -> bool | UserError:
            try:
                return self._check(text)
            except UserError as error:
                return error

        def told(result: bool | UserError) -> None:
            if isinstance(result, UserError):
                cover.refuse(result.what + result.do)
            else:
                done(result)

        run_job(cover, "正在核对", check, told)


class Cover(QWidget):
    """A sheet over a whole window: nothing below is seen or reached until the PIN is right."""

    def __init__(self, window: QWidget, who: str, attempt: Callable[[Cover, str], object]) -> None:
        super().__init__(window)
        self._window, self._attempt = window, attempt
        self._before = window.focusWidget()
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self.blank = PinField()
        self.blank.setAccessibleName("口令")
        self.blank.setPlaceholderText("口令")
        self.blank.returnPressed.connect(self._send)
        self._said = label("", tone="late", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        go = button("回来", "primary", press=self._send)
        go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        away = label(f"{who}，您离开了一会儿。写了一半的都还在。", wrap=True)
        away.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle = card(
            hbox(None, icon_label("lock", t.SEAL), label("已盖住", "h1"), None),
            away,
            hbox((self.blank, 1), go),
            self._said,
            gap=t.M,
            edge=t.XL,
        )
        middle.setMaximumWidth(round(t.em() * 30))
        self.setLayout(vbox(None, hbox(None, (middle, 8), None), None, edge=t.M))
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def refuse(self, why: str) -> None:
        """Say that it was not right, and wait for another try."""
        self._said.setText(why)
        self.blank.setEnabled(True)
        self.blank.clear()
        self.blank.setFocus()

    def lift(self) -> None:
        """Go away, and give the focus back to where it was."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
            elif event.type() in (QEvent.Type.WindowActivate, QEvent.Type.ChildAdded):
                QTimer.singleShot(0, self, self._come_up)
            elif event.type() == QEvent.Type.Close and isinstance(watched, QDialog):
                event.ignore()  # a half filled form is neither lost nor shown
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # no key reaches the window below

    def focusNextPrevChild(self, _next: bool) -> bool:
        return True

    def _come_up(self) -> None:
        self.raise_()
        self.blank.setFocus()

    def _send(self) -> None:
        if text := self.blank.text():
            self.blank.setEnabled(False)
            self._attempt(self, text)


class PinField(QLineEdit):
    """Where the PIN is typed: it keeps every key to itself, so that no shortcut works below."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        return True


class Eye(QPushButton):
    """The button that opens the sealed columns and covers them again.

    ``opened`` says which; whoever opens them writes the look down. A guard's cover closes it.
    """

    opened = Signal(bool)
    SHOW, COVER = "显示保密内容", "盖住保密内容"

    def __init__(self, guard: Guard | None = None) -> None:
        super().__init__(self.SHOW)
        self.setProperty("kind", "plain")
        self.setCheckable(True)
        self.setIcon(icons.icon("eye", t.SEAL))
        self.setToolTip("看一次记一次：谁、什么时候看过，会记下")
        self.toggled.connect(self._turn)
        if guard is not None:
            guard.covered.connect(self.close_eye)

    def close_eye(self) -> None:
        """Cover the sealed columns again."""
        self.setChecked(False)

    def _turn(self, is_open: bool) -> None:
        self.setText(self.COVER if is_open else self.SHOW)
        self.setIcon(icons.icon("hidden" if is_open else "eye", t.SEAL))
        self.opened.emit(is_open)
