"""Two hands on the keyboard and none on the mouse: every key goes where the window takes it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
)


class Keyboard(QObject):
    """Presses keys, counts them, and notices if anything on the screen was ever clicked.

    ``keys`` are those that steer (Tab, arrows, shortcuts, initials), ``words`` the characters of
    what is written down itself.
    """

    def __init__(self, user):
        super().__init__()
        self._user = user
        self.keys = self.words = 0
        self.clicks = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() in MOUSE:
            self.clicks.append(watched)
        return False

    def lets_go(self):
        QApplication.instance().removeEventFilter(self)

    def presses(self, *keys):
        """Press keys one after the other: ``Qt.Key.Key_Tab``, ``"Ctrl+N"``."""
        for key in keys:
            self.keys += 1
            if isinstance(key, str):
                QTest.keySequence(self._target(), QKeySequence(key))
            else:
                QTest.keyClick(self._target(), key)
            self._user.settles()

    def chooses(self, initials):
        """Type the initials of an offer."""
        self.keys += len(initials)
        self._type(initials)

    def writes(self, words):
        """Write down what stands on the paper."""
        self.words += len(words)
        self._type(words)

    def _type(self, text):
        for character in text:  # QTest.keyClicks knows Latin letters only
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(self._target(), event)
        self._user.settles()

    def _target(self):
        """Return what a key would reach: an open list, else the focus; nowhere is a fault."""
        front = self._user.front()
        if not front.isActiveWindow():  # no window manager hands the keys on here
            front.activateWindow()
            self._user.hears()
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, f"no key is heard; one reads: {self._user.texts()}"
        assert target.window() is front or target is QApplication.activePopupWidget()
        return target
