"""What each of a pool carries this month as bars against the mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.duties.month import DutyMonth
from app.duties.planning import POINTS, Pool
from app.ui import theme as t
from app.ui.marks import Measured
from app.ui.paint import RIGHT, put

_MOST = 8
_FAR = 2.0  # points above the fair share that are worth a word: what the bench allows


class Bar(NamedTuple):
    """One person: points of the month and how far above the fair share, with all carried."""

    person_uid: str
    name: str
    points: float
    over: float


def bars_of(month: DutyMonth, post_uid: str, here: Sequence[str]) -> tuple[list[Bar], float]:
    """Return the bars of those who can stand a post, the most first, and their mean.

    Of a large pool those ``here`` are shown, the ones who carry most and least.
    """
    pools = [pool for pool in month.pools if post_uid in pool.post_uids]
    mine = [pool for pool in pools if {line.person_uid for line in pool.lines} & set(here)]
    pool = max(mine or pools, key=lambda one: len(one.lines), default=None)
    if pool is None:
        return [], 0.0
    bars = sorted(_bars(month, pool), key=lambda bar: (-bar.points, bar.name))
    if len(bars) > _MOST:
        least = _MOST // 2 - 1
        kept = {bar.person_uid for bar in (*bars[:least], *bars[-least:])} | set(here)
        bars = [bar for bar in bars if bar.person_uid in kept][:_MOST]
    return bars, pool.mean[POINTS]


def _bars(month: DutyMonth, pool: Pool) -> list[Bar]:
    return [
        Bar(line.person_uid, month.name(line.person_uid), line.done[POINTS], line.over[POINTS])
        for line in pool.lines
    ]


class LoadBars(Measured):
    """The bars, those of the cell in the darker green; a dashed line is the mean."""

    def __init__(self, bars: Sequence[Bar], mean: float, here: Sequence[str]) -> None:
        super().__init__()
        self._bars, self._mean, self._here = list(bars), mean, set(here)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = "；".join(f"{bar.name}{bar.points:g}分" for bar in bars)
        self.setAccessibleName(f"本月轻重：{said}；人均{mean:.1f}分")
        self.measure()

    def measure(self) -> None:
        self.setFixedHeight((len(self._bars) + 1) * self._tall())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tall = self._tall()
        names = max((t.wide(bar.name) for bar in self._bars), default=0) + t.M
        words = max((t.wide(_said(bar)) for bar in self._bars), default=0) + t.M
        room = QRect(names, 0, max(20, self.width() - names - words), tall)
        most = max([self._mean, *(bar.points for bar in self._bars)], default=0.0) or 1.0
        for n, bar in enumerate(self._bars):
            top = n * tall
            put(painter, QRect(0, top, names - t.XS, tall), bar.name)
            track = room.translated(0, top).adjusted(0, 5, 0, -5)
            painter.fillRect(track, t.colour(t.PLAIN_BG))
            filled = QRect(track)
            filled.setWidth(round(track.width() * bar.points / most))
            is_far = bar.over > _FAR
            ink = t.SOON if is_far else t.ACCENT if bar.person_uid in self._here else t.BAR
            painter.fillRect(filled, t.colour(ink))
            place = QRect(room.right(), top, words, tall)
            put(painter, place, _said(bar), t.SOON if is_far else t.INK, align=RIGHT)
        x = room.left() + round(room.width() * self._mean / most)
        low = len(self._bars) * tall
        painter.setPen(QPen(t.colour(t.INK), 1, Qt.PenStyle.DashLine))
        painter.drawLine(x, 0, x, low)
        said = f"人均 {self._mean:.1f} 分"
        wide = t.wide(said, "note") + 2
        left = min(max(0, x - wide // 2), self.width() - wide)
        put(painter, QRect(left, low, wide, tall), said, t.SOFT, role="note")

    def _tall(self) -> int:
        return t.line() + 6


def _said(bar: Bar) -> str:
    word = "偏多 " if bar.over > _FAR else ""
    return f"{word}{bar.points:g} 分"
