"""The blanks of a ledger being changed: chosen, dragged into order, put away and taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.core.forms import Field, Form
from app.ledgers.wording import KIND_WORDS
from app.ui import theme as t

_KEY, _TOLD, _AWAY = (Qt.ItemDataRole.UserRole + n for n in range(3))


class BlankList(QListWidget):
    """One line a blank, in the order of the sheet; those put away stand last.

    Alt+↑ and Alt+↓ move the chosen one, Del puts it away, Enter takes it back.
    """

    def __init__(
        self,
        *,
        chosen: Callable[[str], object],
        ordered: Callable[[list[str]], object],
        moved: Callable[[int], object],
        away: Callable[[], object],
    ) -> None:
        """``chosen`` hears the key of a blank, ``ordered`` all keys after a drag."""
        super().__init__()
        self._chosen, self._ordered, self._moved, self._put = chosen, ordered, moved, away
        self.setAccessibleName("台账的空")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_TwoLines(self))
        self.currentItemChanged.connect(self._say)

    def show_form(self, form: Form, chosen: str) -> None:
        """List the blanks of a form with one of them chosen."""
        self.blockSignals(True)
        at = self.verticalScrollBar().value()
        self.clear()
        for field in form.every:
            item = self._item(field, is_away=field in form.hidden)
            self.addItem(item)
            if field.key == chosen:
                self.setCurrentItem(item)
        self.verticalScrollBar().setValue(at)
        if (item := self.currentItem()) is not None:
            self.scrollToItem(item)
        self.blockSignals(False)

    def labels(self) -> list[str]:
        """Return what the lines say, in their order."""
        return [self.item(row).text() for row in range(self.count())]

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.dropped()

    def dropped(self) -> None:
        """Tell the order the lines stand in after a drag; what is put away stays last."""
        items = [self.item(row) for row in range(self.count())]
        self._ordered([item.data(_KEY) for item in items if not item.data(_AWAY)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        steps: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if is_alt and key in steps:
            self._moved(steps[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.currentItem()
            if item is not None and bool(item.data(_AWAY)) is (key != Qt.Key.Key_Delete):
                self._put()
        else:
            super().keyPressEvent(event)

    def _say(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._chosen(item.data(_KEY))

    def _item(self, field: Field, *, is_away: bool) -> QListWidgetItem:
        item = QListWidgetItem(field.label)
        told = told_of(field, is_away=is_away)
        item.setData(_KEY, field.key)
        item.setData(_TOLD, told)
        item.setData(_AWAY, is_away)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{field.label}，{told}")
        if is_away:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
        return item


class _TwoLines(QStyledItemDelegate):
    """Draws a blank's label, and below it in small letters what it is."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(t.em() * 6, t.line() + t.line("note") + t.S)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        shown: object = drawn
        place: QRect = shown.rect  # type: ignore[attr-defined]
        state = shown.state  # type: ignore[attr-defined]
        is_on = bool(state & state.State_Selected)
        painter.fillRect(place, t.colour(t.PICK if is_on else t.PAPER))
        is_away = bool(index.data(_AWAY))
        inside = place.adjusted(t.S, t.XS, -t.S, -t.XS)
        for text, role, ink in (
            (index.data(), "body", t.SOFT if is_away else t.INK),
            (index.data(_TOLD), "note", t.SOFT),
        ):
            painter.setFont(t.font(role))
            painter.setPen(t.colour(ink))
            cut = t.metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside.left(), inside.top() + t.metrics(role).ascent(), cut)
            inside.setTop(inside.top() + t.line(role))
        painter.setPen(t.colour(t.LINE))
        painter.drawLine(place.bottomLeft(), place.bottomRight())


def told_of(field: Field, *, is_away: bool) -> str:
    """Say in few words what a blank is: 日期 · 必填 · 18毫米."""
    if is_away:
        return f"已收起 · {KIND_WORDS[field.kind]}"
    words = [KIND_WORDS[field.kind]]
    if field.follows:
        words.append("自动算出")
    elif field.required:
        words.append("必填")
    if field.expires_days:
        words.append("到期提醒")
    words.append(f"{field.width}毫米" if field.width and field.kind != "photo" else "不印")
    return " · ".join(words)
