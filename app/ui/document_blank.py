"""A blank that takes one PDF: chosen from a file, kept with the record, opened to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.files import DOCUMENTS, choose_file
from app.ui.widgets import button, hbox, label


class Document(NamedTuple):
    """A file by its name; ``data`` are its bytes where it was chosen just now."""

    name: str
    data: bytes | None = None


class DocumentBlank(QWidget):
    """One PDF: its name, a button to choose another, a button to take it out."""

    edited = Signal()

    def __init__(self, *, most_bytes: int, read: Callable[[], object] | None = None) -> None:
        """``read`` opens what is kept already."""
        super().__init__()
        self._most = most_bytes
        self._value: Document | None = None
        self._why: str | None = None
        self._name = label("", wrap=True)
        self._choose = button("选PDF文件", icon="import", press=self._ask)
        self._out = button("不附了", "link", press=lambda: self.put(None))
        self._read = button("打开看", "link", press=read)
        self._has_reader = read is not None
        self.setFocusProxy(self._choose)
        self.setLayout(hbox(self._choose, (self._name, 1), self._read, self._out))
        self._show()

    def value(self) -> Any:
        return self._value

    def put(self, value: Any) -> None:
        self._value, self._why = value, None
        self._show()
        self.edited.emit()

    def fault(self) -> str | None:
        return self._why

    def take(self, path: Path) -> None:
        """Take a file, or say why it cannot be taken."""
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= self._most else b""
        except OSError:
            self._refuse(f"“{path.name}”读不出来，请看看它是否还在、是否正被别的程序打开")
            return
        if size > self._most:
            most = self._most // 2**20
            self._refuse(f"“{path.name}”有{size / 2**20:.0f} MB，太大了，最多{most} MB")
        elif not data.startswith(b"%PDF-"):
            self._refuse(f"“{path.name}”不是PDF文件，请先另存为PDF")
        else:
            self.put(Document(path.name, data))

    def _ask(self) -> None:
        choose_file(self, "选正文的PDF", DOCUMENTS, self.take)

    def _refuse(self, why: str) -> None:
        self._value, self._why = None, why
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        kept = self._value
        words = self._why or (kept.name if kept else "还没有附PDF，也可以不附")
        self._name.setText(words)
        self._out.setVisible(kept is not None)
        self._read.setVisible(self._has_reader and kept is not None and kept.data is None)
