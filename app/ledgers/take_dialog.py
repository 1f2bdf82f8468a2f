"""A ledger that came as a file on a stick: read, shown as it will be, and put with the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.ledgers.bringing import differences, read_brought
from app.ledgers.papers import paper_of
from app.ledgers.register import LedgerRegister
from app.ledgers.shapes import ShapeBook
from app.ledgers.wording import KIND_WORDS
from app.ui.details import facts
from app.ui.errors import show_error
from app.ui.files import choose_file
from app.ui.papers import Papers
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox


def open_taking(
    parent: QWidget,
    register: LedgerRegister,
    *,
    shapes: ShapeBook,
    papers: Papers,
    then: Callable[[str], object],
) -> None:
    """Ask for the file, show what it holds, and put it in on a press; ``then`` hears which."""

    def read(path: Path) -> None:
        try:
            form = read_brought(path, shapes.forms(), shapes.shipped)
        except UserError as error:
            show_error(parent, error)
        else:
            show_ledger(parent, register, form, shapes=shapes, papers=papers, then=then)

    choose_file(parent, "放进一本新台账", "台账文件 (*.toml)", read)


def show_ledger(
    parent: QWidget,
    register: LedgerRegister,
    form: Form,
    *,
    shapes: ShapeBook,
    papers: Papers,
    then: Callable[[str], object],
) -> Sheet:
    """Show a ledger's blanks and its sheet before it is put in, and what it would change here."""
    before = register.forms.get(form.id)

    def put_in() -> None:
        try:
            shapes.take_in(form)
        except UserError as error:
            show_error(sheet, error)
            return
        sheet.accept()
        then(form.id)

    def preview() -> None:
        paper = Papers({form.id: paper_of(form)}, papers.context)
        rows = [] if before is None else [line.row() for line in register.lines(form.id)]
        paper.preview(sheet, form.id, rows, done=lambda how: None)

    told = f"{form.group} · 编号 {form.number}-年-序 · {len(form.fields)}个空"
    body = vbox(
        label(form.title, "h2", wrap=True),
        label(told, "note", wrap=True),
        *([label(form.about, wrap=True)] if form.about else []),
        *(_news(register, form, before) if before is not None else []),
        facts((field.label, _told(field)) for field in form.fields),
    )
    look = () if form.sealed else (button("看打印的样子", press=preview),)
    foot = (
        None,
        button("放进来" if before is None else "换上新样子", "primary", press=put_in),
        *look,
        button("取消", press=lambda: sheet.reject()),
    )
    sheet = Sheet(parent, "新台账", body, foot)
    sheet.open()
    return sheet


def _news(register: LedgerRegister, form: Form, before: Form) -> list[QWidget]:
    """Say what taking this form would change in the ledger that is here."""
    count = register.count(form.id)
    kept = f"登记过的{count}{before.unit}都留着，" if count else ""
    changes = "；".join(differences(form, before)) or "和现在的样子一样"
    said = f"本校已经有这本台账，放进来就换上新样子，{kept}按“撤销”能换回去。"
    return [label(said, tone="soon", wrap=True), label(f"变化：{changes}。", wrap=True)]


def _told(field: Field) -> str:
    words = [KIND_WORDS[field.kind]]
    if field.choices:
        words.append("、".join(field.choices))
    if field.required:
        words.append("必填")
    if field.expires_days:
        words.append(f"提前{max(field.expires_days)}天提醒")
    if field.follows:
        words.append("自动算出")
    if field.sensitive >= 3:
        words.append("保密")
    return "，".join(words)
