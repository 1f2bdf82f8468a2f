"""The sheet of 1-5-30 on the screen: classes down, days across, filled in by single keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDialog, QTableWidget, QTableWidgetItem, QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.meetings.ticks.register import MonthSheet, TickRegister, mark_word
from app.meetings.ticks.rules import MISSED, MOST_MINUTES, Minutes, days_of, month_of, share_of
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.editor import FormEditor
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, vbox

_SIZE_PX = (1220, 620)
_GIVE, _MISS = ("1", " ", "√"), ("0", "x", "X", "×")
_KEYS = "提醒了按回车、1 或空格　没提醒按 0 或 x　清掉按退格　方向键走动；还没有到的日子不能勾"
_READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WEEKDAYS = "一二三四五六日"


class TickGrid(QTableWidget):
    """One cell a class and day; ``pressed`` says what a key means: give, miss, clear."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("1530勾记表")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionsClickable(False)

    def lay(self, classes: list[str], days: list[date]) -> None:
        """Make the cells of these classes and days."""
        self.clear()
        self.setRowCount(len(classes))
        self.setColumnCount(len(days))
        self.setVerticalHeaderLabels(classes)
        heads = [f"{day.day}\n{_WEEKDAYS[day.weekday()]}" for day in days]
        self.setHorizontalHeaderLabels(heads)
        for row in range(len(classes)):
            for column in range(len(days)):
                cell = QTableWidgetItem("")
                cell.setFlags(_READ_ONLY)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, cell)
        self.measure()

    def measure(self) -> None:
        """Give the cells the room their marks need in the size worn now."""
        self.horizontalHeader().setMinimumSectionSize(t.em())
        for column in range(self.columnCount()):
            self.setColumnWidth(column, round(2.4 * t.em()))
        self.horizontalHeader().setFixedHeight(2 * t.line() + t.S)
        for row in range(self.rowCount()):
            self.setRowHeight(row, t.row())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter or event.text() in _GIVE:
            self.pressed.emit("give")
        elif event.text() in _MISS:
            self.pressed.emit("miss")
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.pressed.emit("clear")
        else:
            super().keyPressEvent(event)


