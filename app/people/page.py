"""The staff page: who works here, found by pinyin, entered by hand or from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.sheets import read_book
from app.core.store import Store
from app.people.importing import MEANINGS, plan_staff
from app.people.records import Staff
from app.people.register import StaffRegister
from app.ui.details import Details, facts
from app.ui.editor import FormEditor
from app.ui.history import HistoryPane
from app.ui.importing import open_import
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Row
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label

REASONS = ("调离", "退休", "离职", "重复登记")


class StaffPage(LedgerPage):
    """Lists the staff, leaders first."""

    title = "教职工"
    hint = "搜索：姓名、拼音首字母、电话"
    topics = frozenset({"staff"})
    help_text = (
        "登记隐患时的排查人、责任人，都从这份名单里选；带班领导排在前面。\n"
        "名单可以导入，也可以一位一位登记。导入时空白的格子不会擦掉原来的内容。\n"
        "有人调走或退休，选中后按“离校”：这里不再列出，以前的记录里还有他的名字。"
    )

    def __init__(self, store: Store, register: StaffRegister, form: Form) -> None:
        self._store = store
        self._register = register
        self._form = form
        super().__init__(
            columns=(
                Column("姓名", 8),
                Column("性别", 4, "note"),
                Column("职务", 8),
                Column("联系电话", 9, "note"),
                Column("备注", 0, "note"),
            ),
            chips=(Chip("all", "教职工"), Chip("leader", "带班领导", "accent")),
            facets=(Facet("post", "职务"),),
            empty=Empty("还没有教职工名单。", "导入名单", self.import_list),
        )
        if store.sitter.may(Right.PEOPLE):
            self.add_action("登记一位", self.enter, kind="primary", icon="plus")
        if store.sitter.may(Right.IMPORT):
            self.add_action("导入", self.import_list, icon="import")

    def read(self) -> Sequence[Row]:
        """Return a line a person."""
        return [_row(staff) for staff in self._register.all()]

    def details(self, uid: str | None) -> QWidget:
        """Show one person with what changed about them."""
        if uid is None:
            return label("点一位教职工，这里显示详细情况。", "note", wrap=True)
        staff = self._register.get(uid)
        head = [
            label(staff.name, "h2"),
            label(" · ".join(p for p in (staff.post, staff.sex) if p) or "没有登记职务", "note"),
        ]
        known = facts(
            (
                ("联系电话", staff.phone or "没有登记"),
                ("带班领导", "是" if staff.is_leader else "否"),
                ("备注", staff.notes or ""),
            )
        )
        labels = {field.key: field.label for field in self._form.fields}
        past = HistoryPane(self._store, uid, labels)
        foot = [
            button("改正", "primary", press=partial(self.open, uid)),
            button("离校", press=partial(self._leave, uid)),
        ]
        may = self._store.sitter.may(Right.PEOPLE)
        return Details(head, (("情况", known), ("历史", past)), foot if may else ())

    def open(self, uid: str) -> None:
        """Correct one person."""
        staff = self._register.get(uid)
        values = {field.key: getattr(staff, field.key) for field in self._form.fields}
        save = partial(_save, partial(self._register.correct, uid))
        FormEditor(self._form, save, self, values).open()

    def enter(self) -> None:
        """Enter somebody new."""
        FormEditor(self._form, partial(_save, self._register.enter), self).open()

    def import_list(self) -> None:
        """Read a spreadsheet, show what it would do, and do it on a press."""
        open_import(
            self,
            title="导入教职工名单",
            plan=lambda path, mapping, answers: plan_staff(
                self._register, read_book(path), mapping=mapping, answers=answers
            ),
            carry_out=self._register.carry_out,
            meanings=MEANINGS,
        )

    def _leave(self, uid: str) -> None:
        name = self._register.get(uid).name
        ask_void(self, "教职工离校", REASONS, partial(self._register.leave, uid), whom=name)


def _save(save: Callable[..., object], values: dict[str, Any]) -> None:
    save(**values | {"is_leader": bool(values.get("is_leader"))})


def _row(staff: Staff) -> Row:
    return Row(
        staff.uid,
        (staff.name, staff.sex, staff.post, staff.phone, staff.notes),
        f"{search_text(staff.name)} {staff.post or ''} {staff.phone or ''}",
        frozenset({"all", "leader"} if staff.is_leader else {"all"}),
        {"post": staff.post or "没有职务"},
    )
