"""Marks painted like those of the tables: a status shape, a pill, the strip of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.ui import theme as t
from app.ui.paint import draw_shape, pill, pill_width, put, tint


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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if t.is_large():  # then it stands behind a tab of its own
            QTimer.singleShot(0, self, self._show_waiting)

    def _show_waiting(self) -> None:
        """Bring the step that waits in sight, where the strip is longer than its room."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        waiting = next((n for n, step in enumerate(self._steps) if step.state == "now"), None)
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None and waiting is not None:
            middle = QPoint(0, waiting * self._tall() + self._tall() // 2)
            area.ensureVisible(0, self.mapTo(inside, middle).y(), 0, self._tall())

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
