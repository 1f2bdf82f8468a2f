"""The dialog beside the platform's window: copy a cell, type the number it gives, go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.paper import PaperForm
from app.core.values import show
from app.hazards.platform import last_platform, mark_copied
from app.hazards.records import Hazard
from app.hazards.register import HazardRegister
from app.ui import fonts
from app.ui import theme as t
from app.ui.blanks import Sources, make_blank
from app.ui.chain import enter
from app.ui.editor import FieldBox, FormEditor
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, vbox

_OWN = ("#", "is_copied", "platform", "platform_number", "copied_on")  # asked for, not copied out
_PLATFORM = Field("platform", "平台", required=True)
_ON = Field("on", "录入日期", "date", required=True)
_NUMBER = Field("number", "平台编号")
_SIZE_PX = (1240, 640)
_WIDEST_EM = 16
_MOST = 500  # hazards listed at once
_SHARES = (3, 5, 4)  # of a line: platform, day, number
_LOOKED_AT = 200  # rows a column's width is taken from
_KEYS = "方向键选格子，Ctrl+C 复制这一格，Ctrl+Shift+C 复制整行；打平台给的编号按回车，记下到下一条"


class CopyTable(QTableWidget):
    """The hazards to be typed over, in the columns of the copy-sheet."""

    def __init__(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__(len(rows), len(titles))
        self.setAccessibleName("还没有录的隐患")
        self.setHorizontalHeaderLabels(list(titles))
        self.setAlternatingRowColors(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(t.row())
        self.verticalHeader().hide()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(left)
        fonts.meet(text for row in rows for text in row)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = QTableWidgetItem(text.replace("\n", "；"))
                cell.setFlags(flags)
                cell.setToolTip(text)
                self.setItem(number, column, cell)

    def chosen_rows(self) -> list[int]:
        """Return the rows any cell of which is chosen, from the top."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def text_at(self, row: int, column: int) -> str:
        """Return the whole text of a cell."""
        cell = self.item(row, column)
        return cell.toolTip() if cell else ""


