"""A row that breaks into more rows when the window is too narrow for it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from app.ui import theme as t


class Flow(QLayout):
    """Parts from the left and a tail from the right; the tail takes its own row if it must.

    ``gap`` stands between parts, and between rows too where ``lines`` names no other;
    ``tail_gap`` between the parts of the tail, where it is not the usual one.
    """

    def __init__(
        self,
        *parts: QWidget,
        tail: tuple[QWidget, ...] = (),
        gap: int = t.S,
        tail_gap: int | None = None,
        lines: int | None = None,
    ) -> None:
        super().__init__()
        self._tail_gap = gap if tail_gap is None else tail_gap
        self._between = gap if lines is None else lines
        self._items: list[QLayoutItem] = []
        self._tail = 0
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for part in (*parts, *tail):
            self.addWidget(part)
        self._tail = len(tail)

    def insert(self, place: int, part: QWidget) -> None:
        """Put a part at this place."""
        self.addWidget(part)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, is_real=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(s.width() for s in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((s.height() for s in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0)
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            gap = self._gap(rows[-1], item)
            if rows[-1] and used + gap + wanted > width:
                rows.append([])
                used = gap = 0
            used += wanted + gap
            rows[-1].append(item)
        return rows

    def _gap(self, before: list[QLayoutItem], item: QLayoutItem) -> int:
        if not before:
            return 0
        tail = self._items[len(self._items) - self._tail :]
        return self._tail_gap if before[-1] in tail else self.spacing()

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        tail = self._items[len(self._items) - self._tail :]
        top = rect.top()
        for row in self._rows(rect.width()):
            tall = max((item.sizeHint().height() for item in row), default=0)
            left = rect.left()
            free = rect.width() - sum(i.sizeHint().width() for i in row)
            free -= sum(self._gap(row[:n], item) for n, item in enumerate(row))
            for n, item in enumerate(row):
                left += self._gap(row[:n], item)
                if item in tail and (n == 0 or row[n - 1] not in tail):
                    left += max(0, free)
                size = item.sizeHint().boundedTo(QSize(rect.width(), tall))
                if is_real:
                    item.setGeometry(
                        QRect(left, top + (tall - size.height()) // 2, size.width(), size.height())
                    )
                left += size.width()
            top += tall + self._between
        return top - self._between - rect.top()
