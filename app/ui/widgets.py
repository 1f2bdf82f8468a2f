"""The parts every page is made of: labels, buttons, menus, boxes, cards; and the marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import fonts, icons
from app.ui import theme as t
from app.ui.marks import Pill, Shape, Step, StepStrip

__all__ = [
    "Entries",
    "Entry",
    "IconLabel",
    "Pill",
    "Shape",
    "Step",
    "StepStrip",
    "button",
    "card",
    "clear",
    "flush",
    "hbox",
    "hide_unless",
    "icon_label",
    "label",
    "lay",
    "menu_of",
    "page",
    "retone",
    "rule",
    "scroll",
    "vbox",
]

# One line of a menu: its word and what it does; None draws a line between groups.
Entry = tuple[str, Callable[[], object]] | None
Entries = Sequence[Entry] | Callable[[], Sequence[Entry]]


def hide_unless(part: QWidget, is_wanted: bool) -> None:
    """Hide a part that was just made where it is not wanted.

    ``setVisible(True)`` on what has no place in a window yet would flash up a window of its own.
    """
    if not is_wanted:
        part.hide()


def label(text: str, role: str = "body", tone: str = "", wrap: bool = False) -> QLabel:
    """Return a plain text: ``role`` of the type scale, ``tone`` of the colours."""
    made = QLabel(text, wordWrap=wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    fonts.meet((text,))
    return made


def retone(widget: QWidget, **properties: Any) -> None:
    """Give a widget other properties (``tone``, ``wrong``, ``on``) and dress it accordingly."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class _Button(QPushButton):
    """A button that Enter presses where it has the focus, in dialogs too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            (self.showMenu if self.menu() else self.click)()


def button(
    text: str,
    kind: str = "plain",
    icon: str = "",
    press: Callable[[], object] | None = None,
    menu: Entries | None = None,
) -> QPushButton:
    """Return a button; ``kind``: primary, plain, quiet or link; with ``menu`` it opens downwards.

    A menu given as a callable is asked each time it opens.
    """
    made = _Button(text)
    made.setProperty("kind", kind)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    if icon:
        made.setIcon(icons.icon(icon, t.PAPER if kind == "primary" else t.SOFT))
    if press is not None:
        made.clicked.connect(lambda: press())
    if menu is not None:
        made.setMenu(menu_of(menu, made))
        made.setIcon(icons.icon("down", t.PAPER if kind == "primary" else t.SOFT))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the word
    return made


def entries_of(menu: QMenu) -> list[QAction]:
    """Return the lines of a menu as they would be if it opened now."""
    menu.aboutToShow.emit()
    return [line for line in menu.actions() if not line.isSeparator()]


def drop(opener: QPushButton) -> None:
    """Open the menu of a button with its first line chosen, so that Enter takes it."""
    opener.showMenu()
    menu = opener.menu()
    if menu is not None and (lines := [x for x in menu.actions() if not x.isSeparator()]):
        menu.setActiveAction(lines[0])


def flush(link: QPushButton) -> QPushButton:
    """Let the words of a link begin where the words above it do; return it."""
    link.setProperty("flush", True)
    return link


def menu_of(entries: Entries, parent: QWidget) -> QMenu:
    """Return a menu of these entries."""
    made = QMenu(parent)
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    if not callable(entries):
        _fill(made, entries)
        return made

    def ask() -> None:
        made.clear()
        _fill(made, entries())

    made.aboutToShow.connect(ask)
    return made


def _fill(menu: QMenu, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        word, press = entry
        menu.addAction(word.replace("&", "&&")).triggered.connect(lambda _, do=press: do())


class IconLabel(QLabel):
    """An icon standing beside a text, as large as the text."""

    def __init__(self, name: str, colour: str = t.SOFT) -> None:
        super().__init__()
        self._is = (name, colour)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        side = t.em() + 2
        self.setPixmap(icons.icon(*self._is).pixmap(QSize(side, side), self.devicePixelRatioF()))


def icon_label(name: str, colour: str = t.SOFT) -> QLabel:
    """Return an icon to stand beside a text."""
    return IconLabel(name, colour)


def rule(vertical: bool = False) -> QFrame:
    """Return a thin line."""
    made = QFrame()
    made.setObjectName("rule")
    (made.setFixedWidth if vertical else made.setFixedHeight)(1)
    return made


def lay(made: Any, *parts: Any, gap: int = t.S, edge: Any = 0) -> Any:
    """Lay parts out in a box: widgets, layouts, None for a stretch, ``(part, stretch)``, a gap."""
    made.setSpacing(gap)
    made.setContentsMargins(*(edge if isinstance(edge, tuple) else (edge,) * 4))
    for given in parts:
        part, stretch = given if isinstance(given, tuple) else (given, 0)
        if part is None:
            made.addStretch(1)
        elif isinstance(part, int):
            made.addSpacing(part)
        elif isinstance(part, QWidget):
            made.addWidget(part, stretch)
        else:
            made.addLayout(part, stretch)
    return made


def hbox(*parts: Any, gap: int = t.S, edge: Any = 0) -> QHBoxLayout:
    """Return parts side by side; see ``lay``."""
    made: QHBoxLayout = lay(QHBoxLayout(), *parts, gap=gap, edge=edge)
    return made


def vbox(*parts: Any, gap: int = t.S, edge: Any = 0) -> QVBoxLayout:
    """Return parts below one another; see ``lay``."""
    made: QVBoxLayout = lay(QVBoxLayout(), *parts, gap=gap, edge=edge)
    return made


def card(*parts: Any, gap: int = t.S, edge: Any = t.M) -> QFrame:
    """Return a white sheet with a thin edge around these parts."""
    made = QFrame()
    made.setObjectName("card")
    made.setLayout(vbox(*parts, gap=gap, edge=edge))
    return made


def page(*parts: Any, edge: Any = (t.L, t.M, t.L, t.M), gap: int = t.S) -> QWidget:
    """Return a widget with these parts below one another and a page's margins."""
    made = QWidget()
    made.setLayout(vbox(*parts, edge=edge, gap=gap))
    return made


def scroll(layout: QLayout) -> QScrollArea:
    """Return what may grow longer than its room; only ever downwards."""
    inside = QWidget()
    inside.setObjectName("inside")
    inside.setLayout(layout)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what is inside
    area.setWidget(inside)
    return area


def clear(layout: QBoxLayout) -> None:
    """Take every part out of a box."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QBoxLayout):
            clear(inner)
