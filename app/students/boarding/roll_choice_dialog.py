"""The dialog that asks which dormitory and which evening are to be called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.students.boarding.rolls import RollRegister
from app.ui.blanks import Sources
from app.ui.editor import FormEditor


def open_choice(
    parent: QWidget, register: RollRegister, then: Callable[[str, date], object]
) -> FormEditor:
    """Ask for the dormitory, or class, and the evening; ``then`` hears both."""
    names = tuple(unit.name for unit in register.units())
    waiting = register.not_called()
    fields = (
        Field("unit", "宿舍或班级", "choice", required=True, choices=names),
        Field("evening", "哪一晚", "date", required=True),
    )

    def go(said: dict[str, Any]) -> None:
        register.check_evening(said["unit"], said["evening"])
        QTimer.singleShot(0, parent, lambda: then(said["unit"], said["evening"]))

    editor = FormEditor(
        Form("roll_choice", "录入点名", fields),
        go,
        parent,
        {"unit": waiting[0] if waiting else None, "evening": register.today()},
        sources=Sources(today=register.today),
        word="开始点名",
    )
    editor.open()
    return editor
