"""Starting the clock: when it was known is there already, Enter is enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.incidents.register import IncidentRegister
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.widgets import label

_NOTE = "先救人、先报警。这里只填知道的，按回车就开始计时；其余的边处置边填，填到哪里存到哪里。"


def ask_start(
    parent: QWidget, register: IncidentRegister, then: Callable[[str], object]
) -> FormEditor:
    """Ask when it was known and what little is known; ``then`` gets the uid of the incident."""
    fields = {field.key: field for field in register.form.fields}
    form = Form(
        "incident_start",
        "突发事件",
        (
            Field("known_at", "知悉时间", "moment", required=True),
            Field("kind", "类别", "choice", choices=fields["kind"].choices),
            Field("place", "地点", width=60),
        ),
    )

    def save(said: dict[str, Any]) -> None:
        known_at = said.pop("known_at")
        then(register.begin(known_at=known_at, said=said).uid)

    now = register.now().replace(second=0, microsecond=0)
    editor = FormEditor(
        form,
        save,
        parent,
        {"known_at": now},
        sources=Sources(today=register.today),
        title="突发事件：开始计时",
        word="开始计时",
    )
    note = label(_NOTE, "note", wrap=True)
    note.setContentsMargins(24, 12, 24, 4)
    editor.put_on_top(note)
    editor.open()
    return editor
