"""作废 and its like: why, by one click on a usual reason or in one's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.errors import UserError
from app.ui.flow import Flow
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, hide_unless, label, vbox

USUAL = ("重复登记", "登记错了", "已不需要")
_STAYS = "作废后不再列出，回收站里还能找到，可以恢复。"


def ask_void(
    parent: QWidget,
    title: str,
    reasons: Sequence[str],
    then: Callable[[str], object],
    *,
    whom: str = "",
    stays: str = _STAYS,
) -> Sheet:
    """Ask for the reason and hand it to ``then``, which may refuse with a UserError.

    ``title`` says what is about to happen (作废 YH-2026-0031), ``stays`` what becomes of it. A
    person's name is no part of a window's title: it is ``whom``, and stands inside.
    """
    other = QLineEdit()
    other.setAccessibleName("其他原因")
    other.setPlaceholderText("其他原因")
    go = button(title.split(" ")[0][:4] if title.startswith("作废") else "确定")
    go.setEnabled(False)
    wrong = label("", tone="late", wrap=True)
    wrong.hide()
    ready = QWidget()
    name = label(whom, "h2")
    hide_unless(name, bool(whom))
    body = vbox(
        name,
        label("为什么？点一个原因就完成。"),
        ready,
        hbox((other, 1), go),
        wrong,
        label(stays, "note", wrap=True),
    )
    sheet = Sheet(parent, title, body, (None, button("取消", press=lambda: sheet.reject())))

    def take(reason: str) -> None:
        try:
            then(reason)
        except UserError as error:
            wrong.setText(error.what + error.do)
            wrong.show()
            QTimer.singleShot(0, sheet, sheet.fit)
        else:
            sheet.accept()

    ready.setLayout(Flow(*(button(r, press=partial(take, r)) for r in reasons or USUAL)))
    other.textChanged.connect(lambda text: go.setEnabled(bool(text.strip())))
    other.returnPressed.connect(go.click)
    go.clicked.connect(lambda: take(other.text().strip()))
    sheet.open()
    return sheet
