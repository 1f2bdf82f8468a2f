"""The key figures above the charts: each that is a count leads to what it counts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from app.hazards.charts.counting import Figure
from app.ui import theme as t
from app.ui.paint import put


class FigureTile(QAbstractButton):
    """One figure: its word above, its number below; pressed it says its key."""

    opened = Signal(str)

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.figure = figure
        self.clicked.connect(lambda: self.opened.emit(self.figure.key))
        self.show_figure(figure)

    @property
    def can_open(self) -> bool:
        """Say whether it counts hazards, and any."""
        return self.figure.is_count and self.figure.said != "0"

    def show_figure(self, figure: Figure) -> None:
        """Show another number."""
        self.figure = figure
        self.setAccessibleName(f"{figure.word} {figure.said}")
        can = self.can_open
        self.setToolTip("按一下，到台账里看这几条" if can else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can else Qt.FocusPolicy.NoFocus)
        self.setEnabled(can)
        shape = Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        words = max(t.wide(self.figure.word), t.wide(self.figure.said, "num"), t.em() * 4)
        return QSize(words + 2 * t.M, t.line() + t.line("num") + t.S)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "figure"):
            self.setFixedSize(self.sizeHint())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_bad = self.can_open and self.figure.tone in ("late", "soon")
        ink = t.TONES[self.figure.tone][0] if is_bad else t.INK
        p.setPen(QPen(t.colour(t.ACCENT if self.hasFocus() else t.LINE), 1 + self.hasFocus()))
        p.setBrush(t.colour(t.HOVER if self.underMouse() and self.can_open else t.PAPER))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        room = QRect(t.M, t.XS, self.width() - 2 * t.M + 2, t.line())
        put(p, room, self.figure.word, t.SOFT)
        room = QRect(t.M, t.XS + t.line(), self.width() - 2 * t.M + 2, t.line("num"))
        put(p, room, self.figure.said, ink, role="num")
