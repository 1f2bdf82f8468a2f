"""The school's own facts and choices, corrected after the first start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.core.desk import Desk
from app.core.errors import UserError
from app.core.founding import SchoolFacts
from app.core.roles import Right
from app.core.settings import DAYS_TO_FIX, KEEP_IDS
from app.ui import theme as t
from app.ui.entry import Asked, all_right
from app.ui.errors import show_error
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, vbox
from app.ui.wizard_pages import SchoolPage

_MOST_DAYS = 365


def open_school(
    parent: QWidget, desk: Desk, done: Callable[[], object], *, days: Mapping[str, int]
) -> Sheet:
    """Show what the school has said of itself; ``done`` is called once it is kept.

    ``days`` is how long a hazard of each grade may take at this school as it stands.
    """
    choices = _Choices(days, keeps_ids=bool(desk.settings.get(KEEP_IDS)))
    page = SchoolPage(_kept(desk), choices)

    def keep() -> None:
        if not all([page.is_done(), choices.is_done()]):
            return
        try:
            desk.store.sitter.demand(Right.MANAGE)
            facts = vars(page.facts().checked())
            said = {f"school.{key}": fact for key, fact in facts.items()}
            desk.settings.put(said | choices.changed(), "修改学校资料")
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


class _Choices(QWidget):
    """What a school decides for itself: how long a hazard may take, and about ID numbers."""

    def __init__(self, days: Mapping[str, int], *, keeps_ids: bool) -> None:
        super().__init__()
        self._before = dict(days), keeps_ids
        self._days = {
            grade: Asked(f"{grade}隐患（天）", QLineEdit(str(count)), width_em=6)
            for grade, count in days.items()
        }
        self._ids = QCheckBox("保存身份证号")
        self._ids.setChecked(keeps_ids)
        of_days = label(
            "从发现那天数起。天数是软件给的默认值，学校可以改；改了以后登记、定级或更正的按新的算。",
            "note",
            wrap=True,
        )
        of_ids = label(
            "不勾：导入时只用身份证号核对是不是同一名学生，号码不留下。"
            "勾上：以后导入的号码加密存在资料里；再取消，已经存下的还在。",
            "note",
            wrap=True,
        )
        blanks = hbox(*self._days.values(), None, gap=t.L)
        until = vbox(label("整改期限"), blanks, of_days, gap=t.XS)
        self.setLayout(vbox(until, vbox(hbox(self._ids, None), of_ids, gap=t.XS), gap=t.M))

    def is_done(self) -> bool:
        """Say whether every number of days is one; what is not says so itself."""
        return all_right([(asked, partial(_days, asked)) for asked in self._days.values()])

    def changed(self) -> dict[str, Any]:
        """Return the choices that are not as they were."""
        days = {grade: _days(asked) for grade, asked in self._days.items()}
        said = {DAYS_TO_FIX: days, KEEP_IDS: self._ids.isChecked()}
        before = dict(zip(said, self._before, strict=True))
        return {key: choice for key, choice in said.items() if choice != before[key]}


def _days(asked: Asked) -> int:
    text = asked.blank.text().strip()
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_DAYS:
        raise UserError(f"请写1到{_MOST_DAYS}的整数。")
    return int(text)


def _kept(desk: Desk) -> SchoolFacts:
    known = {field.name: desk.settings.get(f"school.{field.name}") for field in fields(SchoolFacts)}
    return SchoolFacts(**{key: fact for key, fact in known.items() if fact is not None})
