"""A chart on the screen: the drawing of the paper in the house's colours; bars can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QWidget

from app.core.paper import Chart
from app.core.paper.chart_layout import Box, Drawing, Fill, Spot, lay_out
from app.ui import fonts
from app.ui import theme as t
from app.ui.paint import put

_ROLES = {"head": "h2", "body": "body", "small": "note"}
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_STRIPE_PX = 6


class BarButton(QAbstractButton):
    """One bar to press; it paints nothing but that it is under the mouse or has the focus."""

    def __init__(self, parent: QWidget, spot: Spot, words: str) -> None:
        super().__init__(parent)
        self.spot = spot
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return self.size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chart = self.parentWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif isinstance(chart, ChartView) and event.key() in (*_BACK, *_ON):
            chart.step(self, -1 if event.key() in _BACK else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        parent = self.parentWidget()
        if isinstance(parent, ChartView):
            parent.stand_on(self)
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(self, t.L, t.XL)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self.hasFocus() or self.underMouse()):
            return
        painter = QPainter(self)
        painter.setPen(QPen(t.colour(t.ACCENT_DARK), 2 if self.hasFocus() else 1))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class ChartView(QWidget):
    """A chart as wide as its room and as high as it needs; Tab comes to it, arrows go on in it.

    ``opened`` says which part of which bar was pressed.
    """

    opened = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._chart = Chart("", ())
        self._drawing = Drawing(1)
        self.bars: list[BarButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(t.em() * 16)

    @property
    def chart(self) -> Chart:
        """The chart it shows."""
        return self._chart

    def show_chart(self, chart: Chart) -> None:
        """Show another chart; the focus stays on the same bar if there is one in its place."""
        place = next((n for n, bar in enumerate(self.bars) if bar.hasFocus()), None)
        self._chart = chart
        self.setAccessibleName(chart.title)
        fonts.meet([chart.title, *(bar.label for bar in chart.bars)])
        for bar in self.bars:
            bar.hide()
            bar.deleteLater()
        self.bars = []
        self._place()
        if place is not None and self.bars:
            self.bars[min(place, len(self.bars) - 1)].setFocus()

    def step(self, bar: BarButton, by: int) -> None:
        """Go to the bar before or after this one."""
        place = self.bars.index(bar) + by
        if 0 <= place < len(self.bars):
            self.bars[place].setFocus(Qt.FocusReason.TabFocusReason)

    def stand_on(self, bar: BarButton) -> None:
        """Let Tab come back to this bar, and leave the chart from it."""
        for other in self.bars:
            is_it = other is bar
            policy = Qt.FocusPolicy.StrongFocus if is_it else Qt.FocusPolicy.ClickFocus
            other.setFocusPolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(t.em() * 30, round(self._drawing.height * t.em()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "bars"):
            self.setMinimumWidth(t.em() * 16)
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for mark in self._drawing.marks:
            rect = _pixels(mark.box)
            if isinstance(mark, Fill):
                _fill(painter, rect, mark.tone)
            else:
                align = _ALIGN[mark.align] | Qt.AlignmentFlag.AlignVCenter
                role = _ROLES[mark.role]
                colour = t.SOFT if mark.role == "small" and mark.align == "left" else t.INK
                room = rect.adjusted(-2, 0, 2, 0) if mark.align != "left" else rect
                put(painter, room.adjusted(0, 0, 2, 0), mark.text, colour, role=role, align=align)
        painter.setPen(QPen(t.colour(t.EDGE), 1))
        for a, b, c, d in self._drawing.rules:
            painter.drawLine(*(round(length * t.em()) for length in (a, b, c, d)))

    def _place(self) -> None:
        em = t.em()
        self._drawing = lay_out(
            self._chart, self.width() / em, lambda text, role: t.wide(text, _ROLES[role]) / em
        )
        self.setFixedHeight(max(1, round(self._drawing.height * em)))
        spots = [s for s in self._drawing.spots if self._chart.bars[s.bar].parts[s.part].filter]
        if not self.bars:
            self.bars = [self._button(spot) for spot in spots]
            if self.bars:
                self.stand_on(self.bars[0])
        for bar, spot in zip(self.bars, spots, strict=True):
            bar.setGeometry(_pixels(spot.box).adjusted(-1, 0, 2, 0))
            bar.show()
        self.update()

    def _button(self, spot: Spot) -> BarButton:
        bar = BarButton(self, spot, self._chart.said(spot.bar, spot.part))
        bar.clicked.connect(lambda: self.opened.emit(spot.bar, spot.part))
        return bar


def _pixels(box: Box) -> QRect:
    """Return a box in whole pixels, so that its edges are sharp."""
    em = t.em()
    left, top = round(box.x * em), round(box.y * em)
    return QRect(
        left, top, round((box.x + box.width) * em) - left, round((box.y + box.height) * em) - top
    )


def _fill(painter: QPainter, rect: QRect, tone: str) -> None:
    if tone == "plate":
        painter.fillRect(rect, t.colour(t.PAPER))
        return
    ground, edge = {
        "solid": (t.BAR, t.ACCENT),
        "hatch": (t.SOON_BG, t.SOON),
        "clear": (t.PAPER, t.SOFT),
    }[tone]
    painter.fillRect(rect, t.colour(ground))
    if tone == "hatch":
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(t.colour(edge), 1.2))
        for x in range(rect.left(), rect.right() + rect.height(), _STRIPE_PX):
            painter.drawLine(x - rect.height(), rect.bottom() + 1, x, rect.top())
        painter.restore()
    painter.setPen(QPen(t.colour(edge), 1))
    painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
