"""The dialog of what counts how much when a level is proposed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.students.care.levels import USUAL, Scale
from app.students.care.register import CareRegister
from app.ui import theme as t
from app.ui.editor import FormEditor
from app.ui.widgets import label, vbox

_NUMBERS = {
    "talks": ("谈话几次算一条依据", "次"),
    "many_talks": ("谈话几次算较重的", "次"),
    "weighty": ("较重的几条定一级", "条"),
    "many": ("一共几条定一级", "条"),
    "some": ("一共几条定二级", "条"),
}
_GRAVE = "算较重的疾病"
_NOTE = (
    "谈话数的是本学期的心理谈话。要24小时看护、无人监护，直接建议一级；"
    "有一条较重的依据，建议二级。"
    "这些数没有文件规定，是软件的默认，学校自己定；改了不动已经定好的级别，"
    "和新标准不同的，右边会提示。"
)


def open_scale(parent: QWidget, register: CareRegister, form: Form) -> FormEditor:
    """Ask for the numbers, and for the illnesses that weigh more."""
    known = register.scale()
    illnesses = form.field("illnesses").choices

    def save(said: dict[str, Any]) -> None:
        numbers = {key: int(said[key]) for key in _NUMBERS}
        register.set_scale(Scale(**numbers, grave=tuple(said["grave"] or ())))

    fields = [
        Field(key, name, "number", required=True, unit=unit, min=1, max=99, width=40)
        for key, (name, unit) in _NUMBERS.items()
    ]
    fields.append(Field("grave", _GRAVE, "many", choices=illnesses))
    values: dict[str, Any] = {key: Decimal(getattr(known, key)) for key in _NUMBERS}
    values["grave"] = list(known.grave)
    editor = FormEditor(
        Form("care_scale", "定级标准", tuple(fields)), save, parent, values, title="定级标准"
    )
    top = QWidget()
    usual = f"软件的默认是：{_in_words(USUAL)}。"
    top.setLayout(
        vbox(
            label(_NOTE, "note", wrap=True),
            label(usual, "note", wrap=True),
            gap=t.XS,
            edge=(t.XL, t.M, t.XL, 0),
        )
    )
    editor.put_on_top(top)
    editor.open()
    return editor


def _in_words(scale: Scale) -> str:
    return (
        f"谈话{scale.talks}次、{scale.many_talks}次；"
        f"一级{scale.weighty}条较重的或者一共{scale.many}条，二级一共{scale.some}条"
    )
