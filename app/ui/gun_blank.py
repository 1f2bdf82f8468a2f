"""The blank a barcode gun types its codes into."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class GunBlank(QLineEdit):
    """Where a barcode gun types: no input method, Enter or Tab ends a code.

    A gun is a keyboard to the PC; with a Chinese input method on, its letters would become words.
    """

    read = Signal(str)

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhPreferLatin
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setMaxLength(80)
        self.returnPressed.connect(self._end)

    def take(self, text: str) -> None:
        """Go on with what a gun began to type elsewhere on the page."""
        self.setFocus()
        self.insert(text)

    def event(self, event: QEvent) -> bool:
        """Let Ctrl+Z through while nothing is typed, and take Tab for the end of a code."""
        if isinstance(event, QKeyEvent):
            is_override = event.type() == QEvent.Type.ShortcutOverride
            if is_override and event.matches(QKeySequence.StandardKey.Undo) and not self.text():
                event.ignore()
                return False
            is_tab = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab
            if is_tab and self.text().strip():
                self._end()
                return True
        return super().event(event)

    def _end(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.read.emit(text)
