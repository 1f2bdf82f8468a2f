"""应急通讯录: the school's own numbers, put right and printed; the others come of themselves."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.core.roles import Right
from app.duties.papers.contacts import GROUPS
from app.duties.papers.register import DutyPapers
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.errors import show_error
from app.ui.papers import Papers
from app.ui.rows_blank import RowsBlank
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

PAPER = "duty_contacts"
_FIELDS = (
    Field("group", "类别", kind="choice", choices=GROUPS),
    Field("name", "单位或姓名"),
    Field("job", "职务"),
    Field("phone", "电话"),
)


def open_contacts(parent: QWidget, duties: DutyPapers, papers: Papers) -> Sheet:
    """Show the school's own lines; whoever may not change them may print them."""
    may = duties.store.sitter.may(Right.DUTIES)
    lines = RowsBlank(_FIELDS, Sources(), what="一行")
    lines.put([one._asdict() for one in duties.contacts()])
    lines.setEnabled(may)
    said = (
        "校领导、保安、民警和社区人员的电话从名单里来，110、119、120、122 已经印上。"
        "这里写学校自己要加的；没有电话的，纸上留空用笔填。"
    )
    title = papers.forms[PAPER].title

    def keep() -> bool:
        try:
            duties.keep_contacts(lines.value() or [])
        except UserError as error:
            show_error(sheet, error)
            return False
        return True

    def save() -> None:
        if keep():
            sheet.accept()

    def show() -> None:
        if may and not keep():
            return
        rows: list[dict[str, Any]] = duties.views["contacts"]({})
        papers.preview(sheet, PAPER, rows, done=lambda how: duties.store.note(f"{how}：{title}"))

    foot: list[Any] = [None, button("保存并打印" if may else "打印", "primary", press=show)]
    if may:
        foot.append(button("保存", press=save))
    foot.append(button("关闭", press=lambda: sheet.reject()))
    sheet = Sheet(parent, title, vbox(label(said, "note", wrap=True), lines, None, gap=t.M), foot)
    sheet.open()
    return sheet
