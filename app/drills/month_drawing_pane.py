"""How the month grid is painted: the head, the weeks, a day, a drill."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from app.calendar import DayKind
from app.drills.month import WAITING, GridDay, GridDrill
from app.drills.words import LOOKS, WEEKDAYS
from app.ui import icons
from app.ui import theme as t
from app.ui.paint import draw_shape, put

_CENTRE = Qt.AlignmentFlag.AlignCenter
_HATCH = "#DCC58E"
_GROUNDS = {
    DayKind.HOLIDAY: t.DONE_BG,
    DayKind.REST: t.GROUND,
    DayKind.VACATION: t.GROUND,
    DayKind.FARM: t.GROUND,
    DayKind.EXAM: t.BLUE_BG,
    DayKind.EVENT: t.BLUE_BG,
}
_TAGS = {
    "休": t.DONE,
    "班": t.LATE,
    "考试": t.BLUE,
    "活动": t.BLUE,
    "农忙": t.SOFT,
    "假": t.SOFT,
    WAITING: t.SOON,
}


def head(painter: QPainter, place: QRect, week_wide: int) -> None:
    """Write the days of the week above the columns."""
    painter.fillRect(place, t.colour(t.GROUND))
    wide = place.width() - week_wide
    for n, name in enumerate(WEEKDAYS):
        left, right = week_wide + wide * n // 7, week_wide + wide * (n + 1) // 7
        spot = QRect(left, place.top(), right - left, place.height())
        put(painter, spot, f"星期{name}", t.SOFT, role="note", align=_CENTRE)


def week(painter: QPainter, place: QRect, number: int | None) -> None:
    """Write the number of a week beside it."""
    painter.fillRect(place, t.colour(t.GROUND))
    _edges(painter, place)
    put(painter, place, f"第{number}周" if number else "假期", t.SOFT, role="note", align=_CENTRE)


def cell(painter: QPainter, place: QRect, day: GridDay, *, is_today: bool) -> None:
    """Paint one day: its ground, its number, the lunar day, the tag, and what it is called."""
    painter.fillRect(place, t.colour(_GROUNDS.get(day.kind, t.PAPER)))
    if day.is_hatched:
        painter.fillRect(place, QBrush(t.colour(_HATCH), Qt.BrushStyle.BDiagPattern))
    _edges(painter, place)
    line = QRect(place.left() + t.XS + 2, place.top() + 2, place.width() - 2 * t.XS, _first())
    number = t.wide(day.number, _role())
    if is_today:
        tint = QRect(line.left() - 3, line.top(), number + 6, line.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour(t.ACCENT))
        painter.drawRoundedRect(tint, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    ink = t.PAPER if is_today else t.INK if day.is_inside else t.FAINT
    put(painter, line.adjusted(0, 0, t.M, 0), day.number, ink, role=_role())
    left = _tag(painter, line, day) if day.tag else line.right()
    room = QRect(line.left() + number + t.S, line.top(), 0, line.height())
    room.setRight(left - 2)
    if t.wide(day.lunar, "note") <= room.width():
        put(painter, room, day.lunar, t.SOFT if day.is_inside else t.FAINT, role="note")
    _note(painter, place, day)


def head_tall(day: GridDay, place: QRect, drills: int) -> int:
    """Return where the drills of a day begin: below its note if there is room for both."""
    first = _first() + 2
    note = _note_tall() if day.theme or day.note else 0
    chip = chip_tall() + 2
    return first + note if first + note + chip * drills <= place.height() else first


def chip(
    painter: QPainter, place: QRect, drill: GridDrill, *, fades: bool, is_chosen: bool
) -> None:
    """Paint a drill: state by shape, word and colour."""
    shape, tone = LOOKS[drill.state]
    ink, ground = t.TONES[tone]
    if fades:
        ink, ground = t.FAINT, t.PAPER
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(t.colour(ink if not fades else t.LINE), 2 if is_chosen else 1))
    painter.setBrush(t.colour(ground))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()
    side = t.em() * 0.68
    middle = place.center().y() + 0.5
    draw_shape(painter, QRectF(place.left() + 5, middle - side / 2, side, side), shape, ink)
    words = place.adjusted(round(side) + 9, 0, -3, 0)
    for name, is_shown in (("pin", drill.is_locked), ("info", bool(drill.doubts))):
        if is_shown and t.wide(drill.word, "note") + side + t.XS <= words.width():
            at = QRect(
                words.right() - round(side), round(middle - side / 2), round(side), round(side)
            )
            icons.icon(name, ink).paint(painter, at)
            words.setRight(at.left() - 2)
    _shorten(painter, words, drill.word, ink)


def chip_tall() -> int:
    """Return how high a drill is drawn."""
    return t.line("note") + (0 if t.is_large() else t.XS)


def more(painter: QPainter, place: QRect, count: int) -> None:
    """Say how many drills of a day found no room."""
    tall = t.line("note")
    spot = QRect(place.left() + t.S, place.bottom() - tall, place.width() - t.M, tall)
    put(painter, spot, f"还有{count}次", t.SOFT, role="note")


def _role() -> str:
    """Return the type of a day's number; at 特大 it stands back, so that the drills find room."""
    return "body" if t.is_large() else "h2"


def _first() -> int:
    return t.line(_role())


def _note_tall() -> int:
    return t.line("note")


def _edges(painter: QPainter, place: QRect) -> None:
    painter.setPen(QPen(t.colour(t.LINE), 1))
    painter.drawLine(place.topLeft(), place.topRight())
    painter.drawLine(place.topRight(), place.bottomRight())


def _tag(painter: QPainter, line: QRect, day: GridDay) -> int:
    ink = _TAGS[day.tag]
    wide = t.wide(day.tag, "note") + t.S
    box = QRect(line.right() - wide, line.top() + 1, wide, line.height() - 3)
    painter.setPen(QPen(t.colour(ink), 1))
    painter.setBrush(t.colour(t.SOON_BG if day.tag == WAITING else t.PAPER))
    painter.drawRoundedRect(box, 3, 3)
    put(painter, box, day.tag, ink, role="note", align=_CENTRE)
    return box.left()


def _note(painter: QPainter, place: QRect, day: GridDay) -> None:
    words = day.theme or day.note
    top = place.top() + 2 + _first()
    if not words or top + _note_tall() > place.bottom():
        return
    spot = QRect(place.left() + t.XS + 2, top, place.width() - t.S, _note_tall())
    _shorten(painter, spot, words, t.ACCENT_DARK if day.theme else t.SOFT)


def _shorten(painter: QPainter, place: QRect, words: str, ink: str) -> None:
    """Write in small letters; a word that is too long ends in dots, the whole is in the tip."""
    painter.setFont(t.font("note"))
    painter.setPen(t.colour(ink))
    shown = t.metrics("note").elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
