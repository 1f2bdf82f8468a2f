"""Wiping who was concerned: every text that stays is looked through before."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.incidents.register import IncidentRegister
from app.incidents.standing import Hour
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.editor import FormEditor
from app.ui.widgets import label

_NOTE = (
    "密封的姓名、家属情况、照片和没有保存的草稿全部清除，改动记录里的也清除，不能恢复；"
    "件数、时间、报告的次数都留着。作证据要用的，请取消，选“作证据留存”。\n"
    "下面几段文字要留下来。学生的姓名和电话、证件号已经换掉了，请再看一遍，别的人名请改成“一名村民”这样。"
)


def ask_clean(parent: QWidget, register: IncidentRegister, hour: Hour) -> FormEditor:
    """Show the texts that stay, without the names that are known, and wipe the rest."""
    texts = register.aftermath.texts(hour.incident.uid)
    keys = {f"text{number}": text for number, text in enumerate(texts)}
    form = Form(
        "incident_clean",
        "清除个人信息",
        tuple(Field(key, text.label, "long", required=True) for key, text in keys.items()),
    )

    def save(said: dict[str, Any]) -> None:
        words = {text.said: said[key] for key, text in keys.items()}
        told = register.aftermath.clean_up(hour.incident.uid, words=words)
        tell(parent, told)

    given = {key: text.clean for key, text in keys.items()}
    editor = FormEditor(form, save, parent, given, word="清除")
    note = label(_NOTE, "note", "late", wrap=True)
    note.setContentsMargins(t.XL, t.M, t.XL, 0)
    editor.put_on_top(note)
    editor.open()
    return editor
