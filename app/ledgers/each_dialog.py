"""One line for each of several persons: what all share is asked for once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.ledgers.persons import enter_each
from app.ledgers.register import LedgerRegister
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor

EVERYBODY = "全体教职工"
_WHOM = "whom"


def open_each(
    parent: QWidget, register: LedgerRegister, form: Form, then: Callable[[str], object]
) -> FormEditor:
    """Ask for whom, and for what stands on every line alike; ``then`` hears of the last one."""
    own = {form.person, form.post, *form.closing}
    shared = [f for f in form.fields if f.asked and f.key not in own and f.kind != "photo"]
    whom = Field(_WHOM, f"{form.field(form.person).label}（可以选全体）", "people", required=True)
    blanks = Form(f"{form.id}_each", form.title, (whom, *shared))

    def save(said: dict[str, Any]) -> None:
        names = said.pop(_WHOM)
        if EVERYBODY in names:
            names = [*register.staff(), *(name for name in names if name != EVERYBODY)]
        then(enter_each(register, form.id, said, names)[-1])

    names = [EVERYBODY, *register.staff()]
    offers = [Offer(name, search=search_text(name)) for name in names]
    editor = FormEditor(
        replace(blanks, fields=tuple(replace(f, differs_from="") for f in blanks.fields)),
        save,
        parent,
        sources=Sources(
            lists={"person": lambda: offers[1:], "people": lambda: offers}, today=register.today
        ),
        title=f"按名单登记：{form.title}",
        word="各登一条",
    )
    editor.open()
    return editor
