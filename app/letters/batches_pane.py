"""The batches of letters and the classes of one batch, each with how much came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.letters.lines import BatchLine, ClassLine
from app.ui import theme as t
from app.ui.paint import RIGHT, draw_shape, put

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1
_BAR_PX = 6


class LineModel(QAbstractListModel):
    """Lines one below the other; ``say`` is what a line reads as for those who cannot see it."""

    def __init__(self, say: Callable[[Any], str], parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self._lines: Sequence[Any] = ()

    def show(self, lines: Sequence[Any]) -> None:
        """Replace every line."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def lines(self) -> Sequence[Any]:
        """Return the lines."""
        return self._lines

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the line itself, or what it reads as."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        if role == LINE:
            return self._lines[index.row()]
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._say(self._lines[index.row()])
        return None


class LineView(QListView):
    """A list of lines, one chosen; what a gun types into it is passed on by ``typed``."""

    chosen = Signal()
    typed = Signal(str)

    def __init__(self, say: Callable[[Any], str], delegate: type[QStyledItemDelegate]) -> None:
        super().__init__()
        self.lines = LineModel(say, self)
        self.setModel(self.lines)
        self.setItemDelegate(delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())

    def put(self, lines: Sequence[Any], key: Callable[[Any], str], wanted: str) -> None:
        """Show these lines and choose the wanted one, else the first."""
        self.selectionModel().blockSignals(True)
        self.lines.show(lines)
        row = next((n for n, line in enumerate(lines) if key(line) == wanted), 0)
        self.setCurrentIndex(self.lines.index(row, 0))
        self.selectionModel().blockSignals(False)
        self.viewport().update()
        QTimer.singleShot(0, self, self._come_into_sight)

    def line(self) -> Any:
        """Return the chosen line, None in an empty list."""
        return self.currentIndex().data(LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what a gun types, and move with the arrows as ever."""
        if is_code_key(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the size of type was changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
            QTimer.singleShot(0, self, self._come_into_sight)

    def _come_into_sight(self) -> None:
        self.scrollTo(self.currentIndex())


def is_code_key(event: QKeyEvent) -> bool:
    """Say whether a key is a character of a code, as a gun types it."""
    text = event.text()
    plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    free = plain in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return free and len(text) == 1 and text.isascii() and (text.isalnum() or text in ":-")


class BatchDelegate(QStyledItemDelegate):
    """A batch: its title and code, by when, how many are missing, and a bar."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Take two lines of text and a bar."""
        return QSize(t.em() * 8, t.line() + t.line("note") + _BAR_PX + 2 * t.S + 2 * t.XS)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one batch."""
        batch: BatchLine = index.data(LINE)
        rect: QRect = option.rect
        _ground(p, option)
        r = rect.adjusted(t.M, t.S, -t.M, -t.S)
        code = t.wide(batch.code, "note")
        put(p, QRect(r.left(), r.top(), r.width() - code - t.S, t.line()), batch.title)
        put(
            p, QRect(r.right() - code, r.top(), code + 1, t.line()), batch.code, t.SOFT, role="note"
        )
        low = QRect(r.left(), r.top() + t.line() + t.XS // 2, r.width(), t.line("note"))
        word, shape, tone = how_it_stands(batch)
        wide = t.wide(word, "note") + t.em() + t.XS
        put(p, low.adjusted(0, 0, -wide - t.XS, 0), _by_when(batch), t.SOFT, role="note")
        side = t.em() * 0.74
        ink = t.TONES[tone][0]
        left = low.right() - wide + 1
        draw_shape(p, QRectF(left, low.center().y() - side / 2, side, side), shape, ink)
        put(p, QRect(left + t.em(), low.top(), wide, low.height()), word, ink, role="note")
        if batch.has_receipt:
            _bar(p, QRectF(r.left(), r.bottom() - _BAR_PX + 1, r.width(), _BAR_PX), *_done(batch))


class ClassDelegate(QStyledItemDelegate):
    """A class: its name, a bar, and how many of how many."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Take one row."""
        return QSize(t.em() * 8, t.row())

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one class."""
        line: ClassLine = index.data(LINE)
        _ground(p, option)
        r = option.rect.adjusted(t.S, 0, -t.S, 0)
        said = f"{line.returned}/{line.issued}" if line.asks else f"{line.issued}份"
        numbers = max(t.wide("00/00"), t.wide(said)) + 2
        name = min(t.wide(line.name), r.width() - numbers - t.S) + 1
        put(p, QRect(r.left(), r.top(), name, r.height()), line.name)
        is_full = line.asks and line.returned >= line.issued
        put(
            p,
            QRect(r.right() - numbers, r.top(), numbers, r.height()),
            said,
            t.DONE if is_full else t.INK,
            align=RIGHT,
        )
        left = r.left() + max(name, t.wide("三年级2班")) + t.S
        room = QRectF(left, r.center().y() - 3, r.right() - numbers - t.S - left, _BAR_PX + 1)
        if line.asks and room.width() > 2 * t.em():
            _bar(p, room, line.returned, line.issued)


def how_it_stands(batch: BatchLine) -> tuple[str, str, str]:
    """Return in a word, a shape and a tone how it stands with a batch."""
    if not batch.has_receipt:
        return "不用交回执", "hold", "plain"
    if batch.missing:
        return f"差 {batch.missing} 份", "soon", "soon"
    return "已收齐", "done", "done"


def say_batch(batch: BatchLine) -> str:
    """Say a batch in a line of text."""
    return f"{batch.title}（{batch.code}）{_by_when(batch)}，{how_it_stands(batch)[0]}"


def say_class(line: ClassLine) -> str:
    """Say a class in a line of text."""
    if not line.asks:
        return f"{line.name}，发了{line.issued}份，不用交回执"
    return f"{line.name}，收回{line.returned}份，共{line.issued}份"


def batch_list() -> LineView:
    """Return the list of batches."""
    made = LineView(say_batch, BatchDelegate)
    made.setAccessibleName("批次")
    return made


def class_list() -> LineView:
    """Return the list of classes."""
    made = LineView(say_class, ClassDelegate)
    made.setAccessibleName("班级")
    return made


def _by_when(batch: BatchLine) -> str:
    if batch.due_on is not None and batch.missing and batch.has_receipt:
        return f"{batch.due_on.month}月{batch.due_on.day}日前收"
    return f"{batch.issued_on.month}月{batch.issued_on.day}日发"


def _done(batch: BatchLine) -> tuple[int, int]:
    return batch.returned, batch.issued


def _bar(p: QPainter, room: QRectF, done: int, of: int) -> None:
    p.fillRect(room, t.colour(t.PLAIN_BG))
    if of:
        filled = QRectF(room.left(), room.top(), room.width() * done / of, room.height())
        p.fillRect(filled, t.colour(t.DONE if done >= of else t.ACCENT))


def _ground(p: QPainter, option: QStyleOptionViewItem) -> None:
    rect: QRect = option.rect
    is_picked = bool(option.state & QStyle.StateFlag.State_Selected)
    p.fillRect(rect, t.colour(t.PICK if is_picked else t.PAPER))
    if is_picked:
        p.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), t.colour(t.ACCENT))
