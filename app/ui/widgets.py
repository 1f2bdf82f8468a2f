"""The parts every page is made of: labels, buttons, boxes, cards, pills, the strip of steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
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
from app.ui.paint import draw_shape, pill, pill_width, put, tint

# One line of a menu: its word and what it does; None draws a line between groups.
Entry = tuple[str, Callable[[], object]] | None
Entries = Sequence[Entry] | Callable[[], Sequence[Entry]]


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
    made = QPushButton(text)
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


class Measured(QWidget):
    """A painted widget whose size follows the font; ``measure`` sets it."""

    def measure(self) -> None:
        """Take the room the font asks for."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.measure()


class Shape(Measured):
    """A status shape standing alone beside a text."""

    def __init__(self, kind: str, tone: str = "plain") -> None:
        super().__init__()
        self._kind, self._tone = kind, tone
        self.measure()

    def measure(self) -> None:
        self.setFixedSize(t.em(), t.em())

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = t.em() * 0.78
        room = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        draw_shape(QPainter(self), room, self._kind, t.TONES[self._tone][0])


class Pill(Measured):
    """The same pill the tables draw, as a widget."""

    def __init__(self, text: str, shape: str = "", tone: str = "plain") -> None:
        super().__init__()
        self._text, self._shape, self._tone = text, shape, tone
        self.setAccessibleName(text)
        self.measure()

    def text(self) -> str:
        """Return the word on it."""
        return self._text

    def measure(self) -> None:
        self.setFixedSize(pill_width(self._text, self._shape), t.line() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        pill(QPainter(self), self.rect(), self._text, self._shape, tone=self._tone)


@dataclass(frozen=True)
class Step:
    """One step of a strip; ``state``: done, now, todo or skip."""

    word: str
    when: str = ""
    who: str = ""
    state: str = "todo"


class StepStrip(Measured):
    """Steps downwards, from the first to the last; the one that waits is marked."""

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps = list(steps)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("；".join(f"{s.word}{s.when or '未到'}" for s in self._steps))
        self.measure()

    def measure(self) -> None:
        self.setFixedHeight(self._tall() * len(self._steps))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, step in enumerate(self._steps):
            top = number * self._tall()
            if step.state == "now":
                tint(painter, QRectF(0, top, self.width(), self._tall()), t.SOON_BG)
            if number + 1 < len(self._steps):
                self._draw_link(painter, top, step, self._steps[number + 1])
            self._draw_mark(painter, top, step)
            self._write(painter, top, step)

    def _tall(self) -> int:
        return t.line() + 4

    def _side(self) -> int:
        return round(t.em() * 0.95)

    def _draw_link(self, painter: QPainter, top: int, step: Step, after: Step) -> None:
        x, middle = 6 + self._side() / 2, top + self._tall() / 2
        is_past = step.state in ("done", "skip") and after.state != "todo"
        painter.setPen(QPen(t.colour(t.DONE if is_past else t.EDGE), 1.6))
        painter.drawLine(
            QPointF(x, middle + self._side() / 2 + 1),
            QPointF(x, middle + self._tall() - self._side() / 2 - 1),
        )

    def _draw_mark(self, painter: QPainter, top: int, step: Step) -> None:
        side, middle = self._side(), top + self._tall() / 2
        rect = QRectF(6, middle - side / 2, side, side)
        if step.state in ("now", "todo"):
            kind, ink = ("soon", t.SOON) if step.state == "now" else ("none", t.EDGE)
            draw_shape(painter, rect.adjusted(1, 1, -1, -1), kind, ink)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour(t.DONE if step.state == "done" else t.PLAIN_BG))
        painter.drawEllipse(rect)
        if step.state == "done":
            draw_shape(painter, rect.adjusted(4, 4, -4, -4), "done", t.PAPER)
        else:
            painter.setPen(QPen(t.colour(t.SOFT), 1.6))
            x = rect.center().x()
            painter.drawLine(QPointF(x - 3, middle), QPointF(x + 3, middle))

    def _write(self, painter: QPainter, top: int, step: Step) -> None:
        left, tall = 6 + self._side() + t.S, self._tall()
        word = max(t.wide(s.word) for s in self._steps) + t.L
        when = max((t.wide(s.when) for s in self._steps), default=0)
        when += t.L if when else 0
        ink = {"now": t.SOON, "todo": t.FAINT}.get(step.state, t.INK)
        soft = t.SOON if step.state == "now" else t.SOFT
        put(painter, QRect(left, top, word, tall), step.word, ink)
        put(painter, QRect(left + word, top, when, tall), step.when, soft)
        rest = left + word + when
        put(painter, QRect(rest, top, self.width() - rest - 4, tall), step.who, soft)
