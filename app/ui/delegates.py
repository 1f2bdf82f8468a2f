"""How the cells of a table are painted, one delegate for each kind of column."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.core.values import show
from app.ui import theme as t
from app.ui.paint import LEFT, draw_shape, pill, put, tint

Index = QModelIndex | QPersistentModelIndex
VALUE = Qt.ItemDataRole.UserRole + 1  # what stands in the cell, as the page gave it
ALIGN = Qt.ItemDataRole.UserRole + 2
OPENED = Qt.ItemDataRole.UserRole + 3  # whether sealed cells may be read
HIDDEN = "●●●"


class TextDelegate(QStyledItemDelegate):
    """A text on the ground of every cell: zebra, the selection with its bar, 8 px at both sides."""

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        is_picked = bool(option.state & QStyle.StateFlag.State_Selected)
        p.fillRect(rect, t.colour(t.PICK if is_picked else t.ZEBRA if index.row() % 2 else t.PAPER))
        if is_picked and rect.left() <= 0:
            p.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), t.colour(t.ACCENT))
        self.content(p, rect.adjusted(t.S, 0, -t.S, 0), index.data(VALUE), index)

    def content(self, p: QPainter, r: QRect, value: Any, index: Index) -> None:
        """Paint what stands in the cell."""
        put(p, r, show(value), align=index.data(ALIGN) or LEFT)


class NoteDelegate(TextDelegate):
    """Numbers and dates that matter less: second ink."""

    def content(self, p: QPainter, r: QRect, value: Any, index: Index) -> None:
        put(p, r, show(value), t.SOFT, align=index.data(ALIGN) or LEFT)


class StatusDelegate(TextDelegate):
    """A status as word, colour and shape."""

    def content(self, p: QPainter, r: QRect, value: Any, _index: Index) -> None:
        if value:
            word, shape, tone = value
            pill(p, r, word, shape, tone=tone)


class MarkDelegate(TextDelegate):
    """A grade: shape and word without a tint, so that two pills never stand in one line."""

    def content(self, p: QPainter, r: QRect, value: Any, _index: Index) -> None:
        if not value:
            return
        word, shape, tone = value
        side, ink = t.em() * 0.74, t.INK if tone == "plain" else t.TONES[tone][0]
        middle = r.center().y() - side / 2 + 0.5
        draw_shape(p, QRectF(r.left(), middle, side, side), shape, ink)
        put(p, r.adjusted(round(side) + 6, 0, 0, 0), word, ink)


class TwoDelegate(TextDelegate):
    """Where, then what: side by side in a low row, below one another in a tall one."""

    def content(self, p: QPainter, r: QRect, value: Any, _index: Index) -> None:
        where, what = (show(part) for part in value or ("", ""))
        if not what:
            put(p, r, where)
            return
        if r.height() >= t.line() + t.line("note"):
            half = r.height() // 2
            put(p, QRect(r.left(), r.top() + 4, r.width(), half - 4), where)
            low = QRect(r.left(), r.top() + half, r.width(), half - 4)
            put(p, low, what, t.SOFT, role="note")
            return
        first = _share_of(where, what, r.width())
        put(p, QRect(r.left(), r.top(), first - t.S, r.height()), where)
        put(p, r.adjusted(first, 0, 0, 0), what, t.SOFT)


class SealedDelegate(TextDelegate):
    """Reads ●●● on violet until the eye is pressed, also when empty: 无 would tell too."""

    def content(self, p: QPainter, r: QRect, value: Any, index: Index) -> None:
        is_open = bool(index.data(OPENED))
        text, role = (show(value) or "无", "body") if is_open else (HIDDEN, "note")
        wanted = t.wide(text, role) + 16
        tall = t.line("note") + 2
        body = QRectF(r.left(), r.center().y() - tall / 2 + 0.5, min(wanted, r.width()), tall)
        tint(p, body, t.SEAL_BG)
        put(p, body.adjusted(8, 0, -6, 0), text, t.SEAL, role=role)


def _share_of(where: str, what: str, width: int) -> int:
    """Return how much of a line is for the first words; a short ending leaves them more."""
    usual = min(t.wide("教学楼二楼东楼梯口") + t.M, round(width * 0.44))
    free = width - t.wide(what) - t.S
    return max(usual, min(t.wide(where) + t.M, free))


DELEGATES: dict[str, type[TextDelegate]] = {
    "text": TextDelegate,
    "note": NoteDelegate,
    "status": StatusDelegate,
    "mark": MarkDelegate,
    "two": TwoDelegate,
    "sealed": SealedDelegate,
}
