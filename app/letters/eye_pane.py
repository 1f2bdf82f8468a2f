"""Reading one scanned page by eye: its code typed or its pupil found, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QLineEdit, QRadioButton, QWidget

from app.core.errors import UserError
from app.letters.booking import Reading
from app.letters.finding_pane import FindPane, say_receipt
from app.letters.lines import ReceiptLine
from app.letters.records import Delivery, Status
from app.ui import theme as t
from app.ui.flow import Flow
from app.ui.gun_blank import GunBlank
from app.ui.widgets import button, hbox, label, retone, rule, vbox

_CHOICES = (Status.BACK, Status.REFUSED, Status.NOT_REACHED)


class EyePane(QFrame):
    """What a person says of the page beside it; ``told`` gives a reading, None for 跳过.

    ``back`` asks for the page before.
    """

    told = Signal(object)
    back = Signal()

    def __init__(
        self,
        everybody: Callable[[], Sequence[ReceiptLine]],
        find: Callable[[str], ReceiptLine],
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._find_code = find
        self._head, self._where = label("", "h2"), label("", "note", wrap=True)
        self._news = label("", wrap=True)
        self.code = GunBlank("回执编号", "如 HZ26A-0312-K7")
        self.code.setProperty("role", "h2")
        self.code.read.connect(self._take_code)
        self.finder = FindPane(everybody, say=say_receipt, tip="按一下记到这名学生")
        self.finder.picked.connect(self._take)
        self._note = QLineEdit()
        self._note.setAccessibleName("情况说明")
        self._note.setPlaceholderText("情况说明")
        self._states = QButtonGroup(self)
        self._ticks = {way: QCheckBox(way) for way in Delivery}
        self._back = button("上一张", "quiet", "left", self.back.emit)
        self._skip = button("跳过这一张", "plain", press=lambda: self.told.emit(None))
        self._lay_out()

    def show_page(self, at: int, count: int, place: str, news: str) -> None:
        """Begin with page ``at`` of ``count``; ``news`` is what was said of it before."""
        self._head.setText(f"第 {at + 1} 张，共 {count} 张")
        self._where.setText(place)
        self._say(news, "done")
        self.finder.clear()
        self.code.clear()
        self._note.clear()
        self._states.buttons()[0].setChecked(True)
        for tick in self._ticks.values():
            tick.setChecked(False)
        self._back.setEnabled(at > 0)
        self.code.setFocus()

    def _lay_out(self) -> None:
        code, name = label("回执编号，照着图上的字打"), label("看不清编号，按姓名找")
        code.setBuddy(self.code)
        name.setBuddy(self.finder.blank)
        states = hbox(gap=t.M)
        for number, status in enumerate(_CHOICES):
            choice = QRadioButton(status)
            self._states.addButton(choice, number)
            states.addWidget(choice)
        states.addStretch(1)
        ways = QWidget()
        ways.setLayout(Flow(*self._ticks.values(), gap=t.S))
        self.setLayout(
            vbox(
                hbox(self._head, None, self._back),
                self._where,
                t.XS,
                code,
                self.code,
                name,
                self.finder,
                self._news,
                None,
                rule(),
                label("不是“已交”，或者要记送达方式，先在这里选好：", "note", wrap=True),
                states,
                self._note,
                ways,
                rule(),
                hbox(None, self._skip),
                gap=t.XS,
                edge=t.M,
            )
        )

    def _take_code(self, text: str) -> None:
        try:
            self._take(self._find_code(text))
        except UserError as error:
            self._say(f"{error.what}{error.do}", "late")
            self.code.setFocus()

    def _take(self, line: ReceiptLine) -> None:
        status = _CHOICES[self._states.checkedId()]
        delivered = tuple(way for way, tick in self._ticks.items() if tick.isChecked())
        self.told.emit((line, Reading(line.uid, status, self._note.text(), delivered)))

    def _say(self, text: str, tone: str) -> None:
        self._news.setText(text)
        self._news.setVisible(bool(text))
        retone(self._news, tone=tone)
