"""A ledger that came as a file on a stick: read, shown as it will be, and put with the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form, load_form
from app.core.plainforms import why_not_beside
from app.ledgers.papers import paper_of
from app.ui.details import facts
from app.ui.errors import show_error
from app.ui.files import choose_file
from app.ui.papers import Papers
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

TakeIn = Callable[[Form, bytes], object]
_LARGEST = 200_000  # bytes; the longest shipped one has 8,000
_KINDS: Mapping[str, str] = {
    "text": "文字",
    "long": "长文字",
    "number": "数字",
    "date": "日期",
    "moment": "日期和时间",
    "time": "时间",
    "choice": "选一个",
    "many": "选几个",
    "yesno": "是或否",
    "person": "人",
    "people": "几个人",
    "photo": "照片",
    "lines": "几行",
}


def open_taking(
    parent: QWidget,
    *,
    others: Mapping[str, Form],
    papers: Papers,
    take_in: TakeIn,
    then: Callable[[str], object],
) -> None:
    """Ask for the file, show what it holds, and put it in on a press; ``then`` hears which."""

    def read(path: Path) -> None:
        try:
            form, data = read_ledger(path, others)
        except UserError as error:
            show_error(parent, error)
        else:
            show_ledger(parent, form, data, papers=papers, take_in=take_in, then=then)

    choose_file(parent, "放进一本新台账", "台账文件 (*.toml)", read)


def read_ledger(path: Path, others: Mapping[str, Form]) -> tuple[Form, bytes]:
    """Return the ledger a file holds, and the file itself.

    Raises:
        UserError: it is none, or cannot stand beside the others.

    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError:
        data = b""
    if not data:
        raise _refused(path, "读不出来，或者太大、是空的")
    form = load_form(path)
    if not form.plain:
        raise _refused(path, "里面没有写plain = true，不是一本台账")
    if why := why_not_beside(form, others):
        raise _refused(path, why)
    return form, data


def show_ledger(
    parent: QWidget,
    form: Form,
    data: bytes,
    *,
    papers: Papers,
    take_in: TakeIn,
    then: Callable[[str], object],
) -> Sheet:
    """Show a ledger's blanks and its sheet before it is put in."""

    def put_in() -> None:
        try:
            take_in(form, data)
        except UserError as error:
            show_error(sheet, error)
            return
        sheet.accept()
        then(form.id)

    def preview() -> None:
        paper = Papers({form.id: paper_of(form)}, papers.context)
        paper.preview(sheet, form.id, [], done=lambda how: None)

    told = f"{form.group} · 编号 {form.number}-年-序 · {len(form.fields)}个空"
    body = vbox(
        label(form.title, "h2", wrap=True),
        label(told, "note", wrap=True),
        label(form.about, wrap=True),
        facts((field.label, _told(field)) for field in form.fields),
    )
    look = () if form.sealed else (button("看打印的样子", press=preview),)
    foot = (
        None,
        button("放进来", "primary", press=put_in),
        *look,
        button("取消", press=lambda: sheet.reject()),
    )
    sheet = Sheet(parent, "新台账", body, foot)
    sheet.open()
    return sheet


def _told(field: Field) -> str:
    words = [_KINDS[field.kind]]
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


def _refused(path: Path, why: str) -> UserError:
    return UserError(
        f"台账文件“{path.name}”用不了：{why}。",
        safe="没有放进任何东西，现有的台账都不受影响。",
        do="请改好这个文件，或者向发文件的单位再要一份。",
    )
