"""The ledgers as tiles, group by group: how many lines each has, and its next day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from app.core.values import show
from app.ledgers.standing_lines import Standing
from app.ui import theme as t
from app.ui.flow import Flow
from app.ui.paint import draw_shape
from app.ui.widgets import label, vbox

SOON_DAYS = 30
_WIDE_EM = 17
_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}
_ROWS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LedgerTile(QAbstractButton):
    """One ledger: its title, its lines, its next day; pressed it opens."""

    def __init__(self, standing: Standing, today: date) -> None:
        super().__init__()
        self.standing = standing
        self._tone, self._shape = tone_of(standing, today)
        self._said = said_of(standing, today)
        self.setText(standing.form.title)
        self.setAccessibleName(standing.form.title)
        self.setAccessibleDescription(self._said)
        about = standing.form.about
        self.setToolTip(f"{about}\n{self._said}" if about else self._said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.least())

    @staticmethod
    def least() -> QSize:
        """Return how small a tile may be."""
        return QSize(round(t.em() * _WIDE_EM), t.line() + t.line("note") + 2 * t.S + t.XS)

    def enterEvent(self, event: Any) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif step := _STEPS.get(event.key()):
            self.focusNextChild() if step > 0 else self.focusPreviousChild()
        elif step := _ROWS.get(event.key()):
            self._go_to_row(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = t.TONES[self._tone]
        fill = t.HOVER if self.underMouse() or self.isDown() else t.PAPER
        if self._tone != "plain":
            fill = ground
        p.setPen(
            QPen(t.colour(t.ACCENT if self.hasFocus() else t.LINE), 2 if self.hasFocus() else 1)
        )
        p.setBrush(t.colour(fill))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        left, top = t.M, t.S
        p.setFont(t.font())
        p.setPen(t.colour(t.INK))
        room = self.width() - 2 * t.M
        title = t.metrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        p.drawText(left, top + t.metrics().ascent(), title)
        top += t.line() + t.XS
        if self._shape:
            side = t.em() * 0.7
            draw_shape(
                p, QRectF(left, top + (t.line("note") - side) / 2, side, side), self._shape, ink
            )
            left += t.em()
        p.setFont(t.font("note"))
        p.setPen(t.colour(ink))
        room = self.width() - left - t.M
        said = t.metrics("note").elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        p.drawText(left, top + t.metrics("note").ascent(), said)

    def _go_to_row(self, step: int) -> None:
        """Take the keys to the tile above or below, in whichever group it stands."""
        here = self.mapToGlobal(QPoint())
        ways = []
        for tile in self.window().findChildren(LedgerTile):
            there = tile.mapToGlobal(QPoint())
            if tile.isVisible() and (there.y() - here.y()) * step > 0:
                ways.append((abs(there.y() - here.y()), abs(there.x() - here.x()), tile))
        if ways:
            min(ways, key=lambda way: way[:2])[2].setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Bring itself into sight."""
        super().focusInEvent(event)
        room = self.parentWidget()
        while room is not None and not isinstance(room, QScrollArea):
            room = room.parentWidget()
        if room is not None:
            room.ensureWidgetVisible(self, 0, t.XL)


class Tiles(QWidget):
    """Several ledgers under one heading."""

    def __init__(
        self,
        title: str,
        standings: Sequence[Standing],
        today: date,
        press: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.tiles = [LedgerTile(standing, today) for standing in standings]
        for tile in self.tiles:
            tile.clicked.connect(partial(press, tile.standing.form.id))
        row = QWidget()
        row.setLayout(Flow(*self.tiles, gap=t.S))
        self.setLayout(vbox(label(title, "note"), row, gap=t.XS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._share)

    def _share(self) -> None:
        """Let as many tiles stand side by side as fit, and share all the room among them."""
        least = LedgerTile.least()
        many = max(1, (self.width() + t.S) // (least.width() + t.S))
        wide = max(least.width(), (self.width() - (many - 1) * t.S) // many)
        for tile in self.tiles:
            tile.setFixedSize(wide, least.height())


def said_of(standing: Standing, today: date) -> str:
    """Say how a ledger stands in few words: 12条，8条未办结 · 下一个 3月5日."""
    form = standing.form
    if not standing.lines:
        return "还没有登记"
    words = f"{standing.lines}{form.unit}"
    if form.closing and standing.open != standing.lines:
        words += (
            f"，{standing.open}{form.unit}{form.open}" if standing.open else f"，都{form.closed}"
        )
    if standing.next_on is None:
        return words
    days = (standing.next_on - today).days
    when = show(standing.next_on)
    if standing.next_on.year == today.year:
        when = f"{standing.next_on.month}月{standing.next_on.day}日"
    return f"{words} · {when}{'过期' if days < 0 else '到期'}"


def tone_of(standing: Standing, today: date) -> tuple[str, str]:
    """Return the tone and the shape of a ledger by its next day."""
    if standing.next_on is None:
        return "plain", ""
    days = (standing.next_on - today).days
    if days < 0:
        return "late", "late"
    return ("soon", "soon") if days <= SOON_DAYS else ("plain", "")
