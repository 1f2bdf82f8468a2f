"""The dialogs of a matter around the school: reported, answered, closed; and the rings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.hazards.surroundings.records import Surrounding
from app.hazards.surroundings.register import SurroundingRegister
from app.hazards.surroundings.rules import FARTHEST, MOST_ANSWER_DAYS
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
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
    return _open(
        parent,
        form,
        lambda said: register.notify(found.uid, **said, seen=found.rev),
        sources,
        values,
    )


def open_answer(parent: QWidget, register: SurroundingRegister, found: Surrounding) -> FormEditor:
    """Open the blanks of the answer that came."""
    form = Form("surrounding_answer", f"登记答复 {found.number}", _ANSWER)
    values = {"answer": found.answer, "on": found.answered_on}
    sources = Sources(today=register.today)
    return _open(
        parent,
        form,
        lambda said: register.take_answer(found.uid, **said, seen=found.rev),
        sources,
        values,
    )


def open_answer_by_number(
    parent: QWidget, register: SurroundingRegister, answered: Callable[[str], object]
) -> FormEditor | None:
    """Open the blanks of an answer that came, to be found by the number of its letter."""
    waiting = register.unanswered()
    if not waiting:
        tell(parent, "没有等答复的通报函。")
        return None
    offers = [
        Offer(
            f"{one.number} {one.department}：{one.name}",
            one.uid,
            f"{one.number} {search_text(one.department)} {search_text(one.name)}",
        )
        for one in waiting
    ]
    fields = (Field("letter", "通报函编号", "choice", required=True), *_ANSWER)
    revs = {one.uid: register.get(one.uid).rev for one in waiting}

    def save(said: dict[str, Any]) -> None:
        uid = said.pop("letter")
        register.take_answer(uid, **said, seen=revs[uid])
        answered(uid)

    sources = Sources(lists={"letter": lambda: offers}, today=register.today)
    form = Form("surrounding_answer", "登记答复：按通报函编号", fields)
    return _open(parent, form, save, sources, {})


def open_end(parent: QWidget, register: SurroundingRegister, found: Surrounding) -> FormEditor:
    """Open the blanks that close a matter."""
    form = Form("surrounding_end", f"办结 {found.number}", _CLOSE)
    sources = Sources(today=register.today)
    return _open(
        parent, form, lambda said: register.close(found.uid, **said, seen=found.rev), sources, {}
    )


def open_rings(parent: QWidget, register: SurroundingRegister) -> FormEditor:
    """Open the three rings, each with what it goes by, and how long an answer may take."""
    labels = (
        "内圈：露天市场、占道摊点",
        "中圈：网吧（法定200米）",
        "外圈：饭店、旅馆、摊点的清查",
    )
    rings = tuple(
        Field(f"ring{n}", words, "number", required=True, unit="米", width=60, min=1, max=FARTHEST)
        for n, words in enumerate(labels)
    )
    days = Field(
        "days",
        "几天没有答复就提醒（学校自定）",
        "number",
        required=True,
        unit="天",
        width=60,
        min=1,
        max=MOST_ANSWER_DAYS,
    )
    values = {f"ring{n}": Decimal(ring) for n, ring in enumerate(register.rings())}
    values["days"] = Decimal(register.answer_days())

    def save(said: dict[str, Any]) -> None:
        with register.store.change("改周边圈层和提醒", undoable=False):
            register.set_rings([round(said[field.key]) for field in rings])
            register.set_answer_days(round(said["days"]))

    form = Form("rings", "离校门多远算一圈，多久催一次", (*rings, days))
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