class PlatformDialog(Sheet):
    """What is not on the platform yet, in the order and words of the copy-sheet."""

    def __init__(
        self,
        parent: QWidget,
        register: HazardRegister,
        form: PaperForm,
        rows: Sequence[Mapping[str, Any]],
        sources: Sources,
    ) -> None:
        self._register = register
        self._uids = [row["uid"] for row in rows]
        self._numbers = {row["uid"]: row["number"] for row in rows}
        columns = [column for column in form.columns if column.key not in _OWN]
        texts = [[show(row.get(column.key)) for column in columns] for row in rows]
        self._titles = [column.label for column in columns]
        self._table = CopyTable(self._titles, texts)
        self._boxes = {
            field.key: FieldBox(field, make_blank(field, sources))
            for field in (_PLATFORM, _ON, _NUMBER)
        }
        self._boxes["platform"].blank.put(last_platform(register))
        self._boxes["on"].blank.put(register.today())
        self._said = label("", "note", wrap=True)
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._go = button("记下，到下一条", "primary", press=self._mark)
        self._all = button("选中的都已录", press=self._mark_chosen)
        cell = button("复制这一格", press=self.copy_cell)
        row = button("复制整行", press=self.copy_row)
        body = vbox(
            label(_KEYS, "note", wrap=True),
            (self._table, 1),
            self._said,
            hbox(*zip(self._boxes.values(), _SHARES, strict=True), gap=t.M),
            self._message,
        )
        foot = (cell, row, None, self._go, self._all, button("关闭", press=self.reject))
        width, height = _SIZE_PX
        super().__init__(parent, "录入上级平台", body, foot, width=width, height=height)
        QShortcut(QKeySequence.StandardKey.Copy, self._table).activated.connect(self.copy_cell)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self).activated.connect(self.copy_row)
        self._table.itemSelectionChanged.connect(self._count)
        self._measure()
        self._table.setCurrentCell(0, 0)
        first = "number" if self._boxes["platform"].blank.value() else "platform"
        QTimer.singleShot(0, self, lambda: enter(self._boxes[first].blank))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter at the table go to the number, and at the number go on to the next hazard."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.focusWidget() is self._table:
            enter(self._boxes["number"].blank)
            return
        super().keyPressEvent(event)

    def copy_cell(self) -> None:
        """Put the cell that is chosen on the clipboard."""
        row, column = self._table.currentRow(), self._table.currentColumn()
        if row >= 0:
            QApplication.clipboard().setText(self._table.text_at(row, column))
            self.say(f"复制了{self._now()}的“{self._titles[column]}”，到平台上粘贴。")

    def copy_row(self) -> None:
        """Put the whole line on the clipboard, its cells parted by tabs."""
        row = self._table.currentRow()
        if row >= 0:
            texts = [self._table.text_at(row, column) for column in range(len(self._titles))]
            QApplication.clipboard().setText("\t".join(" ".join(x.split("\n")) for x in texts))
            self.say(f"复制了{self._now()}整行，共{len(texts)}栏。")

    def _now(self) -> str:
        row = self._table.currentRow()
        return self._numbers[self._uids[row]] if 0 <= row < len(self._uids) else ""

    def _mark(self) -> None:
        row = self._table.currentRow()
        if row < 0:
            return
        number = self._boxes["number"].blank.value() or ""
        if self._keep({self._uids[row]: number}):
            said = f"，平台编号{number}" if number else "，没有写平台编号"
            self.say(f"{self._now()}已记{said}。")
            self._drop([row])
            enter(self._boxes["number"].blank)

    def _mark_chosen(self) -> None:
        rows = self._table.chosen_rows()
        if self._boxes["number"].blank.value() and len(rows) > 1:
            self._refuse("选了几条，平台编号只能一条一条记。请清空编号，或者只选一条。")
        elif len(rows) == 1:
            self._mark()
        elif self._keep(dict.fromkeys((self._uids[row] for row in rows), "")):
            self.say(f"{len(rows)}条都记了已录，没有写平台编号。")
            self._drop(rows)

    def _keep(self, numbers: Mapping[str, str]) -> bool:
        for box in (self._boxes["platform"], self._boxes["on"]):
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                enter(box.blank)
                return False
        platform, on = (self._boxes[key].blank.value() for key in ("platform", "on"))
        try:
            mark_copied(self._register, numbers, platform=platform, on=on)
        except UserError as error:
            self._refuse("".join(filter(None, (error.what, error.safe, error.do))))
            return False
        self._message.hide()
        return True

    def _drop(self, rows: Sequence[int]) -> None:
        for row in reversed(rows):
            self._table.removeRow(row)
            del self._uids[row]
        self._boxes["number"].blank.put(None)
        if not self._uids:
            self.accept()
            return
        self._table.setCurrentCell(min(rows[0], len(self._uids) - 1), 0)
        self._count()

    def _count(self) -> None:
        number = len(self._table.chosen_rows())
        self._all.setText(f"选中的 {number} 条都已录" if number > 1 else "选中的都已录")
        self._all.setEnabled(number > 0)
        self._boxes["number"].name.setText(
            f"平台编号（{self._now()}）" if self._now() else "平台编号"
        )
        self.setWindowTitle(f"录入上级平台：还有 {len(self._uids)} 条")

    def say(self, text: str) -> None:
        """Say what was done, or what to know, below the list."""
        self._said.setText(text)

    def _refuse(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_table"):
            self._measure()

    def _measure(self) -> None:
        """Make each column as wide as its longest text, within reason."""
        rows = range(min(self._table.rowCount(), _LOOKED_AT))
        for column, title in enumerate(self._titles):
            texts = [title, *(self._table.text_at(row, column) for row in rows)]
            longest = max(t.wide(text) for text in texts)
            self._table.setColumnWidth(column, min(longest, _WIDEST_EM * t.em()) + 2 * t.M)
        self._table.verticalHeader().setDefaultSectionSize(t.row())


def open_platform(
    parent: QWidget,
    register: HazardRegister,
    form: PaperForm,
    rows: Sequence[Mapping[str, Any]],
    sources: Sources,
) -> PlatformDialog:
    """Open the list of what is to be typed into the platform."""
    dialog = PlatformDialog(parent, register, form, rows[:_MOST], sources)
    if len(rows) > _MOST:
        dialog.say(f"还没有录的共 {len(rows)} 条，先列出前 {_MOST} 条。")
    dialog.open()
    return dialog


def open_copied(
    parent: QWidget, register: HazardRegister, hazard: Hazard, sources: Sources
) -> FormEditor:
    """Open the blanks of one hazard's place on the platform."""

    def save(said: dict[str, Any]) -> None:
        numbers = {hazard.uid: said["number"] or ""}
        mark_copied(register, numbers, platform=said["platform"], on=said["on"])

    values = {
        "platform": hazard.platform or last_platform(register),
        "number": hazard.platform_number,
        "on": hazard.copied_on,
    }
    form = Form("hazard_copied", f"已录上级平台 {hazard.number}", (_PLATFORM, _NUMBER, _ON))
    editor = FormEditor(form, save, parent, values, sources=sources)
    editor.open()
    return editor
