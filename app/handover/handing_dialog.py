"""Asking who took a data file, when it is written down later."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.handover.records import SentFile
from app.handover.register import HandoverRegister
from app.ui.editor import FieldBox
from app.ui.sheet import Sheet
from app.ui.text_blanks import LineBlank
from app.ui.widgets import button, label, vbox

_NARROW_PX = 480


def ask_receiver(parent: QWidget, register: HandoverRegister, sent: SentFile) -> Sheet:
    """Ask who took this file, and write it down with the time of now."""
    box = FieldBox(Field("handed_to", "接收人", "text"), LineBlank())
    save = button("登记已交", "primary")
    save.setDefault(True)
    cancel = button("取消")
    note = label("交接时间就记现在，晚没晚按它算。", "note", wrap=True)
    sheet = Sheet(
        parent, f"第{sent.seq}份交给谁了", vbox(box, note), (None, save, cancel), width=_NARROW_PX
    )

    def write() -> None:
        try:
            register.hand_over(sent.uid, to=str(box.blank.value() or ""))
        except UserError as error:
            box.blame(error.what)
            return
        sheet.accept()

    save.clicked.connect(write)
    cancel.clicked.connect(sheet.reject)
    sheet.open()
    return sheet
