"""The headings of a binder on the screen: ticked, moved, renamed; each with its last page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from app.handover.binder.rules import Entry, Group
from app.ui import theme as t

_TITLE, _LINES, _PAGE, _SAID = range(4)
_ID = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class HeadingTree(QTreeWidget):
    """Shows the headings; ``arranged`` tells when a person has changed something of them."""

    arranged = Signal()

    def __init__(self, *, may: bool) -> None:
        super().__init__()
        self._may, self._is_filling = may, False
        self._groups: list[Group] = []
        self.setAccessibleName("目录")
        self.setHeaderLabels(["目录", "条数", "页号", "说明"])
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        edits = QAbstractItemView.EditTrigger
        self.setEditTriggers(edits.EditKeyPressed if may else edits.NoEditTriggers)
        header, modes = self.header(), QHeaderView.ResizeMode
        header.setStretchLastSection(False)
        for column, mode in enumerate((modes.Stretch, modes.Fixed, modes.Fixed, modes.Stretch)):
            header.setSectionResizeMode(column, mode)
        for column in (_LINES, _PAGE):
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignCenter)
        self._measure()
        self.itemChanged.connect(self._take)

    def show_groups(
        self, groups: Sequence[Group], parts: Mapping[str, Mapping[str, Any]],
        say: Callable[[Entry], str],
    ) -> None:  # fmt: skip
        """Show these headings; ``parts`` is what the last binder held, ``say`` what a paper is."""
        shut = {one.data(_TITLE, _ID) for one in self._tops() if not one.isExpanded()}
        chosen = self._chosen_key()
        self._is_filling = True
        self._groups = list(groups)
        self.clear()
        for group in groups:
            top = self._item(group.id, group.title, group.is_on, parts.get(group.id), "")
            for column in range(self.columnCount()):
                top.setBackground(column, t.colour(t.GROUND))
            top.setForeground(_TITLE, t.colour(t.ACCENT_DARK))
            self.addTopLevelItem(top)
            for entry in group.entries:
                key = f"{group.id}.{entry.id}"
                top.addChild(self._item(key, entry.title, entry.is_on, parts.get(key), say(entry)))
            top.setExpanded(group.id not in shut)
        self._choose(chosen or (groups[0].id if groups else ""))
        self._is_filling = False

    def shift(self, by: int) -> None:
        """Move the chosen heading or paper up or down among its own."""
        item = self.currentItem()
        if item is None:
            return
        top = item.parent()
        if top is None:
            self._groups = _moved(self._groups, self.indexOfTopLevelItem(item), by)
        else:
            at = self.indexOfTopLevelItem(top)
            group = self._groups[at]
            entries = tuple(_moved(group.entries, top.indexOfChild(item), by))
            self._groups[at] = replace(group, entries=entries)
        self.arranged.emit()

    def rename(self) -> None:
        """Let the name of the chosen line be typed in its place."""
        item = self.currentItem()
        if item is not None:
            self.setFocus()
            self.editItem(item, _TITLE)

    def groups(self) -> list[Group]:
        """Return the headings as they stand on the screen."""
        return self._groups

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        is_moving = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if self._may and is_moving and event.key() in steps:
            self.shift(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_groups"):
            self._measure()

    def _measure(self) -> None:
        """Give the numbers the room they need in the size worn now; words share the rest."""
        for column in (_LINES, _PAGE):
            self.setColumnWidth(column, 6 * t.em())

    def _item(
        self, key: str, title: str, is_on: bool, part: Mapping[str, Any] | None, said: str
    ) -> QTreeWidgetItem:
        lines = str(part["lines"] or "无") if part else ""
        page = str(part["page"] or "—") if part else ""
        why = part["why"] if part else ""
        item = QTreeWidgetItem([title, lines, page, "；".join(filter(None, (why, said)))])
        item.setData(_TITLE, _ID, key)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._may:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags)
        item.setCheckState(_TITLE, _ON if is_on else _OFF)
        for column in (_LINES, _PAGE):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignCenter)
        return item

    def _take(self, item: QTreeWidgetItem, column: int) -> None:
        if self._is_filling or column != _TITLE:
            return
        is_on, title = item.checkState(_TITLE) == _ON, item.text(_TITLE).strip()
        top = item.parent() or item
        at = self.indexOfTopLevelItem(top)
        group = self._groups[at]
        if item is top:
            self._groups[at] = replace(group, title=title, is_on=is_on)
        else:
            n = top.indexOfChild(item)
            entries = list(group.entries)
            entries[n] = replace(entries[n], title=title, is_on=is_on)
            self._groups[at] = replace(group, entries=tuple(entries))
        self.arranged.emit()

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(n) for n in range(self.topLevelItemCount()))
        return [one for one in found if one is not None]

    def _chosen_key(self) -> str:
        item = self.currentItem()
        return str(item.data(_TITLE, _ID)) if item is not None else ""

    def _choose(self, key: str) -> None:
        for top in self._tops():
            for item in (top, *(top.child(n) for n in range(top.childCount()))):
                if item is not None and item.data(_TITLE, _ID) == key:
                    self.setCurrentItem(item)
                    return


def _moved(things: Sequence[Any], at: int, by: int) -> list[Any]:
    found = list(things)
    to = min(max(at + by, 0), len(found) - 1)
    found.insert(to, found.pop(at))
    return found
