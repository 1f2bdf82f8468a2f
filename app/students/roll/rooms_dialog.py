"""The classes of the school by hand: open, rename, combine, close."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from app.core.calendar import ALL_GRADES
from app.core.errors import UserError
from app.students.lines import ClassLine
from app.students.roll.classes_pane import Spin
from app.students.roll.register import TurnRegister
from app.students.rules import grade_of
from app.ui import theme as t
from app.ui.combo_blanks import QuietCombo
from app.ui.entry import Fault
from app.ui.sheet import Sheet
from app.ui.widgets import button, clear, hbox, label, rule, scroll, vbox

_HEIGHT_PX = 640
_ALONE = "不复式"
_BLANKS = {"年级": "年级", "复式年级": "和哪个年级复式", "再一个": "还和哪个年级复式"}
_HEADS = ("班级", "学生")
_MOST_NUMBER = 99


class RoomsDialog(Sheet):
    """Lists the classes; the line below opens one, or puts right the one that was picked."""

    def __init__(self, parent: QWidget, roll: TurnRegister) -> None:
        self._roll = roll
        self._picked: ClassLine | None = None
        self._list = vbox(gap=0)
        self._grades = [QuietCombo() for _ in _BLANKS]
        self._grades[0].addItems(list(ALL_GRADES))
        self._grades[0].setCurrentText("一年级")
        for combo in self._grades[1:]:
            combo.addItems([_ALONE, *ALL_GRADES])
        self._number: QSpinBox = Spin()
        self._number.setRange(1, _MOST_NUMBER)
        self._number.setSuffix(" 班")
        self._word = label("开一个新班")
        self._go = button("开班", "primary", press=self._save)
        self._drop = button("不改了", press=lambda: self._pick(None))
        self._fault = Fault()
        self._number.setAccessibleName("班号")
        for name, combo in zip(_BLANKS.values(), self._grades, strict=True):
            combo.setAccessibleName(name)
            combo.setMinimumContentsLength(8)
        body = vbox((scroll(self._list), 1), rule(), self._word, self._line(), self._fault, gap=t.S)
        note = label("班级按入学年份记，显示的年级每学年跟着升。", "note")
        foot = (note, None, button("关闭", press=self.accept))
        super().__init__(parent, "班级", body, foot, height=_HEIGHT_PX)
        self._lay()
        self._pick(None)

    def _line(self) -> QGridLayout:
        """Return the blanks of one class, each below its name, and the buttons after them."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.S)
        grid.setVerticalSpacing(2)
        first, *others = _BLANKS
        for column, name in enumerate((first, "班号", *others)):
            grid.addWidget(label(name, "note"), 0, column)
        blanks = (self._grades[0], self._number, *self._grades[1:], self._go, self._drop)
        for column, blank in enumerate(blanks):
            grid.addWidget(blank, 1, column)
        grid.setColumnStretch(len(blanks), 1)
        return grid

    def _lay(self) -> None:
        clear(self._list)
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.XL)
        grid.setVerticalSpacing(2)
        for column, head in enumerate(_HEADS):
            grid.addWidget(label(head, "note"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, line in enumerate(self._roll.students.classes(), start=1):
            grid.addWidget(label(line.name), row, 0)
            grid.addWidget(label(f"{line.count}人" if line.count else "没有学生", "note"), row, 1)
            change = button("改班号", "link", press=partial(self._pick, line))
            change.setAccessibleName(f"改{line.name}")
            grid.addWidget(change, row, 2)
            if not line.count:
                close = button("停用", "link", press=partial(self._close, line))
                close.setAccessibleName(f"停用{line.name}")
                grid.addWidget(close, row, 3)
        holder = QWidget()
        holder.setLayout(hbox((grid, 1), edge=(0, 0, t.M, 0)))
        self._list.addWidget(holder)
        self._list.addStretch(1)

    def _pick(self, line: ClassLine | None) -> None:
        self._picked = line
        self._fault.say("")
        self._drop.setVisible(line is not None)
        self._go.setText("保存" if line else "开班")
        self._word.setText(f"把{line.name}改成" if line else "开一个新班")
        if line is not None:
            year = self._roll.students.school_year()
            grades = [grade_of(line.key, year, own) for own in line.key.years]
            others = [*grades[1:], *[_ALONE] * len(self._grades)]
            for combo, grade in zip(self._grades, [grades[0], *others], strict=False):
                combo.setCurrentText(grade)
            self._number.setValue(line.key.number)
        self._number.setFocus()

    def _save(self) -> None:
        said = [combo.currentText() for combo in self._grades]
        grades = [grade for grade in said if grade != _ALONE]
        try:
            if self._picked is None:
                self._roll.open_class(grades, self._number.value())
            else:
                self._roll.rename(self._picked.uid, grades, self._number.value())
        except UserError as error:
            self._fault.say(error)
            return
        self._lay()
        self._pick(None)

    def _close(self, line: ClassLine) -> None:
        try:
            self._roll.close(line.uid)
        except UserError as error:
            self._fault.say(error)
            return
        self._lay()
