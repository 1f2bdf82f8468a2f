"""The dialogs of one line: entered, put right, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.ledgers.lines import Line
from app.ledgers.register import LedgerRegister
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor
from app.ui.keeping import Held
from app.ui.parts import PartedEditor
from app.ui.widgets import label

_RECENT = 300  # lines whose words are offered again


def open_entry(
    parent: QWidget, register: LedgerRegister, form: Form, then: Callable[[str], object]
) -> FormEditor:
    """Open the blanks of a new line; ``then`` hears which was entered."""
    held = Held(register.store)

    def save(said: dict[str, Any]) -> None:
        with held.kept(f"登记{form.title}"):
            uid = register.enter(form.id, said).uid
        then(uid)

    editor = _editor(form)(
        form,
        save,
        parent,
        sources=held.sources(_sources(register, form)),
        title=f"登记：{form.title}",
        again="保存并再登一条",
        keeps=[field.key for field in form.fields if field.keeps],
    )
    _say_about(editor, form)
    editor.open()
    return editor


def open_correction(parent: QWidget, register: LedgerRegister, line: Line) -> FormEditor:
    """Open a line to put it right; what is sealed stands there too, which is written down."""
    form, held = line.form, Held(register.store)
    if any(field.sensitive >= 3 for field in form.fields):
        register.open_seal(form.id)
        line = register.get(line.uid, opened=True)

    def save(said: dict[str, Any]) -> None:
        with held.kept(f"更正{form.title}"):
            register.correct(line.uid, said, seen=line.rev)

    editor = _editor(form)(
        form,
        save,
        parent,
        line.values,
        sources=held.sources(_sources(register, form)),
        title=f"更正 {line.number}",
    )
    editor.open()
    return editor


def open_end(parent: QWidget, register: LedgerRegister, line: Line) -> FormEditor:
    """Open the blanks that end a line."""
    form = line.form
    asked = tuple(replace(form.field(key), more=False) for key in form.closing)
    needed = {form.closing[0], *form.field(form.closing[0]).together}
    asked = tuple(replace(field, required=field.key in needed) for field in asked)
    blanks = Form(f"{form.id}_end", f"{form.close} {line.number}", asked)
    editor = FormEditor(
        blanks,
        lambda said: register.close(line.uid, said, seen=line.rev),
        parent,
        sources=_sources(register, blanks),
        word=form.close,
    )
    editor.open()
    return editor


def _editor(form: Form) -> type[FormEditor]:
    return PartedEditor if any(field.part for field in form.fields) else FormEditor


def _say_about(editor: FormEditor, form: Form) -> None:
    if form.about:
        said = label(
            form.about + "。" if form.about[-1] not in "。！？" else form.about, "note", wrap=True
        )
        said.setContentsMargins(24, 10, 24, 2)
        editor.put_on_top(said)


def _sources(register: LedgerRegister, form: Form) -> Sources:
    """Offer the staff for persons, and for short texts the words used of late."""
    names = [Offer(name, search=search_text(name)) for name in register.staff()]
    recent: dict[str, list[str]] = {}
    if form.id in register.forms:
        texts = [f for f in form.fields if f.kind == "text" and f.sensitive < 2]
        for line in register.lines(form.id)[:_RECENT]:
            for field in texts:
                word = line.stored.get(field.key)
                known = recent.setdefault(field.key, [])
                if isinstance(word, str) and word not in known:
                    known.append(word)
    return Sources(
        lists={"person": lambda: names, "people": lambda: names},
        recent=recent,
        today=register.today,
    )
