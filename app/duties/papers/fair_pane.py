"""What each of a pool has done, as bars against what was due, with the figures beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.duties.papers.fair import number, over_words, shifts, signed
from app.duties.planning import POINTS, Burden, Line, Pool
from app.ui import fonts
from app.ui import theme as t
from app.ui.marks import Measured
from app.ui.paint import RIGHT, put

_ROOM_EMS = 14  # what the bars need at least before the figures of each burden find room
_BURDENS = (
    (Burden.PLAIN, "平日"),
    (Burden.NIGHT, "夜"),
    (Burden.WEEKEND, "周末"),
    (Burden.HOLIDAY, "节假日"),
)


class _Figure(NamedTuple):
    """One column of figures: its head, and what it says of each line."""

    head: str
    said: tuple[str, ...]


class FairBars(Measured):
    """One pool: a bar for each person, a stroke where the fair share ends, a dashed mean."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._names: list[str] = []
        self._mean, self._far = 0.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pool(
        self, pool: Pool | None, names: Mapping[str, str], *, beyond: float = 1.0
    ) -> None:
        """Show another pool, the most burdened first; None is nobody.

        Whoever is ``beyond`` the fair share has another colour.
        """
        lines = sorted(pool.lines if pool else (), key=lambda one: -one.over[POINTS])
        self._lines = lines
        self._names = [names.get(line.person_uid, "（已离开名册）") for line in lines]
        self._mean = pool.mean[POINTS] if pool else 0.0
        self._far = beyond
        fonts.meet(self._names)
        told = (
            f"{name}已值{number(line.done[POINTS])}分，{over_words(line.over[POINTS], beyond)}"
            for name, line in zip(self._names, lines, strict=True)
        )
        self.setAccessibleName("；".join(told) or "没有人")
        self.measure()
        self.update()

    def measure(self) -> None:
        self.setFixedHeight((len(self._lines) + 2) * self._tall() + t.S)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tall = self._tall()
        figures = self._figures()
        widths = [self._wide(figure) for figure in figures]
        names = max((t.wide(name) for name in self._names), default=0) + t.M
        names = min(names, self.width() // 4)
        track = QRect(names, tall, max(t.em() * 4, self.width() - names - sum(widths)), tall)
        self._paint_heads(painter, figures, widths, track)
        most = self._most()
        for n, line in enumerate(self._lines):
            row = track.translated(0, n * tall)
            put(painter, QRect(0, row.top(), names - t.XS, tall), self._names[n])
            self._paint_bar(painter, row, line, most)
            self._paint_figures(painter, n, figures, widths, row)
        self._paint_mean(painter, track, most)

    # What stands in it

    def _figures(self) -> list[_Figure]:
        """Return the columns of figures that find room."""
        lines = self._lines
        few = [
            _Figure("次数", tuple(number(shifts(line)) for line in lines)),
            _Figure("已值分", tuple(number(line.done[POINTS]) for line in lines)),
            _Figure("偏差", tuple(signed(line.over[POINTS]) for line in lines)),
        ]
        each = [
            _Figure(word, tuple(number(line.done[burden]) for line in lines))
            for burden, word in _BURDENS
        ]
        more = [
            _Figure("结转", tuple(signed(line.carried[POINTS]) for line in lines)),
            _Figure("应值", tuple(number(line.share[POINTS]) for line in lines)),
        ]
        whole = [*each, few[0], few[1], *more, few[2]]
        names = min(max(map(t.wide, self._names), default=0) + t.M, self.width() // 4)
        room = self.width() - names - sum(map(self._wide, whole))
        return whole if room >= _ROOM_EMS * t.em() else few

    def _wide(self, figure: _Figure) -> int:
        return max([t.wide(figure.head, "note"), *map(t.wide, figure.said)]) + t.L

    def _most(self) -> float:
        """Return the points that fill the width."""
        dues = [line.share[POINTS] - line.carried[POINTS] for line in self._lines]
        done = [line.done[POINTS] for line in self._lines]
        return max([1.0, self._mean, *dues, *done]) * 1.02

    def _paint_heads(
        self, painter: QPainter, figures: list[_Figure], widths: list[int], track: QRect
    ) -> None:
        tall, x = self._tall(), track.right() + 1
        put(painter, QRect(0, 0, track.left(), tall), "姓名", t.SOFT, role="note")
        for figure, width in zip(figures, widths, strict=True):
            place = QRect(x, 0, width, tall)
            put(painter, place, figure.head, t.SOFT, role="note", align=RIGHT)
            x += width

    def _paint_bar(self, painter: QPainter, row: QRect, line: Line, most: float) -> None:
        bed = row.adjusted(0, 5, 0, -5)
        painter.fillRect(bed, t.colour(t.PLAIN_BG))
        filled = QRect(bed)
        filled.setWidth(round(bed.width() * line.done[POINTS] / most))
        over = line.over[POINTS]
        ink = t.SOON if over > self._far else t.BLUE if over < -self._far else t.BAR
        painter.fillRect(filled, t.colour(ink))
        due = max(line.share[POINTS] - line.carried[POINTS], 0.0)
        x = bed.left() + round(bed.width() * due / most)
        painter.setPen(QPen(t.colour(t.INK), 2))
        painter.drawLine(x, bed.top() - 2, x, bed.bottom() + 2)

    def _paint_figures(
        self, painter: QPainter, n: int, figures: list[_Figure], widths: list[int], row: QRect
    ) -> None:
        x = row.right() + 1
        over = self._lines[n].over[POINTS]
        for figure, width in zip(figures, widths, strict=True):
            far = figure.head == "偏差" and abs(over) > self._far
            ink = (t.SOON if over > 0 else t.BLUE) if far else t.INK
            put(painter, QRect(x, row.top(), width, row.height()), figure.said[n], ink, align=RIGHT)
            x += width

    def _paint_mean(self, painter: QPainter, track: QRect, most: float) -> None:
        if not self._lines:
            return
        tall = self._tall()
        x = track.left() + round(track.width() * self._mean / most)
        low = track.top() + len(self._lines) * tall
        painter.setPen(QPen(t.colour(t.SOFT), 1, Qt.PenStyle.DashLine))
        painter.drawLine(x, track.top() - 2, x, low)
        said = f"人均 {number(self._mean)} 分"
        wide = t.wide(said, "note") + 2
        left = min(max(track.left(), x - wide // 2), self.width() - wide)
        put(painter, QRect(left, low, wide, tall), said, t.SOFT, role="note")

    def _tall(self) -> int:
        return t.line() + 8
