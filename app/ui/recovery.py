"""The paper recovery code on the screen: shown, printed, and typed back from the paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from app.core.errors import UserError
from app.core.paper import load_paper
from app.core.paths import Paths
from app.core.recovery_sheet import FORM, RecoverySheet, print_sheet
from app.core.store.recovery import groups, new_code, tidy
from app.ui import theme as t
from app.ui.entry import Asked, Fault
from app.ui.printing import PRINTED, SAVED, show_preview
from app.ui.widgets import button, card, hbox, label, vbox

ASKED_BACK = (3, 6)
_COVERED = "看纸上"
_SAID = {
    PRINTED: "已经打印。",
    SAVED: "已经存成PDF。打印出来以后，请把这个文件删掉。",
}

# Hands a sheet to the printer or a file; the function given hears ``打印`` or ``存为PDF``.
PrintSheet = Callable[[QWidget, RecoverySheet, Callable[[str], None]], Any]


def sheet_printer(paths: Paths) -> PrintSheet:
    """Return what shows the sheet as it will be printed."""

    def show(parent: QWidget, sheet: RecoverySheet, done: Callable[[str], None]) -> None:
        form = load_paper(paths.shipped_forms / "papers" / f"{FORM}.toml")
        show_preview(parent, form.title, lambda _job: print_sheet(form, sheet), done=done)

    return show


class PaperCode(QWidget):
    """A new recovery code; ``is_done`` once it stands on paper and two groups came back right."""

    grown = Signal()

    def __init__(self, print_sheet: PrintSheet, school: Callable[[], str]) -> None:
        super().__init__()
        self._print_sheet, self._school = print_sheet, school
        self.code = new_code()
        self._is_printed = False
        self._groups = [label(group, "num") for group in groups(self.code)]
        self._typed = {n: Asked(f"第{n}组", QLineEdit()) for n in ASKED_BACK}
        for asked in self._typed.values():
            asked.blank.setMaxLength(12)
        self._do_print = button("打印，或存成PDF", "primary", "print", press=self._print)
        self._said = label("", "note", "done")
        self._ask = label("", "body", wrap=True)
        self._fault = Fault()
        backs = hbox(*self._typed.values(), None, gap=t.XL)
        for asked in self._typed.values():
            backs.setAlignment(asked, Qt.AlignmentFlag.AlignTop)
        self._back = QWidget()
        self._back.setLayout(vbox(self._ask, backs, gap=t.S))
        self.setLayout(
            vbox(
                self._grid(),
                hbox(self._do_print, self._said, None, gap=t.M),
                self._back,
                self._fault,
                None,
                gap=t.M,
            )
        )
        self._show()

    def say(self, fault: UserError) -> None:
        """Say why it could not be kept."""
        self._fault.say(fault)

    def is_done(self) -> bool:
        """Say whether the paper is at hand; what is missing is said in its place."""
        if not self._is_printed:
            self._fault.say("请先把恢复码打印出来，或者存成PDF再去打印。")
            return False
        self._fault.say("")
        right = groups(self.code)
        for number, asked in self._typed.items():
            if tidy(asked.blank.text()) == right[number - 1]:
                asked.accept()
            else:
                asked.refuse("和纸上的不一样，请再看一遍。")
        return not any(asked.is_refused() for asked in self._typed.values())

    def _grid(self) -> QFrame:
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.XL)
        grid.setVerticalSpacing(t.M)
        for place, group in enumerate(self._groups):
            cell = vbox(label(f"第{place + 1}组", "note"), group, gap=0)
            grid.addLayout(cell, place // 4, place % 4)
            grid.setColumnStretch(place % 4, 1)
        return card(grid, edge=t.L)

    def _print(self) -> None:
        sheet = RecoverySheet(self._school(), self.code, date.today())
        self._print_sheet(self, sheet, self._printed)

    def _printed(self, said: str) -> None:
        self._is_printed = True
        self._said.setText(_SAID.get(said, said))
        self._fault.say("")
        self._show()
        self._typed[ASKED_BACK[0]].blank.setFocus()
        self.grown.emit()

    def _show(self) -> None:
        """Cover the two groups that are asked back, once they stand on paper."""
        for place, (shown, group) in enumerate(zip(self._groups, groups(self.code), strict=True)):
            is_covered = self._is_printed and place + 1 in ASKED_BACK
            shown.setText(_COVERED if is_covered else group)
        names = "、".join(f"第{number}组" for number in ASKED_BACK)
        self._ask.setText(
            f"拿着那张纸，把{names}抄在这里（大小写都行），证明纸在手上："
            if self._is_printed
            else f"打印以后，会请您从纸上抄回{names}，免得纸没打出来自己不知道。"
        )
        for asked in self._typed.values():
            asked.setVisible(self._is_printed)
