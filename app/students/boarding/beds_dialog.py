"""The dialog of beds: dormitory, room and bed of every boarder, typed or pasted from a table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.core.errors import UserError
from app.students.boarding.beds import NOWHERE, Place, boarders, places, put_beds
from app.students.lines import Pupil
from app.students.register import StudentRegister
from app.ui import fonts
from app.ui import theme as t
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

_TITLES = ("班级", "姓名", "性别", "宿舍", "室", "床")
_FIRST = 3  # the columns from here on are written in
_HEIGHT_PX = 640


class BedTable(QTableWidget):
    """A line a boarder; lines copied from a spreadsheet are pasted from the chosen cell on."""

    def __init__(self, pupils: list[Pupil], beds: dict[str, Place]) -> None:
        super().__init__(len(pupils), len(_TITLES))
        self.setAccessibleName("床位")
        self.setHorizontalHeaderLabels(_TITLES)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(t.row())
        for row, pupil in enumerate(pupils):
            place = beds.get(pupil.uid, NOWHERE)
            line = (pupil.class_name, pupil.name, pupil.sex or "", *place)
            fonts.meet(line)
            for column, text in enumerate(line):
                cell = QTableWidgetItem(text)
                if column < _FIRST:
                    cell.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(row, column, cell)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if pupils:
            self.setCurrentCell(0, _FIRST)

    def said(self, row: int) -> Place:
        """Return what stands in one line."""
        cells = (self.item(row, column) for column in range(_FIRST, len(_TITLES)))
        return Place(*(cell.text().strip() if cell else "" for cell in cells))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        else:
            super().keyPressEvent(event)

    def _paste(self, text: str) -> None:
        top, left = self.currentRow(), max(self.currentColumn(), _FIRST)
        for down, line in enumerate(text.rstrip("\n").split("\n")):
            for right, word in enumerate(line.rstrip("\r").split("\t")):
                cell = self.item(top + down, left + right)
                if cell is not None:
                    cell.setText(word.strip())
                    fonts.meet((word,))


def open_beds(parent: QWidget, students: StudentRegister, then: Callable[[int], object]) -> Sheet:
    """Let the beds of all boarders be typed; ``then`` hears how many changed."""
    pupils = boarders(students)
    with students.store.read() as session:
        beds = places(session)
    table = BedTable(pupils, beds)
    wrong = label("", tone="late", wrap=True)
    wrong.hide()
    note = (
        "同一个宿舍写一样的名字，如“男生宿舍”“2号楼”；晚点名按宿舍一份，没有写宿舍的按班级。"
        "可以从 Excel 或 WPS 复制几行，点中第一格按 Ctrl+V 粘贴。"
    )

    def save() -> None:
        table.setCurrentCell(-1, -1)  # closes the cell that is being typed in
        try:
            said = {pupil.uid: table.said(row) for row, pupil in enumerate(pupils)}
            typed = {uid: to for uid, to in said.items() if to != beds.get(uid, NOWHERE)}
            changed = put_beds(students, typed, seen=beds)
        except UserError as error:
            wrong.setText(error.what + error.do)
            wrong.show()
            QTimer.singleShot(0, sheet, sheet.fit)
            return
        sheet.accept()
        then(changed)

    foot = (
        label(f"住校 {len(pupils)} 人", "note"),
        None,
        button("保存", "primary", press=save),
        button("取消", press=lambda: sheet.reject()),
    )
    body = vbox(label(note, "note", wrap=True), (table, 1), wrong)
    sheet = Sheet(parent, "宿舍和床位", body, foot, height=_HEIGHT_PX)
    sheet.open()
    table.setFocus()
    return sheet
