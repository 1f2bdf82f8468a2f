"""The school's own facts, corrected after the first start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from PySide6.QtWidgets import QWidget

from app.core.desk import Desk
from app.core.errors import UserError
from app.core.founding import SchoolFacts
from app.core.roles import Right
from app.ui import theme as t
from app.ui.errors import show_error
from app.ui.sheet import Sheet
from app.ui.widgets import button, vbox
from app.ui.wizard_pages import SchoolPage


def open_school(parent: QWidget, desk: Desk, done: Callable[[], object]) -> Sheet:
    """Show what the first start asked about the school; ``done`` is called once it is kept."""
    page = SchoolPage(_kept(desk))

    def keep() -> None:
        if not page.is_done():
            return
        try:
            desk.store.sitter.demand(Right.MANAGE)
            facts = vars(page.facts().checked())
            desk.settings.put(
                {f"school.{key}": fact for key, fact in facts.items()}, "修改学校资料"
            )
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
    sheet = Sheet(parent, "学校资料", vbox((page, 1)), foot, height=max(440, 26 * t.em()))
    sheet.open()
    page.enter()
    return sheet


def _kept(desk: Desk) -> SchoolFacts:
    known = {field.name: desk.settings.get(f"school.{field.name}") for field in fields(SchoolFacts)}
    return SchoolFacts(**{key: fact for key, fact in known.items() if fact is not None})
