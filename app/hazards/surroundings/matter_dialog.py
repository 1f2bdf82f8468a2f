"""The dialogs of a matter around the school: reported, answered, closed; and the rings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.hazards.surroundings.records import Surrounding
from app.hazards.surroundings.register import SurroundingRegister
from app.hazards.surroundings.rules import FARTHEST
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

DEPARTMENTS = (
    "派出所", "市场监督管理所", "综合执法队", "文化市场综合执法队", "交通管理中队", "乡镇人民政府",
    "村（居）民委员会", "自然资源所", "水利站", "卫生院", "供电所", "中心学校", "教育局",
)  # fmt: skip
_NOTIFY = (
    Field("department", "通报部门", required=True, width=60),
    Field("request", "请求事项", "long", required=True),
    Field("on", "通报日期", "date", required=True),
)
_ANSWER = (
    Field("answer", "处理情况", "long", required=True),
    Field("on", "答复日期", "date", required=True),
)
_CLOSE = (
    Field("outcome", "结果", "long", required=True),
    Field("on", "办结日期", "date", required=True),
)


def open_letter(parent: QWidget, register: SurroundingRegister, found: Surrounding) -> FormEditor:
    """Open the blanks of a letter to a department; as it was, where one went out before."""
    values = {"department": found.department, "request": found.request or _request(found)}
    sources = Sources(lists={"department": lambda: DEPARTMENTS}, today=register.today)
    form = Form("surrounding_letter", f"开通报函 {found.number}", _NOTIFY)
    return _open(parent, form, lambda said: register.notify(found.uid, **said), sources, values)


def open_answer(parent: QWidget, register: SurroundingRegister, found: Surrounding) -> FormEditor:
    """Open the blanks of the answer that came."""
    form = Form("surrounding_answer", f"登记答复 {found.number}", _ANSWER)
    values = {"answer": found.answer, "on": found.answered_on}
    sources = Sources(today=register.today)
    return _open(
        parent, form, lambda said: register.take_answer(found.uid, **said), sources, values
    )


def open_end(parent: QWidget, register: SurroundingRegister, found: Surrounding) -> FormEditor:
    """Open the blanks that close a matter."""
    form = Form("surrounding_end", f"办结 {found.number}", _CLOSE)
    sources = Sources(today=register.today)
    return _open(parent, form, lambda said: register.close(found.uid, **said), sources, {})


def open_rings(parent: QWidget, register: SurroundingRegister) -> FormEditor:
    """Open the three rings, each with what it goes by."""
    labels = (
        "内圈：露天市场、占道摊点",
        "中圈：网吧（法定200米）",
        "外圈：饭店、旅馆、摊点的清查",
    )
    fields = tuple(
        Field(f"ring{n}", words, "number", required=True, unit="米", width=60, min=1, max=FARTHEST)
        for n, words in enumerate(labels)
    )
    values = {f"ring{n}": Decimal(ring) for n, ring in enumerate(register.rings())}

    def save(said: dict[str, Any]) -> None:
        register.set_rings([round(said[field.key]) for field in fields])

    form = Form("rings", "离校门多远算一圈", fields)
    return _open(parent, form, save, Sources(), values)


def _request(found: Surrounding) -> str:
    return f"请派员到现场查看，依法处理{found.name}的问题。" if found.nature == "问题" else ""


def _open(
    parent: QWidget,
    form: Form,
    save: Callable[[dict[str, Any]], None],
    sources: Sources,
    values: Mapping[str, Any],
) -> FormEditor:
    editor = FormEditor(form, save, parent, values, sources=sources)
    editor.open()
    return editor
