"""What every page is: it reads when it is shown, hears of news, and says how it is used."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.helping import PAGE, open_chapter


class Page(QWidget):
    """A page behind a tab; ``topics`` are the news that concern it (see ``Record.topic``).

    It reads when first shown, and again when such news has come; while hidden it is only marked.
    """

    title: str = ""
    topics: frozenset[str] = frozenset()
    help_text: str = ""

    def __init__(self) -> None:
        super().__init__()
        self._is_stale = True
        QShortcut(QKeySequence.StandardKey.HelpContents, self).activated.connect(self.show_help)

    def refresh(self) -> None:
        """Read again; a page says what."""
        self._is_stale = False

    def hear(self, topics: frozenset[str]) -> None:
        """Take note of news: read again now if on the screen, else when next shown."""
        if self.topics & topics:
            self.go_stale()

    def go_stale(self) -> None:
        """Read again now if on the screen, else when next shown."""
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def begin(self) -> None:
        """Take the keys, since a person has come here by a key."""
        self.setFocus()

    def show_help(self) -> None:
        """Say what this page is for and how it is used."""
        if self.help_text:
            open_chapter(self.window(), self.title, title=self.title, text=self.help_text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().setProperty(PAGE, self.title)
        if self._is_stale:
            self.refresh()
