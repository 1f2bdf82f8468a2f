"""A data file is written: what it holds, the slip to sign, who took it, when to pull the stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.handover.records import SentFile
from app.handover.register import HandoverRegister
from app.handover.stick import said_of
from app.handover.views import period_said
from app.ui import theme as t
from app.ui.details import facts
from app.ui.marks import Shape
from app.ui.sheet import Sheet
from app.ui.text_blanks import LineBlank
from app.ui.widgets import button, card, hbox, label, vbox

_WIDE_PX = 640


class DoneDialog(Sheet):
    """Say what was written; ``print_slip`` shows the slip of this file."""

    def __init__(
        self,
        parent: QWidget,
        register: HandoverRegister,
        sent: SentFile,
        target: Path,
        *,
        print_slip: Callable[[str], object],
    ) -> None:
        self._register, self._uid = register, sent.uid
        self._who = LineBlank(hint="镇里接收人的姓名")
        self._who.setAccessibleName("接收人")
        self._hand = button("登记已交", press=self._hand_over)
        self._said = label("", wrap=True)
        show = button("打印交接单", "primary", press=lambda: print_slip(sent.uid))
        show.setDefault(True)
        self._show = show
        close = button("关闭", press=self.accept)
        total = sum(sent.rows.values())
        head = hbox(Shape("done", "done"), (label(f"第{sent.seq}份写好了，一共{total}行", "h2"), 1))
        known = facts(
            (
                ("文件名", target.name),
                ("起止日期", period_said(sent.period)),
                ("照片", f"{sent.attachments}张"),
                ("密封", f"只有{sent.sealed_for}能打开" if sent.sealed_for else "没有密封"),
                ("校验码", label(sent.checksum, "h2")),
                ("本校签名指纹", register.fingerprint()),
            )
        )
        body = vbox(
            head,
            known,
            card(label("什么时候拔U盘", "h2"), label(said_of(target), wrap=True), gap=t.XS),
            label("交给镇里以后，写上谁收的，登记上时间："),
            hbox((self._who, 1), self._hand),
            self._said,
            gap=t.M,
        )
        super().__init__(parent, "数据文件写好了", body, (None, show, close), width=_WIDE_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter register who took the file once that is written; before, it prints."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.focusWidget() is self._who and self._who.text().strip():
            self._hand_over()
            return
        super().keyPressEvent(event)

    def _hand_over(self) -> None:
        try:
            self._register.hand_over(self._uid, to=self._who.text())
        except UserError as error:
            self._said.setText(f"{error.what}{error.do}")
            return
        sent = next(one for one in self._register.sent() if one.uid == self._uid)
        late = sent.lateness()
        self._said.setText(f"登记好了：{sent.handed_to}收下。{late}{'。' if late else ''}")
        self._show.setFocus()
        self._hand.setEnabled(False)
        self._who.setEnabled(False)
