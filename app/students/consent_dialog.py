"""Whether the guardian agreed, beside the roster, and the short dialog to enter it by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.values import show
from app.students.consents import Consent, Consents, reminder
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.details import Part
from app.ui.editor import FormEditor
from app.ui.widgets import Pill, button, hbox, label, vbox

_TONES = {"已同意": "done", "不同意": "late", "已撤回": "late", "未交": "soon"}
_FORM = Form(
    "guardian_consent",
    "登记监护人的答复",
    (
        Field(
            "answer", "监护人说", "choice", required=True, choices=("同意", "不同意", "撤回同意")
        ),
        Field("said_on", "哪天说的", "date", required=True),
        Field("said_by", "谁说的", width=22, sensitive=2),
        Field("way", "怎样说的", "choice", choices=("当面", "电话", "书面", "其他")),
        Field("note", "备注", "long", sensitive=2),
    ),
)


def consent_part(form: Form, consent: Consent, enter: Callable[[], object] | None) -> Part:
    """Return how it stands, and without a consent what may be entered all the same."""
    said = "，".join(filter(None, (consent.how, show(consent.on) if consent.on else "")))
    line: list[QWidget | None] = [
        Pill(consent.state, "", _TONES[consent.state]),
        label(said, "note"),
        None,
    ]
    if enter is not None:
        line.append(button("登记答复…", "link", press=enter))
    parts: list[Part] = [hbox(*line)]
    if not consent.is_given:
        parts.append(label(reminder(form), "note", wrap=True))
    return vbox(*parts, gap=t.XS)


def open_consent(
    parent: QWidget, consents: Consents, uid: str, today: Callable[[], date]
) -> FormEditor:
    """Enter what a guardian said by word of mouth or on another paper."""
    save = partial(consents.say, uid)
    editor = FormEditor(
        _FORM,
        lambda said: save(**said),
        parent,
        sources=Sources(today=today),
    )
    editor.open()
    return editor
