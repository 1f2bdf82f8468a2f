"""What an office that takes in files is called, and by when it wants the weekly reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.founding import TownFacts
from app.core.roles import Right
from app.handover.town.register import TownRegister
from app.handover.town.standing import WEEKDAYS
from app.ui.editor import FormEditor

_FORM = Form(
    "town_desk",
    "本单位",
    (
        Field("name", "单位名称", "text", required=True),
        Field("code", "单位代码", "text", required=True),
    ),
)


_DEADLINE = Form(
    "town_deadline",
    "周报时限",
    (
        Field("day", "星期几", "choice", required=True, choices=WEEKDAYS),
        Field("at", "几点以前", "time", required=True),
    ),
)


def open_deadline(parent: QWidget, register: TownRegister) -> FormEditor:
    """Ask by when in its week a weekly report is due."""
    due = register.deadline()

    def save(said: dict[str, Any]) -> None:
        register.set_deadline(day=WEEKDAYS.index(said["day"]), at=said["at"])

    values = {"day": WEEKDAYS[due.day], "at": due.at}
    editor = FormEditor(_DEADLINE, save, parent, values)
    editor.open()
    return editor


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
