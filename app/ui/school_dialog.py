"""The school's own facts and choices, corrected after the first start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Protocol

from PySide6.QtWidgets import QCheckBox, QWidget

from app.core.desk import Desk
from app.core.errors import UserError
from app.core.founding import SchoolFacts
from app.core.roles import Right
from app.core.settings import KEEP_IDS
from app.ui import theme as t
from app.ui.errors import show_error
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, vbox
from app.ui.wizard_pages import SchoolPage


class Choices(Protocol):
    """A room's blanks among the school's facts; a widget as well."""

    def is_done(self) -> bool:
        """Say whether every blank is right; what is not says so itself."""

    def changed(self) -> dict[str, Any]:
        """Return the settings that are not as they were."""


def open_school(
    parent: QWidget, desk: Desk, done: Callable[[], object], *, choices: Choices
) -> Sheet:
    """Show what the school has said of itself; ``done`` is called once it is kept.

    ``choices`` are the blanks of a room, about what a school decides for itself.
    """
    ids = _KeepIds(keeps_ids=bool(desk.settings.get(KEEP_IDS)))
    own = QWidget()
    own.setLayout(vbox(choices, ids, gap=t.M))
    page = SchoolPage(_kept(desk), own)

    def keep() -> None:
        if not all([page.is_done(), choices.is_done()]):
            return
        try:
            desk.store.sitter.demand(Right.MANAGE)
            facts = vars(page.facts().checked())
            said = {f"school.{key}": fact for key, fact in facts.items()}
            desk.settings.put(said | choices.changed() | ids.changed(), "修改学校资料")
        except UserError as error:
            show_error(sheet, error)
            return
        sheet.accept()
        done()

    foot = (
        None,
        button("保存", "primary", press=keep),
        button("取消", press=lambda: sheet.reject()),
    )
    sheet = Sheet(parent, "学校资料", vbox((page, 1)), foot, height=max(560, 34 * t.em()))
    sheet.open()
    page.enter()
    return sheet


class _KeepIds(QWidget):
    """What a school decides about ID numbers."""

    def __init__(self, *, keeps_ids: bool) -> None:
        super().__init__()
        self._before = keeps_ids
        self._ids = QCheckBox("保存身份证号")
        self._ids.setChecked(keeps_ids)
        of_ids = label(
            "不勾：导入时只用身份证号核对是不是同一名学生，号码不留下。"
            "勾上：以后导入的号码加密存在资料里；再取消，已经存下的还在。",
            "note",
            wrap=True,
        )
        self.setLayout(vbox(hbox(self._ids, None), of_ids, gap=t.XS))

    def changed(self) -> dict[str, Any]:
        """Return the choice if it is not as it was."""
        keeps = self._ids.isChecked()
        return {KEEP_IDS: keeps} if keeps != self._before else {}


def _kept(desk: Desk) -> SchoolFacts:
    known = {field.name: desk.settings.get(f"school.{field.name}") for field in fields(SchoolFacts)}
    return SchoolFacts(**{key: fact for key, fact in known.items() if fact is not None})
