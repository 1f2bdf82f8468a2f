"""Several pages behind one tab, chosen by a second, quieter row of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.ui import theme as t
from app.ui.widgets import hbox, hide_unless, vbox


class Subpage(NamedTuple):
    """One of the pages: its word, the room it opens, and how it is made when first shown.

    One that is ``hidden`` has no word in the row until somebody is led to it.
    """

    title: str
    room: str
    make: Callable[[], Any]
    hidden: bool = False


class Subpages(QWidget):
    """The first page is the one that weighs; the others are made when somebody looks."""

    def __init__(self, pages: Sequence[Subpage]) -> None:
        super().__init__()
        self._subpages = pages
        self._made: dict[int, Any] = {}
        self._bar = QTabBar()
        self._bar.setObjectName("subpages")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stack = QStackedWidget()
        for number, page in enumerate(pages):
            self._bar.addTab(page.title)
            self._bar.setTabVisible(number, not page.hidden)
            self._bar.setTabToolTip(number, f"Alt+{number + 1}")
            jump = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            jump.activated.connect(partial(self._jump, number))
            self._stack.addWidget(QWidget())
        hide_unless(self._bar, len(pages) > 1)
        bar = hbox(self._bar, None, edge=(t.L, t.XS if len(pages) > 1 else 0, t.L, 0))
        self.setLayout(vbox(bar, (self._stack, 1), gap=0))
        self._bar.currentChanged.connect(self._show)
        self._show(0)

    def page(self, room: str) -> Any:
        """Show the page of this room and return it."""
        number = next(n for n, page in enumerate(self._subpages) if page.room == room)
        self._bar.setTabVisible(number, True)
        self._bar.setCurrentIndex(number)
        return self._page(number)

    def begin(self) -> None:
        """Let the page that is shown take the keys."""
        self.current().begin()

    def current(self) -> Any:
        """Return the page that is shown."""
        return self._page(self._bar.currentIndex())

    def open_each(self) -> Iterator[str]:
        """Open one page after the other; yield the word on it."""
        for number, page in enumerate(self._subpages):
            self._bar.setTabVisible(number, True)
            self._bar.setCurrentIndex(number)
            yield page.title

    def hear(self, topics: frozenset[str]) -> None:
        """Tell the pages that were made of the news."""
        for page in self._made.values():
            page.hear(topics)

    def refresh(self) -> None:
        """Have the pages that were made read again."""
        for page in self._made.values():
            page.refresh()

    def show_help(self) -> None:
        """Say what the page that is shown is for."""
        self.current().show_help()

    def _jump(self, number: int) -> None:
        if self._bar.isTabVisible(number):
            self._bar.setCurrentIndex(number)
            self.begin()

    def _page(self, number: int) -> Any:
        if number not in self._made:
            made = self._subpages[number].make()
            if (waiting := self._stack.widget(number)) is not None:
                self._stack.removeWidget(waiting)
                waiting.deleteLater()
            self._stack.insertWidget(number, made)
            self._made[number] = made
        return self._made[number]

    def _show(self, number: int) -> None:
        self._stack.setCurrentWidget(self._page(number))
