"""The month of duties in one painted widget: scrolled, walked by keys, locked and emptied."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.duties import month_drawing_pane as draw
from app.duties.chips import GridCell, MonthGridValues
from app.duties.layout_pane import GridLayout
from app.duties.planning import Cell
from app.ui import theme as t

_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class DutyGrid(QAbstractScrollArea):
    """Dates down, posts across; one cell is current, and one of its people may be chosen."""

    chosen = Signal()
    opened = Signal()  # Enter or a double click on the current cell
    locked = Signal()  # Space
    emptied = Signal()  # Delete
    leafed = Signal(int)
    home = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._values = MonthGridValues((), ())
        self._layout = GridLayout(self._values, 0)
        self._spot = (0, 0)
        self._person = ""
        self._today = date.min
        self._tag = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("值班月表")
        self.verticalScrollBar().setSingleStep(t.row())
        self.setCornerWidget(QWidget())

    def show_month(self, values: MonthGridValues, *, today: date) -> None:
        """Show this month; the current cell stays where it is."""
        had_posts = bool(self._values.columns)
        is_same = had_posts and [r.on for r in values.rows] == [r.on for r in self._values.rows]
        self._values, self._today = values, today
        if not is_same:
            self._spot, self._person = _first_asked(values, today), ""
        rows, columns = max(1, len(values.rows)), max(1, len(values.columns))
        self._spot = (min(self._spot[0], rows - 1), min(self._spot[1], columns - 1))
        self._measure()
        if not is_same:
            self._bring_in_sight(is_new=True)
        self._say()

    def show_tag(self, tag: str) -> None:
        """Let only the cells with this tag stand out, and go to the first of them."""
        self._tag = tag
        if tag and tag not in self.current().tags:
            spots = [
                (n, m)
                for n, row in enumerate(self._values.rows)
                for m, cell in enumerate(row.cells)
                if tag in cell.tags
            ]
            if spots:
                self._go(*spots[0])
        self.viewport().update()

    def choose(self, cell: Cell, person_uid: str = "") -> None:
        """Make a cell current, and choose one of its people."""
        for n, row in enumerate(self._values.rows):
            for m, one in enumerate(row.cells):
                if one.cell == cell:
                    self._person = person_uid
                    self._go(n, m, person_uid)

    def current(self) -> GridCell:
        """Return the current cell."""
        row, column = self._spot
        if row < len(self._values.rows) and column < len(self._values.columns):
            return self._values.rows[row].cells[column]
        return GridCell(None)

    @property
    def on(self) -> date | None:
        """The day of the current cell."""
        return self._values.rows[self._spot[0]].on if self._values.rows else None

    @property
    def person(self) -> str:
        """Whoever is chosen in the current cell: by hand, else the one a rule speaks against.

        "" is the place of somebody who is missing, and what one begins with where there is one.
        """
        chips = self.current().chips
        if any(chip.person_uid == self._person for chip in chips):
            return self._person
        broken = [chip.person_uid for chip in chips if chip.is_broken]
        if self.current().missing and not broken:
            return ""
        return (broken or [chip.person_uid for chip in chips] or [""])[0]

    def spot_of(self, cell: Cell, person_uid: str = "") -> QRect:
        """Return where a cell, or a person in it, stands on the screen of the grid."""
        for n, row in enumerate(self._values.rows):
            for m, one in enumerate(row.cells):
                if one.cell == cell:
                    places = [
                        spot
                        for chip, spot in self._layout.chips(n, m)
                        if chip is not None and chip.person_uid == person_uid
                    ]
                    return (places or [self._layout.cell(n, m)])[0].translated(self._origin())
        return QRect()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        place = self.viewport().rect()
        painter.fillRect(place, t.colour(t.PAPER))
        origin = self._origin()
        shown = place.translated(-origin)
        for n in range(len(self._values.rows)):
            if self._layout.date(n).intersects(QRect(0, shown.top(), 1_000_000, shown.height())):
                self._paint_row(painter, n, origin)
        self._paint_current(painter, origin)
        self._paint_head(painter, origin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(t.colour(t.LINE), 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _paint_row(self, painter: QPainter, n: int, origin: QPoint) -> None:
        row, role = self._values.rows[n], self._layout.role
        for m, cell in enumerate(row.cells):
            place = self._layout.cell(n, m).translated(origin)
            draw.cell(painter, place, row, is_asked=cell.cell is not None)
            fades = bool(self._tag) and self._tag not in cell.tags
            chosen = self.person if (n, m) == self._spot and len(cell.chips) > 1 else ""
            for chip, spot in self._layout.chips(n, m):
                spot = spot.translated(origin)
                if chip is None:
                    draw.missing(painter, spot, cell.missing, role=role, fades=fades)
                else:
                    is_chosen = chip.person_uid == chosen
                    draw.chip(painter, spot, chip, role=role, fades=fades, is_chosen=is_chosen)
        date_place = self._layout.date(n).translated(0, origin.y())
        draw.day(painter, date_place, row, is_today=row.on == self._today)

    def _paint_current(self, painter: QPainter, origin: QPoint) -> None:
        if self._values.rows and self._values.columns:
            place = self._layout.cell(*self._spot).translated(origin)
            painter.save()
            left = self._layout.date_wide
            painter.setClipRect(self.viewport().rect().adjusted(left, 0, 0, 0))
            draw.current(painter, place, has_keys=self.hasFocus())
            painter.restore()

    def _paint_head(self, painter: QPainter, origin: QPoint) -> None:
        tall = self._layout.head_tall
        left = self._layout.date_wide + origin.x()
        for word, wide in zip(self._values.columns, self._layout.columns, strict=True):
            draw.head(painter, QRect(left, 0, wide, tall), word)
            left += wide
        draw.head(painter, QRect(0, 0, self._layout.date_wide, tall), "日期")

    # Where things are

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def _origin(self) -> QPoint:
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QPoint(-across, self._layout.head_tall - down)

    def _measure(self) -> None:
        if not hasattr(self, "_values"):
            return
        place = self.viewport()
        self._layout = GridLayout(self._values, place.width())
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, self._layout.tall + self._layout.head_tall - place.height()))
        down.setPageStep(max(1, place.height() - self._layout.head_tall))
        across.setRange(0, max(0, self._layout.wide - place.width()))
        across.setPageStep(place.width())
        place.update()

    def _bring_in_sight(self, *, is_new: bool = False) -> None:
        if not self._values.rows or not self._values.columns:
            return
        place, head = self._layout.cell(*self._spot), self._layout.head_tall
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        room = self.viewport().height() - head
        if is_new:
            down.setValue(place.top() - t.row() * 2)
        elif place.top() < down.value():
            down.setValue(place.top())
        elif place.bottom() > down.value() + room:
            down.setValue(place.bottom() - room + 1)
        if place.left() - self._layout.date_wide < across.value():
            across.setValue(place.left() - self._layout.date_wide)
        elif place.right() > across.value() + self.viewport().width():
            across.setValue(place.right() - self.viewport().width() + 1)

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        spot = self._spot_at(at)
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(*spot, self._person_at(spot, at))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._spot_at(event.position().toPoint()) == self._spot:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = _STEPS.get(key)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if step is not None and control and step[0] == 0:
            self._next_person(step[1])
        elif step is not None:
            self._go(self._spot[0] + step[0], self._spot[1] + step[1])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.leafed.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.home.emit()
        elif key == Qt.Key.Key_Space:
            self.locked.emit()
        elif key == Qt.Key.Key_Delete:
            self.emptied.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            y = event.pos().y() - self._origin().y()
            rows = [n for n, top in enumerate(self._layout.tops) if top <= y]
            words = self._values.rows[rows[-1]].tip if rows and y < self._layout.tall else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def _spot_at(self, at: QPoint) -> tuple[int, int] | None:
        if at.y() < self._layout.head_tall or at.x() < self._layout.date_wide:
            return None
        inside = at - self._origin()
        return self._layout.at(inside.x(), inside.y())

    def _person_at(self, spot: tuple[int, int], at: QPoint) -> str:
        inside = at - self._origin()
        return next(
            (
                chip.person_uid
                for chip, place in self._layout.chips(*spot)
                if chip is not None and place.contains(inside)
            ),
            "",
        )

    def _go(self, row: int, column: int, person_uid: str = "") -> None:
        if not self._values.rows or not self._values.columns:
            return
        row = min(max(row, 0), len(self._values.rows) - 1)
        column = min(max(column, 0), len(self._values.columns) - 1)
        self._spot, self._person = (row, column), person_uid
        self._bring_in_sight()
        self._say()
        self.viewport().update()
        self.chosen.emit()

    def _next_person(self, step: int) -> None:
        people = [chip.person_uid for chip in self.current().chips]
        people += [""] if self.current().missing else []
        if people:
            at = (people.index(self.person) + step) % len(people)
            self._go(*self._spot, people[at])

    def _say(self) -> None:
        """Let a screen reader hear the current cell."""
        if self._values.rows and self._values.columns:
            row, column = self._spot
            names = "、".join(chip.name for chip in self.current().chips)
            said = (self._values.rows[row].tip, self._values.columns[column], names or "没有人")
            self.setAccessibleDescription("；".join(said))


def _first_asked(values: MonthGridValues, today: date) -> tuple[int, int]:
    """Return where one begins to read: the first cell to be stood today or later."""
    spots = [
        (n, m)
        for n, row in enumerate(values.rows)
        for m, cell in enumerate(row.cells)
        if cell.cell is not None
    ]
    ahead = [spot for spot in spots if values.rows[spot[0]].on >= today]
    return next(iter(ahead or spots), (0, 0))
