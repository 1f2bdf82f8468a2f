"""The month grid in one painted widget: walked by keys, drills dragged from day to day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from app.drills import month_drawing_pane as draw
from app.drills.month import GridDay, GridDrill
from app.drills.rules import State
from app.ui import theme as t

_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthGrid(QWidget):
    """Weeks down, Monday first; one day is current, and one of its drills may be chosen.

    ``went`` says that a day outside the month was reached, ``by`` that many months were leafed.
    """

    chosen = Signal(object, str)  # the day, and the drill's uid or ""
    opened = Signal(str)
    wanted = Signal(object)  # a drill on this day
    moved = Signal(str, object)  # this drill to this day
    went = Signal(object)
    leafed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._days: list[GridDay] = []
        self._drills: dict[date, list[GridDrill]] = {}
        self._today = date.min
        self._on = date.min
        self._uid = ""
        self._states: Collection[State] = tuple(State)
        self._pressed: tuple[GridDrill, QPointF] | None = None
        self._dragged_to: date | None = None
        self._pointer = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleName("演练月历")

    def show_month(
        self, days: Sequence[GridDay], drills: Sequence[GridDrill], *, today: date
    ) -> None:
        """Show these weeks and the drills in them."""
        self._days, self._today = list(days), today
        self._drills = {}
        for drill in drills:
            self._drills.setdefault(drill.on, []).append(drill)
        self._pressed = self._dragged_to = None
        self._say()
        self.update()

    def show_states(self, states: Collection[State]) -> None:
        """Let only drills of these states stand out."""
        self._states = states
        self.update()

    def choose(self, on: date, uid: str = "") -> None:
        """Make a day current, and choose one of its drills."""
        self._on, self._uid = on, uid
        self._say()
        self.update()

    @property
    def on(self) -> date:
        """The current day."""
        return self._on

    @property
    def uid(self) -> str:
        """The chosen drill, "" if none is."""
        return self._uid

    def spot_of(self, uid: str) -> QRect:
        """Return where a drill stands on the grid, for whoever drags it."""
        for day, place in self._places():
            for drill, spot in self._spots(day, place):
                if drill.uid == uid:
                    return spot
        return QRect()

    def cell_of(self, on: date) -> QRect:
        """Return where a day stands."""
        return next((place for day, place in self._places() if day.on == on), QRect())

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(7 * 6 * t.em(), 5 * 4 * t.line())

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * 3 * t.em(), 5 * 2 * t.line())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.colour(t.PAPER))
        draw.head(painter, self._head(), self._week_wide())
        for number, (day, place) in enumerate(self._places()):
            if number % 7 == 0:
                draw.week(painter, self._week_place(place), day.week)
            self._paint_day(painter, day, place)
        painter.setPen(QPen(t.colour(t.LINE), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._paint_marks(painter)

    def _paint_day(self, painter: QPainter, day: GridDay, place: QRect) -> None:
        draw.cell(painter, place, day, is_today=day.on == self._today)
        spots = self._spots(day, place)
        for drill, spot in spots:
            fades = drill.state not in self._states
            draw.chip(painter, spot, drill, fades=fades, is_chosen=drill.uid == self._uid)
        hidden = len(self._drills.get(day.on, ())) - len(spots)
        if hidden > 0:
            draw.more(painter, place, hidden)

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        current = self.cell_of(self._on)
        if not current.isNull():
            strong = t.ACCENT if self.hasFocus() or self._dragged_to is None else t.EDGE
            painter.setPen(QPen(t.colour(strong), 2))
            painter.drawRect(current.adjusted(1, 1, -1, -1))
        if self._dragged_to is None or self._pressed is None:
            return
        painter.setPen(QPen(t.colour(t.ACCENT), 2, Qt.PenStyle.DashLine))
        painter.drawRect(self.cell_of(self._dragged_to).adjusted(2, 2, -2, -2))
        wide = self._cell_wide() - 2 * t.XS
        ghost = QRect(
            round(self._pointer.x()) - 12, round(self._pointer.y()) - 10, wide, draw.chip_tall()
        )
        painter.setOpacity(0.85)
        draw.chip(painter, ghost, self._pressed[0], fades=False, is_chosen=True)
        painter.setOpacity(1)

    # Where things are

    def _head(self) -> QRect:
        return QRect(0, 0, self.width(), t.line() + t.S)

    def _week_wide(self) -> int:
        return t.wide("第20周", "note") + t.M

    def _cell_wide(self) -> int:
        return (self.width() - self._week_wide()) // 7

    def _week_place(self, place: QRect) -> QRect:
        return QRect(0, place.top(), self._week_wide(), place.height())

    def _places(self) -> list[tuple[GridDay, QRect]]:
        rows = max(1, len(self._days) // 7)
        left, top = self._week_wide(), self._head().height()
        tall, wide = self.height() - top, self.width() - left
        found = []
        for number, day in enumerate(self._days):
            row, column = divmod(number, 7)
            x, y = left + wide * column // 7, top + tall * row // rows
            right, low = left + wide * (column + 1) // 7, top + tall * (row + 1) // rows
            found.append((day, QRect(x, y, right - x, low - y)))
        return found

    def _spots(self, day: GridDay, place: QRect) -> list[tuple[GridDrill, QRect]]:
        drills = self._drills.get(day.on, [])
        if not drills:
            return []
        tall = draw.chip_tall()
        top = place.top() + draw.head_tall(day, place, len(drills))
        room = max(1, (place.bottom() - top) // (tall + 2))
        shown = drills if len(drills) <= room else drills[: max(1, room - 1)]
        inside = place.adjusted(t.XS, 0, -t.XS, 0)
        return [
            (drill, QRect(inside.left(), top + n * (tall + 2), inside.width(), tall))
            for n, drill in enumerate(shown)
        ]

    def _day_at(self, at: QPointF) -> GridDay | None:
        spot = at.toPoint()
        return next((day for day, place in self._places() if place.contains(spot)), None)

    def _drill_at(self, at: QPointF) -> GridDrill | None:
        spot = at.toPoint()
        for day, place in self._places():
            if place.contains(spot):
                spots = self._spots(day, place)
                return next((drill for drill, rect in spots if rect.contains(spot)), None)
        return None

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        day, drill = self._day_at(event.position()), self._drill_at(event.position())
        if day is None:
            return
        self._choose(day.on, drill.uid if drill else "")
        self._pressed = (drill, event.position()) if drill else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drill = self._drill_at(event.position())
        if self._pressed is None:
            held = drill is not None and drill.state in (State.PLANNED, State.LATE)
            shape = Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            return
        far = (event.position() - self._pressed[1]).manhattanLength()
        if self._dragged_to is None and far < QApplication.startDragDistance():
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        day = self._day_at(event.position())
        self._dragged_to = day.on if day else self._dragged_to
        self._pointer = event.position()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, to = self._pressed, self._dragged_to
        self._pressed = self._dragged_to = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()
        inside = self._day_at(event.position()) is not None
        if pressed and to and inside and to != pressed[0].on:
            self.moved.emit(pressed[0].uid, to)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        drill, day = self._drill_at(event.position()), self._day_at(event.position())
        if drill:
            self.opened.emit(drill.uid)
        elif day:
            self.wanted.emit(day.on)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.leafed.emit(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = event.key(), _STEPS.get(event.key())
        if key == Qt.Key.Key_Escape and self._dragged_to is not None:
            self._pressed = self._dragged_to = None
            self.update()
        elif step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._uid:
                self.moved.emit(self._uid, self._on + timedelta(days=step))
        elif step is not None:
            self._walk(self._on + timedelta(days=step))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.leafed.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.went.emit(self._today)
        elif key == Qt.Key.Key_Space:
            self._next_drill()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.opened.emit(self._uid) if self._uid else self.wanted.emit(self._on))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            drill, day = self._drill_at(at), self._day_at(at)
            words = drill.tip if drill else _told(day) if day else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _walk(self, on: date) -> None:
        if any(day.on == on and day.is_inside for day in self._days):
            drills = self._drills.get(on, [])
            self._choose(on, drills[0].uid if drills else "")
        else:
            self.went.emit(on)

    def _next_drill(self) -> None:
        uids = [drill.uid for drill in self._drills.get(self._on, [])]
        if uids:
            at = uids.index(self._uid) + 1 if self._uid in uids else 0
            self._choose(self._on, uids[at % len(uids)])

    def _choose(self, on: date, uid: str) -> None:
        self.choose(on, uid)
        self.chosen.emit(on, uid)

    def _say(self) -> None:
        """Let a screen reader hear the current day."""
        day = next((day for day in self._days if day.on == self._on), None)
        drills = [drill.tip for drill in self._drills.get(self._on, [])]
        self.setAccessibleDescription("；".join([_told(day) if day else "", *drills]))


def _told(day: GridDay) -> str:
    said = (f"{day.on.month}月{day.on.day}日", day.lunar, str(day.kind), day.note, day.theme)
    return " ".join(filter(None, said))