class TickDialog(Sheet):
    """The ticks of one month; another month is opened once this one is saved."""

    def __init__(self, parent: QWidget, register: TickRegister) -> None:
        self._register = register
        self._sheet: MonthSheet = register.sheet()
        self._days: list[date] = []
        self._marks: list[dict[date, int]] = []
        self._grid = TickGrid()
        self._title = label("", "h2")
        self._title.setObjectName("month")
        self._count = label("", "note")
        self._message = label("", tone="late", wrap=True)
        self._message.hide()
        back = button("上个月", press=partial(self._turn, -1))
        on = button("下个月", press=partial(self._turn, 1))
        column = button("这天全勾", press=self._give_day)
        column.setToolTip("选中的这一天，还没有勾的班都记提醒了")
        row = button("这班全勾", press=self._give_class)
        row.setToolTip("选中的这个班，到今天还没有勾的日子都记提醒了")
        top = hbox(back, self._title, on, None, column, row)
        body = vbox(top, label(_KEYS, "note", wrap=True), (self._grid, 1), self._message)
        save = button("保存", "primary", press=self._save_and_close)
        foot = (self._count, None, save, button("取消", press=self.reject))
        title = f"{register.minutes().name} 勾记表"
        width, height = _SIZE_PX
        super().__init__(parent, title, body, foot, width=width, height=height)
        self._grid.pressed.connect(self._press)
        self._grid.cellDoubleClicked.connect(lambda *_: self._press("give"))
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)
        self._show_month(self._sheet.month)

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was ticked."""
        if not self._is_changed():
            super().reject()
            return
        ask(
            self,
            "勾的还没有保存，要放弃吗？",
            yes="放弃",
            no="继续勾",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _show_month(self, month: str) -> None:
        self._sheet = self._register.sheet(month)
        self._days = sorted(self._sheet.asked)
        self._marks = [dict(line.marks) for line in self._sheet.lines]
        self._title.setText(f"{month[:4]}年{int(month[5:])}月")
        self._grid.lay([line.class_name for line in self._sheet.lines], self._days)
        for row in range(len(self._marks)):
            for column in range(len(self._days)):
                self._show_cell(row, column)
        self._go_to_first()
        self._say_share()
        if not self._days:
            self._say("这个月没有上课的日子，没有要勾的。")
        elif not self._marks:
            self._say("还没有班级，请先导入学生名册。")
        else:
            self._message.hide()

    def _go_to_first(self) -> None:
        """Begin at the first day that waits, of the first class that waits."""
        today = self._register.today()
        for row, marks in enumerate(self._marks):
            for column, day in enumerate(self._days):
                if day <= today and day not in marks:
                    self._grid.setCurrentCell(row, column)
                    self._grid.setFocus()
                    return
        self._grid.setCurrentCell(0, 0)
        self._grid.setFocus()

    def _press(self, what: str) -> None:
        row, column = self._grid.currentRow(), self._grid.currentColumn()
        if row < 0 or column < 0:
            return
        self._mark(row, column, what)
        self._say_share()
        if what == "clear":
            self._grid.setCurrentCell(row, max(0, column - 1))
            return
        today = self._register.today()
        last = sum(day <= today for day in self._days) - 1
        if column < last:
            self._grid.setCurrentCell(row, column + 1)
        elif row + 1 < len(self._marks):
            self._grid.setCurrentCell(row + 1, 0)

    def _mark(self, row: int, column: int, what: str) -> None:
        day = self._days[column]
        if day > self._register.today():
            self._say(f"{day.month}月{day.day}日还没有到，不能勾。")
            return
        self._message.hide()
        if what == "clear":
            self._marks[row].pop(day, None)
        else:
            self._marks[row][day] = self._sheet.asked[day] if what == "give" else MISSED
        self._show_cell(row, column)

    def _give_day(self) -> None:
        """Tick the chosen day for every class that has no mark there."""
        if not self._days:
            return
        column = max(0, self._grid.currentColumn())
        for row in range(len(self._marks)):
            if self._days[column] not in self._marks[row]:
                self._mark(row, column, "give")
        self._say_share()
        self._grid.setFocus()

    def _give_class(self) -> None:
        """Tick every day up to today that has no mark, for the chosen class."""
        if not self._marks:
            return
        row, today = max(0, self._grid.currentRow()), self._register.today()
        for column, day in enumerate(self._days):
            if day <= today and day not in self._marks[row]:
                self._mark(row, column, "give")
        self._say_share()
        self._grid.setFocus()

    def _show_cell(self, row: int, column: int) -> None:
        day = self._days[column]
        minutes = self._marks[row].get(day)
        cell = self._grid.item(row, column)
        assert cell is not None
        cell.setText(mark_word(minutes) or str(self._sheet.asked[day]))
        tone = t.SOFT if minutes is None else t.LATE if minutes == MISSED else t.DONE
        is_ahead = day > self._register.today()
        cell.setForeground(t.colour(tone))
        cell.setBackground(t.colour(t.GROUND if is_ahead else t.PAPER))
        name = self._sheet.lines[row].class_name
        cell.setToolTip(f"{name}　{day.month}月{day.day}日，应提醒{self._sheet.asked[day]}分钟")

    def _say_share(self) -> None:
        today = self._register.today()
        shares = [share_of(self._days, marks, today) for marks in self._marks]
        given, asked = sum(one.given for one in shares), sum(one.asked for one in shares)
        row = self._grid.currentRow()
        mine = f"{self._sheet.lines[row].class_name} {shares[row].said}　" if row >= 0 else ""
        whole = f"{round(100 * given / asked)}%" if asked else "还没有到日子"
        self._count.setText(f"{mine}全部 {given}/{asked}，{whole}")

    def _turn(self, by: int) -> None:
        """Save, and open the month before or after."""
        if not self._save():
            return
        first, last = days_of(self._sheet.month)
        other = last + timedelta(days=1) if by > 0 else first - timedelta(days=1)
        self._show_month(month_of(other))

    def _is_changed(self) -> bool:
        return any(
            line.marks != marks for line, marks in zip(self._sheet.lines, self._marks, strict=True)
        )

    def _save(self) -> bool:
        if not self._is_changed():
            return True
        lines = zip(self._sheet.lines, self._marks, strict=True)
        changed = {line.class_uid: marks for line, marks in lines if line.marks != marks}
        try:
            self._register.tick(self._sheet.month, changed)
        except UserError as error:
            self._say(error.what + error.do)
            return False
        self._sheet = self._register.sheet(self._sheet.month)
        return True

    def _save_and_close(self) -> None:
        if self._save():
            self.accept()

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()


def open_ticks(parent: QWidget, register: TickRegister) -> TickDialog:
    """Open the sheet of this month."""
    dialog = TickDialog(parent, register)
    dialog.open()
    return dialog


def open_minutes(
    parent: QWidget, register: TickRegister, then: Callable[[], object] = lambda: None
) -> FormEditor:
    """Ask how many minutes the school asks for."""
    words = {
        "daily": "平常每天放学前",
        "weekly": "每周最后一个上课日放学前",
        "holiday": "放假前最后一个上课日",
    }
    fields = tuple(
        Field(key, word, "number", required=True, unit="分钟", width=60, min=0, max=MOST_MINUTES)
        for key, word in words.items()
    )

    def save(said: dict[str, Decimal]) -> None:
        register.set_minutes(Minutes(*(round(said[key]) for key in words)))
        then()

    values = {key: Decimal(part) for key, part in register.minutes()._asdict().items()}
    form = Form("minutes", "每天、每周、放假前各提醒几分钟", fields)
    editor = FormEditor(form, save, parent, values)
    editor.open()
    return editor
