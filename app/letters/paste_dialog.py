"""Taking a whole letter from elsewhere: paste it, and it is split into blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.letters.wording import Pasted, read_pasted
from app.ui.sheet import Sheet
from app.ui.text_blanks import LongBlank
from app.ui.widgets import button, label, vbox

_TALL_PX = 560


def ask_for_text(parent: QWidget, done: Callable[[Pasted], object]) -> None:
    """Ask for the text of a letter; ``done`` hears what it was taken for."""
    blank = LongBlank()
    blank.setAccessibleName("信的原文")
    blank.setMinimumHeight(280)
    blank.setMaximumHeight(16_777_215)  # it takes the room there is
    message = label("", tone="late", wrap=True)
    message.hide()

    def take() -> None:
        try:
            pasted = read_pasted(blank.toPlainText())
        except UserError as error:
            message.setText(error.what + error.do)
            message.show()
            return
        sheet.accept()
        done(pasted)

    body = vbox(
        label(
            "把整封信从文件里复制了，粘贴在这里（Ctrl+V）。“一、”开头的短行当小标题，"
            "“1.”开头的当条目，其余一行一段；现在的段落会被换掉，没有保存以前都可以取消。",
            "note",
            wrap=True,
        ),
        (blank, 1),
        message,
    )
    go = button("分成段落", "primary", press=take)
    foot = [None, go, button("取消", press=lambda: sheet.reject())]
    sheet = Sheet(parent, "粘贴上级的原文", body, foot, height=_TALL_PX)
    sheet.open()
    blank.setFocus()
