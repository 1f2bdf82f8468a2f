"""What an office that takes in files is called, corrected after the first start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.founding import TownFacts
from app.core.roles import Right
from app.handover.town.register import TownRegister
from app.ui.editor import FormEditor

_FORM = Form(
    "town_desk",
    "本单位",
    (
        Field("name", "单位名称", "text", required=True),
        Field("code", "单位代码", "text", required=True),
    ),
)


def open_desk(parent: QWidget, register: TownRegister, done: Callable[[], object]) -> FormEditor:
    """Show what the office has said of itself; ``done`` is called once it is kept."""
    settings = register.settings

    def save(said: dict[str, Any]) -> None:
        register.store.sitter.demand(Right.MANAGE)
        facts = TownFacts(said["name"] or "", said["code"] or "").checked()
        settings.put({"school.name": facts.name, "school.code": facts.code}, "修改单位资料")

    values = {key: settings.get(f"school.{key}") for key in ("name", "code")}
    editor = FormEditor(_FORM, save, parent, values)
    editor.saved.connect(done)
    editor.open()
    return editor
