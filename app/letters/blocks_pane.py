"""The blocks of a letter being worded: a list in their order, and the words of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QListWidget, QListWidgetItem, QWidget

from app.letters.letterforms import LetterBlock
from app.letters.wording import new_key
from app.ui import theme as t
from app.ui.text_blanks import LineBlank, LongBlank
from app.ui.widgets import button, hbox, label, vbox

_ROWS, _LINES = 6, 6  # blocks in sight, lines of the chosen one
_WIDE_EMS = 34  # from this width on the words stand beside the list
_NAMED = 14  # characters of its text that name a block without a title


class BlocksPane(QWidget):
    """The blocks: tick, move, add, take away, word; ``changed`` hears of each change."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self._blocks: list[dict[str, Any]] = []
        self._is_filling = False
        self._list = QListWidget()
        self._list.setAccessibleName("段落（打勾的平时都发）")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head, self._text = LineBlank(), LongBlank()
        self._title = LineBlank()
        self._items = QCheckBox("一行一条，自动编上 1. 2. 3.")
        self._up = button("上移", "quiet", press=lambda: self._move(-1))
        self._down = button("下移", "quiet", press=lambda: self._move(1))
        self._gone = button("去掉", "quiet", press=self._remove)
        self._lay_out()
        self._list.currentRowChanged.connect(lambda _: self._show())
        self._list.itemChanged.connect(self._tick)
        for blank in (self._head, self._text, self._title):
            blank.edited.connect(self._type)
        self._items.toggled.connect(lambda _: self._type())

    def put(self, blocks: Sequence[Mapping[str, Any]]) -> None:
        """Show these blocks, the first chosen."""
        self._blocks = [dict(block) for block in blocks]
        self._list_all(0)

    def take(self, blocks: Sequence[LetterBlock]) -> None:
        """Show blocks that were pasted, in place of all."""
        self.put([asdict(block) | {"title": ""} for block in blocks])

    def blocks(self) -> list[dict[str, Any]]:
        """Return the blocks as they stand."""
        return [dict(block) for block in self._blocks]

    def measure(self) -> None:
        """Take the room this size of type asks for; the words stand beside the list if they can."""
        self._list.setMinimumHeight(t.line() * _ROWS + _ROWS * t.S)
        self._text.setFixedHeight(t.line() * _LINES + t.M)
        is_wide = self.width() >= _WIDE_EMS * t.em()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if is_wide else down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words beside the list or below it."""
        super().resizeEvent(event)
        self.measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the size of type was changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_columns"):
            self.measure()

    # --- within ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        name = label("段落（打勾的平时都发）")
        name.setBuddy(self._list)
        moves = hbox(
            button("加一段", "quiet", "plus", press=self._add),
            self._up,
            self._down,
            self._gone,
            None,
            gap=t.XS,
        )
        blanks: list[QWidget] = []
        for text, blank in (
            ("小标题（可以不写）", self._head),
            ("这一段的正文", self._text),
            ("勾选时怎么称呼这一段（可以不写）", self._title),
        ):
            said = label(text)
            said.setBuddy(blank)
            blank.setAccessibleName(text)
            blanks += [said, blank]
        blanks.insert(4, self._items)
        listed, words = QWidget(), QWidget()
        listed.setLayout(vbox(name, (self._list, 1), moves, gap=t.XS))
        words.setLayout(vbox(*blanks, None, gap=t.XS))
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(listed, 2)
        self._columns.addWidget(words, 3)
        self.setLayout(self._columns)
        self.measure()

    def _list_all(self, row: int) -> None:
        self._is_filling = True
        self._list.clear()
        for block in self._blocks:
            item = QListWidgetItem(_called(block))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = block.get("default", True)
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._is_filling = False
        self._list.setCurrentRow(max(0, min(row, len(self._blocks) - 1)))
        self._show()

    def _block(self) -> dict[str, Any] | None:
        row = self._list.currentRow()
        return self._blocks[row] if 0 <= row < len(self._blocks) else None

    def _show(self) -> None:
        block, row = self._block(), self._list.currentRow()
        self._is_filling = True
        said = block or {}
        self._head.put(said.get("head", ""))
        self._text.put(said.get("text", "").strip())
        self._title.put(said.get("title", ""))
        self._items.setChecked(said.get("kind") == "item")
        self._is_filling = False
        for part in (self._head, self._text, self._title, self._items, self._gone):
            part.setEnabled(block is not None)
        self._up.setEnabled(block is not None and row > 0)
        self._down.setEnabled(block is not None and row < len(self._blocks) - 1)

    def _type(self) -> None:
        block = self._block()
        if self._is_filling or block is None:
            return
        block["head"] = self._head.text().strip()
        block["text"] = self._text.toPlainText().strip()
        block["title"] = self._title.text().strip()
        block["kind"] = "item" if self._items.isChecked() else "para"
        self._is_filling = True
        self._list.currentItem().setText(_called(block))
        self._is_filling = False
        self._changed()

    def _tick(self, item: QListWidgetItem) -> None:
        if not self._is_filling:
            self._blocks[self._list.row(item)]["default"] = (
                item.checkState() is Qt.CheckState.Checked
            )
            self._changed()

    def _move(self, by: int) -> None:
        row = self._list.currentRow()
        self._blocks.insert(row + by, self._blocks.pop(row))
        self._list_all(row + by)
        self._changed()

    def _add(self) -> None:
        """Put a block of the school's own below the chosen one."""
        row = self._list.currentRow() + 1
        block = LetterBlock(new_key(self._blocks), "")
        self._blocks.insert(row, asdict(block))
        self._list_all(row)
        self._text.setFocus()

    def _remove(self) -> None:
        row = self._list.currentRow()
        del self._blocks[row]
        self._list_all(row)
        self._changed()


def _called(block: Mapping[str, Any]) -> str:
    text = " ".join(str(block.get("text", "")).split())
    return str(block.get("title") or block.get("head") or text[:_NAMED] or "（新的一段，还没有写）")
