"""Finding a pupil or a pupil's receipt: by name, initials, or class and seat; Enter picks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.core.pinyin import search_text, typed_key
from app.letters.lines import ReceiptLine, is_seat
from app.letters.seats_pane import LOOKS
from app.ui import icons
from app.ui import theme as t
from app.ui.widgets import label, vbox

_AT_ONCE, _AT_ONCE_LARGE = 8, 5


class FindPane(QWidget):
    """A search among pupils or their receipts; ``picked`` gives the one that was chosen.

    ``say`` is how one reads in the list, ``tip`` what a click on it does.
    """

    picked = Signal(object)

    def __init__(
        self,
        everybody: Callable[[], Sequence[Any]],
        *,
        say: Callable[[Any], str],
        tip: str = "",
    ) -> None:
        super().__init__()
        self._everybody, self._say, self._tip = everybody, say, tip
        self._lines: list[tuple[str, Any]] | None = None
        self.blank = QLineEdit()
        self.blank.setPlaceholderText("姓名、拼音首字母")
        self.blank.setToolTip("也可以打年级、班和座号，如 3-1-12")
        self.blank.setAccessibleName("按姓名找")
        self.blank.setClearButtonEnabled(True)
        self.blank.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.found = QListWidget()
        self.found.setAccessibleName("找到的学生")
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nobody = label("", "note", wrap=True)
        self.blank.textChanged.connect(lambda _: self._seek())
        self.blank.returnPressed.connect(self._pick_first)
        self.found.itemActivated.connect(self._pick)
        self.found.itemClicked.connect(self._pick)
        self.setLayout(vbox(self.blank, self._nobody, self.found, gap=t.XS))
        self.setFocusProxy(self.blank)
        self._seek()

    def stale(self) -> None:
        """Note that the receipts have changed, so that a search reads them again."""
        self._lines = None
        self._seek()

    def clear(self) -> None:
        """Forget what was sought."""
        self.blank.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the size of type was changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_found"):
            QTimer.singleShot(0, self, self._seek)

    def _seek(self) -> None:
        typed = self.blank.text()
        wanted = typed_key(typed)
        self.found.clear()
        found = (
            [line for text, line in self._index() if wanted in text or is_seat(line, typed)]
            if wanted
            else []
        )
        most = _AT_ONCE_LARGE if t.is_large() else _AT_ONCE
        for line in found[:most]:
            self.found.addItem(self._item(line))
        more = len(found) - most
        said = "没有这名学生的回执。" if wanted and not found else ""
        self._nobody.setText(f"还有 {more} 名，请多打几个字。" if more > 0 else said)
        self._nobody.setVisible(bool(self._nobody.text()))
        self.found.setVisible(bool(found))
        rows = self.found.count()
        tall = self.found.sizeHintForRow(0) if rows else 0
        self.found.setFixedHeight(rows * tall + 2 * self.found.frameWidth() + t.XS)

    def _index(self) -> list[tuple[str, Any]]:
        if self._lines is None:
            self._lines = [(search_text(line.name), line) for line in self._everybody()]
        return self._lines

    def _pick_first(self) -> None:
        if self.found.count() == 1:
            self._pick(self.found.item(0))
        elif self.found.count():
            self.found.setCurrentRow(0)
            self.found.setFocus()

    def _pick(self, item: QListWidgetItem) -> None:
        line = item.data(Qt.ItemDataRole.UserRole)
        self.clear()
        self.picked.emit(line)

    def _item(self, line: Any) -> QListWidgetItem:
        made = QListWidgetItem(self._say(line))
        made.setData(Qt.ItemDataRole.UserRole, line)
        made.setToolTip(self._tip)
        return made


def say_receipt(line: ReceiptLine) -> str:
    """Say whose receipt it is and how it stands."""
    return f"{line.whose}　{LOOKS[line.status][2]}"
