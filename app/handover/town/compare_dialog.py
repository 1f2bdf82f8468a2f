"""核对签名: down the list of schools by telephone, Enter where both read the same, N where not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.handover.town.register import TownRegister
from app.ui.asking import tell
from app.ui.ledger_table import LedgerTable
from app.ui.pages import Column, Row
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

_COLUMNS = (Column("核对", 4, "status"), Column("学校", 0), Column("电话", 8, "note"))
_LOOKS = {True: ("一致", "done", "done"), False: ("不一致", "late", "late")}
_WIDTH_PX, _HEIGHT_PX = 860, 560


class CompareSheet(Sheet):
    """All schools whose signature nobody has compared yet, one after the other."""

    def __init__(self, parent: QWidget, register: TownRegister, first: str = "") -> None:
        self._register = register
        self._schools = {one.uid: one for one in register.roster.unchecked()}
        self._said: dict[str, bool] = {}
        self._table = LedgerTable(_COLUMNS)
        self._table.setAccessibleName("等着核对的学校")
        self._whom, self._print = label("", "h2", wrap=True), label("", "h1")
        self._same = button("一致　Enter", "primary", press=lambda: self.say(is_same=True))
        self._other = button("不一致　N", press=lambda: self.say(is_same=False))
        body = vbox(
            label(
                "打电话给学校，请对方打开“报送”，念那十六个字符。念的和下面一样，按 Enter；"
                "不一样，按 N。今天没打通的，按方向键跳过去。",
                "note",
                wrap=True,
            ),
            self._whom,
            self._print,
            (self._table, 1),
        )
        foot = (self._same, self._other, None, button("关闭", press=self.accept))
        super().__init__(parent, "核对签名", body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        differs = QShortcut(QKeySequence("N"), self)
        differs.activated.connect(self._other.click)
        self._show()
        self._table.chosen.connect(self._tell_one)
        self._table.opened.connect(lambda _uid: self._same.click())
        self._table.choose(first if first in self._schools else next(iter(self._schools), None))
        self._tell_one()
        self._table.setFocus()

    def say(self, *, is_same: bool) -> None:
        """Write down how the chosen school's characters compared, and go on to the next."""
        uid = self._table.chosen_uid()
        if uid is None:
            return
        if is_same:
            self._register.roster.trust(uid)
        else:
            self._register.roster.distrust(uid)
        self._said[uid] = is_same
        self._show()
        later = list(self._schools)
        at = later.index(uid)
        waiting = [one for one in later[at + 1 :] + later[:at] if one not in self._said]
        self._table.choose(waiting[0] if waiting else uid)
        self._tell_one()

    def _show(self) -> None:
        waiting = ("等着核对", "none", "plain")
        self._table.ledger.show(
            [
                Row(uid, (_LOOKS.get(self._said[uid]) if uid in self._said else waiting,
                          one.name, one.phone or "没有登记"))
                for uid, one in self._schools.items()
            ]
        )  # fmt: skip

    def _tell_one(self) -> None:
        left = len(self._schools) - len(self._said)
        uid = self._table.chosen_uid()
        if uid is None:
            return
        one = self._schools[uid]
        phone = f"　电话 {one.phone}" if one.phone else ""
        self._whom.setText(f"{one.name}{phone}　（还有{left}所）" if left else "都核对过了。")
        self._print.setText(self._register.roster.fingerprint(uid))
        both = not left and self._said.get(uid) is not None
        for pressed in (self._same, self._other):
            pressed.setEnabled(not both)


def open_compare(
    parent: QWidget, register: TownRegister, first: str = "", done: Callable[[], object] = tuple
) -> QWidget:
    """Open the list of schools to call; ``first`` is whose turn it is, ``done`` follows."""
    if not register.roster.unchecked():
        return tell(parent, "每所学校的签名都核对过了。")
    sheet = CompareSheet(parent, register, first)
    sheet.finished.connect(lambda _how: done())
    sheet.open()
    return sheet
