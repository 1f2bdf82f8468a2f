"""Choosing the ledger a new one is begun from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.core.forms import Form
from app.core.pinyin import search_text, typed_key
from app.ui.filters import SearchField
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

_HEIGHT_PX = 520
_ID, _FOUND_BY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


def open_copying(parent: QWidget, forms: Sequence[Form], then: Callable[[Form], object]) -> Sheet:
    """Ask which ledger to begin from; ``then`` hears it."""
    listed = _Ledgers(forms)
    search = SearchField("搜索：台账名称、拼音首字母")
    search.textChanged.connect(listed.seek)

    def begin() -> None:
        if (form := listed.chosen()) is not None:
            sheet.accept()
            then(form)

    listed.taken = begin
    listed.itemDoubleClicked.connect(lambda _: begin())
    told = label("选一本，新台账先有它的空，再改成要的样子；原来那本不变。", "note", wrap=True)
    foot = (
        None,
        button("照它另立一本", "primary", press=begin),
        button("取消", press=lambda: sheet.reject()),
    )
    sheet = Sheet(
        parent, "照一本现有的台账", vbox(told, search, (listed, 1)), foot, height=_HEIGHT_PX
    )
    search.setFocus()
    sheet.open()
    return sheet


class _Ledgers(QListWidget):
    """The ledgers by group, those found in sight."""

    def __init__(self, forms: Sequence[Form]) -> None:
        super().__init__()
        self._forms = {form.id: form for form in forms}
        self.taken: Callable[[], object] = lambda: None
        self.setAccessibleName("现有的台账")
        for form in forms:
            item = QListWidgetItem(f"{form.title}　{form.group} · {len(form.fields)}个空")
            item.setData(_ID, form.id)
            item.setData(_FOUND_BY, f"{search_text(form.title)} {search_text(form.group)}")
            self.addItem(item)
        self.setCurrentRow(0)

    def chosen(self) -> Form | None:
        """Return the ledger that is chosen and in sight."""
        item = self.currentItem()
        return None if item is None or item.isHidden() else self._forms[item.data(_ID)]

    def seek(self, typed: str) -> None:
        """Keep in sight what is found, and choose the first of it."""
        words = [typed_key(word) for word in typed.split()]
        items = [self.item(row) for row in range(self.count())]
        for item in items:
            item.setHidden(not all(word in item.data(_FOUND_BY) for word in words))
        found = [item for item in items if not item.isHidden()]
        if found and (self.currentItem() is None or self.currentItem().isHidden()):
            self.setCurrentItem(found[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken()
        else:
            super().keyPressEvent(event)
